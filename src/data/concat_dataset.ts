import { ShapeError, ValueError } from "../core/errors.ts";
import { integer, list } from "../core/kinds.ts";
import { isA } from "../core/realm.ts";
import { checkArguments, describe, signature } from "../core/signature.ts";
import { add, mul } from "../ops/elementwise/elementwise.ts";
import { concat } from "../ops/shape/shape.ts";
import { tensor } from "../tensor/create.ts";
import { isTensor } from "../tensor/kinds.ts";
import { scope } from "../tensor/scope.ts";
import { Tensor } from "../tensor/tensor.ts";
import { indicesKind } from "./kinds.ts";
import { type PartOf, sampleOf } from "./parts.ts";
import { gatheredRows } from "./rows.ts";
import { checkIndices, type Dataset, freeTensors, type SampleDataset, sizedKind } from "./sets.ts";

/**
 * Several data sets, one after the other: torch's ConcatDataset. Their batches must have tensors of the same names and of
 * the same sizes, except for the first axis.
 */
export class ConcatDataset<Batch, Sample = never> implements Dataset<Batch>, SampleDataset<Sample> {
  static readonly signature = /* @__PURE__ */ signature("ConcatDataset", {
    datasets: list(sizedKind),
  });

  /** Total number of samples. */
  readonly length: number;
  /** The data sets, in order. */
  readonly datasets: readonly PartOf<Batch, Sample>[];

  /** Throws `ValueError` for an empty list. */
  constructor(datasets: readonly PartOf<Batch, Sample>[]) {
    checkArguments(ConcatDataset.signature, arguments);
    if (datasets.length === 0) {
      throw new ValueError("ConcatDataset: expected one data set at least, got none; pass some");
    }
    this.datasets = [...datasets];
    this.length = datasets.reduce((sum, { length }) => sum + length, 0);
  }

  /** One sample, if the data sets provide single samples. Throws `ValueError` for an index out of range. */
  get(index: number): Sample | Promise<Sample> {
    checkArguments(signature("ConcatDataset.get", { index: integer }), arguments);
    checkIndices("ConcatDataset", this.length, [index]);
    const [part, at] = this.#placeOf(index);
    return sampleOf("ConcatDataset", this.datasets[part] as PartOf<Batch, Sample>, at);
  }

  /**
   * These samples, in order. Throws `ValueError` for an index out of range, `ShapeError` for batches that do not fit
   * together.
   */
  batch(indices: Uint32Array<ArrayBuffer>): Batch | Promise<Batch> {
    checkArguments(signature("ConcatDataset.batch", { indices: indicesKind }), arguments);
    checkIndices("ConcatDataset", this.length, indices);
    const wanted = this.datasets.map(() => ({ own: [] as number[], to: [] as number[] }));
    indices.forEach((index, to) => {
      const [part, at] = this.#placeOf(index);
      wanted[part]?.own.push(at);
      wanted[part]?.to.push(to);
    });
    const used = [...wanted.entries()].filter(([, { own }]) => own.length > 0);
    const made = used.map(([part, { own }]) =>
      (this.datasets[part] as PartOf<Batch, Sample>).batch(Uint32Array.from(own)),
    );
    if (made.length === 1) return made[0] as Batch | Promise<Batch>;
    const from = used.flatMap(([, { to }]) => to); // row i of the concatenated parts is sample from[i]
    const order = new Uint32Array(from.length);
    from.forEach((to, i) => {
      order[to] = i;
    });
    if (!made.some((each) => isA(each, "Promise"))) return joined(made as Batch[], order);
    return joinedLater(made, order);
  }

  #placeOf(index: number): [part: number, at: number] {
    let at = index;
    const part = this.datasets.findIndex(({ length }) => {
      if (at < length) return true;
      at -= length;
      return false;
    });
    return [part, at];
  }
}

async function joinedLater<Batch>(
  made: readonly (Batch | Promise<Batch>)[],
  order: Uint32Array<ArrayBuffer>,
): Promise<Batch> {
  const settled = await Promise.allSettled(made);
  const failed = settled.find((each) => each.status === "rejected");
  const batches = settled.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  if (!failed) return joined(batches, order);
  freeTensors(batches);
  throw failed.reason;
}

/** Joins batches into one, in another order of the samples; frees them. */
function joined<Batch>(batches: readonly Batch[], order: Uint32Array<ArrayBuffer>): Batch {
  try {
    return scope(() => together(batches, order)) as Batch;
  } finally {
    freeTensors(batches);
  }
}

function together(parts: readonly unknown[], order: Uint32Array<ArrayBuffer>): unknown {
  const [first] = parts;
  if (parts.every(isTensor)) return reordered(parts, order);
  if (parts.every(Array.isArray)) {
    const all = parts.flat();
    return Array.from(order, (i) => all[i]);
  }
  if (typeof first !== "object" || first === null) throw unlike(parts);
  const entries = Object.keys(first).map((name) => {
    const own = parts.map((part) => (part as Record<string, unknown>)?.[name]);
    if (own.includes(undefined)) throw unlike(parts);
    return [name, together(own, order)];
  });
  return Object.fromEntries(entries);
}

const unlike = (parts: readonly unknown[]): ShapeError =>
  new ShapeError(
    `ConcatDataset: expected data sets whose batches are alike, got ${parts.map(describe).join(" and ")}; ` +
      "give both the same names",
  );

/** Row i of the result is row order[i] of the concatenated parts. */
function reordered(parts: readonly Tensor[], order: Uint32Array<ArrayBuffer>): Tensor {
  const { engine, dtype, shape } = parts[0] as Tensor;
  if (dtype === "f32") return gatheredRows(concat(parts), tensor(order, { engine }));
  // concat only copies floats; for integers, each part contributes its rows, and zeros elsewhere
  let first = 0;
  const each = parts.map((part) => {
    const end = first + (part.shape[0] as number);
    const from = first;
    first = end;
    const own = (i: number) => i >= from && i < end;
    const index = tensor(
      order.map((i) => (own(i) ? i - from : 0)),
      { engine },
    );
    const column = [order.length, ...shape.slice(1).map(() => 1)];
    const is = tensor(
      order.map((i) => Number(own(i))),
      { engine, shape: column, dtype },
    );
    return mul(gatheredRows(part, index), is);
  });
  const [sum, ...others] = each as [Tensor, ...Tensor[]];
  return withBounds(
    others.reduce<Tensor>((all, part) => add(all, part), sum),
    parts,
  );
}

/** Combines the bounds of all labels. */
function withBounds({ engine, storage, shape, dtype }: Tensor, parts: readonly Tensor[]): Tensor {
  const bounds = parts.flatMap(
    (part) => part.bounds ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  );
  const known = bounds.every(Number.isFinite);
  const all = known ? ([Math.min(...bounds), Math.max(...bounds)] as const) : undefined;
  return new Tensor({ engine, storage, shape, dtype, bounds: all, name: parts[0]?.name });
}
