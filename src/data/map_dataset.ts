import { callback, count, integer, type Kind } from "../core/kinds.ts";
import { checkArguments, options, signature } from "../core/signature.ts";
import { type Collated, type CollatingOptions, collatingKinds, defaultCollate } from "./collate.ts";
import { indicesKind } from "./kinds.ts";
import { checkIndices, type SampleDataset } from "./sets.ts";
import { allOf, collateFreeing } from "./sources.ts";

const itemsKind: Kind = {
  expected: "an array of items, or a number of samples",
  accepts: (value) =>
    count.accepts(value) ||
    Array.isArray(value) ||
    (ArrayBuffer.isView(value) && "length" in value),
};

/**
 * Samples that a function makes on demand: read, decoded or drawn. All samples of a batch are requested at the same time,
 * so that one that waits does not delay the others; `defaultCollate` collates them. Tensors that the function returns are
 * freed with its batch, so it must make new ones each time.
 *
 *     const photos = new MapDataset(files, async (file) => ({ x: await decode(file), y: labelOf(file) }), { dtypes: { y: "u32" } });
 *
 * `Sample` is a number, an array of numbers, a tensor, or a record of these. With `prefetch`, the function draws other
 * numbers from `uniform()` and similar functions than without: derive seeds from the index instead, or augment in
 * `transform`.
 *
 * @example
 * ```ts
 * import { DataLoader, MapDataset } from "wgrad/data";
 * const squares = new MapDataset(5, (i) => ({ x: [i], y: i * i }));
 * for await (const { x, y } of new DataLoader(squares, { batchSize: 3, shuffle: false })) {
 *   console.log(x.shape, await y.read());
 * }
 * // [3, 1] [0, 1, 4]
 * // [2, 1] [9, 16]
 * ```
 */
export class MapDataset<Item, Sample> implements SampleDataset<Sample> {
  static readonly signature = /* @__PURE__ */ signature("MapDataset", {
    items: itemsKind,
    map: callback,
    options: options<CollatingOptions>(collatingKinds),
  });

  /** Number of samples. */
  readonly length: number;
  readonly #items: ArrayLike<Item> | undefined;
  readonly #map: (item: Item, index: number) => Sample | Promise<Sample>;
  readonly #options: CollatingOptions;

  /** `items` [n], or the number n if the index alone determines a sample. */
  constructor(
    items: number,
    map: (index: number) => Sample | Promise<Sample>,
    options?: CollatingOptions,
  );
  constructor(
    items: ArrayLike<Item>,
    map: (item: Item, index: number) => Sample | Promise<Sample>,
    options?: CollatingOptions,
  );
  constructor(
    items: number | ArrayLike<Item>,
    map: (item: never, index: number) => Sample | Promise<Sample>,
    given: CollatingOptions = {},
  ) {
    checkArguments(MapDataset.signature, arguments);
    this.length = typeof items === "number" ? items : items.length;
    this.#items = typeof items === "number" ? undefined : items;
    this.#map = map as (item: Item, index: number) => Sample | Promise<Sample>;
    this.#options = given;
  }

  /** One sample. Throws `ValueError` for an index out of range, and the errors of the function. */
  get(index: number): Sample | Promise<Sample> {
    checkArguments(getOf, arguments);
    checkIndices("MapDataset", this.length, [index]);
    const item = this.#items ? this.#items[index] : index;
    return this.#map(item as Item, index);
  }

  /** A batch of samples. Rejects with `ValueError` for an index out of range, and with the errors of the function. */
  async batch(indices: Uint32Array<ArrayBuffer>): Promise<Collated<Sample>> {
    checkArguments(batchOf, arguments);
    checkIndices("MapDataset", this.length, indices);
    const samples = await allOf([...indices].map((i) => async () => this.get(i)));
    return collateFreeing(samples, (all) => defaultCollate(all, this.#options));
  }
}

const getOf = /* @__PURE__ */ signature("MapDataset.get", { index: integer });
const batchOf = /* @__PURE__ */ signature("MapDataset.batch", { indices: indicesKind });
