import { differentiable } from "../../autograd/node.ts";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { boolean, integer, optional } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { checked, options } from "../../core/signature.ts";
import { aboutAxis } from "../../kernels/scan/scan.ts";
import { sortKeys } from "../../kernels/sort/keys.ts";
import { put } from "../../kernels/sort/put.ts";
import { take } from "../../kernels/sort/take.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { computed } from "../elementwise/operands.ts";
import { inOrder, smallest } from "../order.ts";
import { filledOn } from "../shape/create.ts";

/** Options of `sort` and `argsort`. */
export interface SortOptions {
  /** Axis along which elements are sorted; negative ones count from the end. Default the last. */
  readonly axis?: number;
  /** Whether the largest come first. Default false. */
  readonly descending?: boolean;
}

/** Options of `topk`. */
export interface TopkOptions {
  /** Axis along which elements are compared; negative ones count from the end. Default the last. */
  readonly axis?: number;
  /** Whether the largest are found; false finds the smallest. Default true. */
  readonly largest?: boolean;
}

/** Sorted elements, and their former positions along the axis (u32). */
export interface Sorted {
  /** The sorted elements; the shape of x, with k along the axis for `topk`. */
  readonly values: Tensor;
  /** Positions of the elements along the axis of x: u32, the shape of `values`. */
  readonly indices: Tensor;
}

/** The first k elements of every row in order. The gradient of a value goes to the element of x that it came from. */
function ordered(
  name: string,
  x: Tensor,
  k: number,
  { axis = -1, descending = false }: SortOptions,
): Sorted {
  const { length } = aboutAxis(name, x.shape, axis);
  if (x.size === 0) {
    throw new ShapeError(
      `${name}: expected at least one element, got ${show(x.shape, "x")}; skip empty batches`,
    );
  }
  const pairs = run(sortKeys, { x }, { axis, descending, dtype: computed(x) });
  const { keys, ids } = k === length ? inOrder(pairs) : smallest(pairs, k);
  const { values, indices: found } = run(take, { x, ids }, { axis, k });
  keys.dispose();
  ids.dispose();
  const { shape } = x;
  const indices = within(found, length);
  differentiable(name, { x }, values, { indices }, (dy, saved, { x: dx }) => {
    if (!dx) return;
    const target = filledOn(x.engine, shape, 0);
    run(put, { x: dy, index: saved.indices, y: target }, { axis });
    dx.add(target);
  });
  return { values, indices };
}

/** Indices that the host knows to be below `length`. Frees its argument. */
function within(indices: Tensor, length: number): Tensor {
  const { engine, storage, shape, dtype } = indices;
  const result = new Tensor({
    engine,
    storage,
    shape,
    dtype,
    bounds: [0, length - 1],
    name: "indices",
  });
  indices.dispose();
  return result;
}

function sorting<R>(name: string, work: (x: Tensor, given: SortOptions) => R) {
  const known = options<SortOptions>({ axis: integer, descending: boolean });
  return checked(
    name,
    { x: tensorKind, options: optional(known) },
    (x: Tensor, given: SortOptions = {}): R => work(x, given),
  );
}

/**
 * Elements along `axis` in ascending order, and their indices (u32): torch.sort with stable=True. Equal elements keep their
 * order, in both directions; −0 equals 0; NaN is greater than everything, so last, or first if descending. Rows of up to
 * 1,024 are sorted in workgroup memory, longer ones by radix in linear work. Throws `ShapeError` if there is no such axis
 * or no element.
 *
 * @example
 * ```ts
 * import { sort, tensor } from "wgrad";
 * const { values, indices } = sort(tensor([3, 1, 2]), { descending: true });
 * console.log(await values.read(), await indices.read()); // [3, 2, 1] [0, 2, 1]
 * ```
 */
export const sort = /* @__PURE__ */ sorting("sort", (x, given) =>
  ordered("sort", x, aboutAxis("sort", x.shape, given.axis).length, given),
);

/** Indices (u32) that sort x along an axis: the `indices` of `sort`. No gradient. */
export const argsort = /* @__PURE__ */ sorting("argsort", (x, given) => {
  const { values, indices } = sort(x, given);
  values.dispose();
  return indices;
});

/**
 * The k largest elements along `axis`, or the smallest, in order, and their indices (u32): torch.topk, with ties to the
 * lower index and NaN as the largest. For k ≤ 128 long rows are reduced block by block instead of sorted. Throws
 * `ShapeError` if there is no such axis or no element, `ValueError` unless 1 ≤ k ≤ the length of the axis.
 *
 * @example
 * ```ts
 * import { tensor, topk } from "wgrad";
 * const { values, indices } = topk(tensor([3, 1, 4, 1, 5]), 2);
 * console.log(await values.read(), await indices.read()); // [5, 4] [4, 2]
 * ```
 */
export const topk = /* @__PURE__ */ checked(
  "topk",
  {
    x: tensorKind,
    k: integer,
    options: /* @__PURE__ */ optional(
      /* @__PURE__ */ options<TopkOptions>({ axis: integer, largest: boolean }),
    ),
  },
  (x: Tensor, k: number, { axis = -1, largest = true }: TopkOptions = {}): Sorted => {
    const { length } = aboutAxis("topk", x.shape, axis);
    if (!Number.isInteger(k) || k < 1 || k > length) {
      throw new ValueError(
        `topk: expected k in 1..${length} for axis ${axis} of ${show(x.shape, "x")}, got ${k}; choose a smaller one`,
      );
    }
    return ordered("topk", x, k, { axis, descending: largest });
  },
);
