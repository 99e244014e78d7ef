import { callAs } from "../core/caller.ts";
import { ShapeError } from "../core/errors.ts";
import { integer, type Kind } from "../core/kinds.ts";
import { isA } from "../core/realm.ts";
import { type DType, type Shape, show, size, type TypedArray } from "../core/shape.ts";
import { checkArguments, options, signature } from "../core/signature.ts";
import { tensor } from "../tensor/create.ts";
import { elementsOf, type Nested } from "../tensor/elements.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type CollatingOptions, collatingKinds } from "./collate.ts";
import { indicesKind } from "./kinds.ts";
import { checkIndices, type SampleDataset } from "./sets.ts";

/** Numbers on the host: nested arrays, a typed array, or an array with its shape, like the arrays of `openNpz`. */
export type HostNumbers =
  | Nested
  | {
      readonly data: ArrayLike<number> | BigInt64Array | BigUint64Array;
      readonly shape: Shape;
    };

/** One sample on the host. */
export interface ArraySample {
  /** A number, or the numbers of one sample in one array. */
  readonly x: number | TypedArray;
  /** Target of the sample, in the same form as `x`. */
  readonly y: number | TypedArray;
}

const arrayKind: Kind = {
  expected: "nested arrays of numbers, a typed array or { data, shape }",
  accepts: (value) =>
    Array.isArray(value) ||
    ArrayBuffer.isView(value) ||
    (typeof value === "object" && value !== null && "data" in value && "shape" in value),
};

interface SampleRows {
  readonly dtype: DType;
  /** Shape of one sample. */
  readonly shape: Shape;
  readonly flat: TypedArray;
}

/**
 * Samples and targets in host memory that are uploaded batch by batch: for data sets that do not fit on the GPU.
 * (`TensorDataset` uploads once.) x becomes f32. If y has one integer per sample, it becomes labels in u32 (or i32 if some
 * are negative); typed arrays of integers keep their kind; everything else becomes f32. `dtypes` overrides this.
 */
export class ArrayDataset implements SampleDataset<ArraySample> {
  static readonly signature = /* @__PURE__ */ signature("ArrayDataset", {
    x: arrayKind,
    y: arrayKind,
    options: options<CollatingOptions>(collatingKinds),
  });

  /** Number of samples. */
  readonly length: number;
  readonly #x: SampleRows;
  readonly #y: SampleRows;

  /**
   * x [n, …] and y [n, …], which are copied. Throws `ShapeError` unless both have the same n ≥ 1, `ValueError` for elements
   * that are not numbers.
   */
  constructor(x: HostNumbers, y: HostNumbers, given: CollatingOptions = {}) {
    checkArguments(ArrayDataset.signature, arguments);
    const { dtypes = {} } = given;
    const [own, targets] = callAs("ArrayDataset", () => [
      rowsOf(x, dtypes.x ?? "f32"),
      rowsOf(y, dtypes.y ?? targetDtype(y)),
    ]);
    const [n = 0] = own?.all ?? [];
    if (!own || !targets || n === 0 || targets.all[0] !== n) {
      throw new ShapeError(
        `ArrayDataset: expected x [n, …] and y [n, …] of the same n ≥ 1, got ${show(own?.all ?? [], "x")} and ` +
          `${show(targets?.all ?? [], "y")}; numbers in one array are { data, shape }`,
      );
    }
    this.length = n;
    this.#x = own;
    this.#y = targets;
  }

  /** One sample, on the host. Throws `ValueError` for an index out of range. */
  get(index: number): ArraySample {
    checkArguments(getOf, arguments);
    checkIndices("ArrayDataset", this.length, [index]);
    const one = ({ flat, shape }: SampleRows) => {
      const count = size(shape);
      return shape.length === 0
        ? (flat[index] as number)
        : flat.slice(index * count, (index + 1) * count);
    };
    return { x: one(this.#x), y: one(this.#y) };
  }

  /** x [b, …] and y [b, …] of these samples, uploaded. Throws `ValueError` for an index out of range. */
  batch(indices: Uint32Array<ArrayBuffer>): { x: Tensor; y: Tensor } {
    checkArguments(batchOf, arguments);
    checkIndices("ArrayDataset", this.length, indices);
    return { x: uploaded(this.#x, indices), y: uploaded(this.#y, indices) };
  }
}

const getOf = /* @__PURE__ */ signature("ArrayDataset.get", { index: integer });
const batchOf = /* @__PURE__ */ signature("ArrayDataset.batch", { indices: indicesKind });

const partsOf = (given: HostNumbers): { data: Nested; shape?: Shape } =>
  typeof given === "object" && "shape" in given
    ? { data: given.data as Nested, shape: given.shape }
    : { data: given as Nested };

function rowsOf(given: HostNumbers, dtype: DType): SampleRows & { readonly all: Shape } {
  const { data, shape: asked } = partsOf(given);
  const { shape: all, flat } = elementsOf(data, { shape: asked, dtype });
  return { dtype, shape: all.slice(1), flat, all };
}

/** One integer per sample is a label. */
function targetDtype(y: HostNumbers): DType {
  const { data, shape } = partsOf(y);
  if (/^(Big)?(Ui|I)nt/.test(Object.prototype.toString.call(data).slice(8))) {
    return elementsOf(data, {}).dtype;
  }
  const values = data as ArrayLike<unknown>;
  if (isA(data, "Float32Array") || (shape && shape.length !== 1)) return "f32";
  let negative = false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isInteger(value) || Math.abs(value as number) >= 2 ** 31) return "f32";
    negative ||= (value as number) < 0;
  }
  return negative ? "i32" : "u32";
}

/** Uploads the rows of some samples as a tensor. */
function uploaded({ dtype, shape, flat }: SampleRows, indices: Uint32Array): Tensor {
  const count = size(shape);
  const some = flat.slice(0, 0).constructor as { new (length: number): TypedArray };
  const picked = new some(indices.length * count);
  indices.forEach((from, to) => {
    for (let c = 0; c < count; c++) picked[to * count + c] = flat[from * count + c] as number;
  });
  return tensor(picked, { shape: [indices.length, ...shape], dtype });
}
