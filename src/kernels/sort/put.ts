import shader from "#shaders/sort/put.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number } from "../../core/kinds.ts";
import { sameShape, show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { aboutAxis } from "../scan/scan.ts";

/** The axis. */
export interface PutOptions {
  /** Axis. Default the last. */
  readonly axis?: number;
}

/**
 * The gradient of `take`: `y[index] = x` along an axis; other elements of y do not change. The indices of a row must
 * differ, since the order of writes is undefined; those out of range are ignored. Throws `ShapeError` unless x and index
 * have the same shape, and y differs from it only along the axis.
 */
export const put = kernel(shader, ({ x, index, y }, { axis = -1 }: PutOptions) => {
  const { outer, length, inner } = aboutAxis("sort/put", y, axis);
  const from = x.length === y.length ? aboutAxis("sort/put", x, axis) : undefined;
  if (!sameShape(x, index) || from?.outer !== outer || from.inner !== inner) {
    throw new ShapeError(
      `sort/put: expected x and index like ${show(y, "y")} but for axis ${axis}, got ${show(x, "x")} and ` +
        `${show(index, "index")}; pass what take returned`,
    );
  }
  return {
    outputs: {},
    params: { count: size(x), k: from.length, length, inner },
    grid: grid1d(Math.ceil(size(x) / 64)),
    flops: 0,
    bytes: 12 * size(x),
  };
});

export const kinds = () => ({ axis: number });

export const reference: Reference<typeof put> = ({ x, index, y }, { axis = -1 }) => {
  const { length, inner } = aboutAxis("sort/put", y.shape, axis);
  const { length: k } = aboutAxis("sort/put", x.shape, axis);
  const result = Float64Array.from(y.data);
  for (let e = 0; e < x.data.length; e++) {
    const o = Math.floor(e / inner / k);
    const to = index.data[e] as number;
    if (to < length) result[(o * length + to) * inner + (e % inner)] = x.data[e] as number;
  }
  return { y: result };
};

/** Indices that differ within every row of k along the axis before `inner`. */
const distinct = (shape: number[], inner: number, k: number, length: number) => ({
  shape,
  fill: (e: number) => ((Math.floor(e / inner) % k) * 5 + 2) % length,
});
const tolerance = "exact";

export const cases: Case<typeof put>[] = [
  {
    name: "one element",
    inputs: { x: [1], index: distinct([1], 1, 1, 1), y: [1] },
    options: {},
    tolerance,
  },
  {
    name: "rows",
    inputs: { x: [9, 13], index: distinct([9, 13], 1, 13, 13), y: [9, 13] },
    options: {},
    tolerance,
  },
  {
    name: "some of each row; the rest stays",
    inputs: { x: [9, 4], index: distinct([9, 4], 1, 4, 33), y: [9, 33] },
    options: {},
    tolerance,
  },
  {
    name: "a middle axis",
    inputs: { x: [3, 2, 5], index: distinct([3, 2, 5], 5, 2, 7), y: [3, 7, 5] },
    options: { axis: 1 },
    tolerance,
  },
  {
    name: "an index out of range is left out",
    inputs: {
      x: [3],
      index: { shape: [3], fill: (i) => [4, 0xffffffff, 3][i] as number },
      y: [4],
    },
    options: {},
    tolerance,
  },
  { name: "nothing", inputs: { x: [0], index: [0], y: [5] }, options: {}, tolerance },
];
