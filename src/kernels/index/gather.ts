import shader from "#shaders/index/gather.wgsl";
import { number, required } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { picking } from "../option_kinds.ts";
import { coordinatesOf, offsetOf } from "../shape/walk.ts";
import { type PickOptions, packPick, planPick } from "./walk.ts";

/** How to pick, and the result for an index out of range. */
export interface GatherOptions extends PickOptions {
  /** Result for an index out of range. Default NaN. */
  readonly missing?: number;
}

/**
 * `y[…, j, …] = x[…, index[j], …]` along an axis: torch.gather, take_along_dim or index_select, by the option `by`. An
 * index (u32) out of range gives `missing`. Throws `ShapeError` if x and index do not fit, or if more than eight axes
 * remain after merging neighbouring axes.
 */
export const gather = kernel(shader, ({ x, index }, options: GatherOptions) => {
  const { shape, xStrides, indexStrides, length, step } = planPick("gather", x, index, options);
  return {
    outputs: { y: shape },
    params: {
      ...packPick("gather", shape, xStrides, indexStrides),
      length,
      step,
      missing: options.missing ?? Number.NaN,
    },
    grid: grid1d(Math.ceil(size(shape) / 64)),
    flops: 0,
    bytes: 8 * size(shape) + 4 * size(index),
  };
});

export const kinds = () => ({ missing: number, axis: required(number), by: required(picking) });

export const reference: Reference<typeof gather> = ({ x, index }, options) => {
  const pick = planPick("gather", x.shape, index.shape, options);
  const y = new Float64Array(size(pick.shape));
  for (let e = 0; e < y.length; e++) {
    const at = coordinatesOf(e, pick.shape);
    const picked = index.data[offsetOf(at, pick.indexStrides)] as number;
    const from = offsetOf(at, pick.xStrides) + picked * pick.step;
    y[e] = picked < pick.length ? (x.data[from] as number) : (options.missing ?? Number.NaN);
  }
  return { y };
};

const picks = (length: number, ...shape: number[]) => ({
  shape,
  fill: (i: number) => (i * 7 + 3) % length,
});
const each = (axis: number) => ({ axis, by: "each" as const });
const along = (axis: number) => ({ axis, by: "along" as const });
const rows = (axis: number) => ({ axis, by: "rows" as const });
const tolerance = "exact";

export const cases: Case<typeof gather>[] = [
  {
    name: "integers beyond 2²⁴, one missing",
    inputs: { x: { shape: [8], fill: (i) => i - 2 ** 31 }, index: picks(9, 20) },
    options: { ...rows(0), missing: 0 },
    dtypes: { element: "i32" },
    tolerance,
  },
  { name: "one of one", inputs: { x: [1], index: picks(1, 1) }, options: each(0), tolerance },
  {
    name: "each, the last axis",
    inputs: { x: [5, 13], index: picks(13, 5, 13) },
    options: each(-1),
    tolerance,
  },
  {
    name: "each, the first axis",
    inputs: { x: [9, 11], index: picks(9, 4, 11) },
    options: each(0),
    tolerance,
  },
  {
    name: "each, index smaller than x",
    inputs: { x: [5, 9, 7], index: picks(9, 3, 20, 4) },
    options: each(1),
    tolerance,
  },
  {
    name: "along, index broadcast",
    inputs: { x: [5, 9, 7], index: picks(9, 1, 3, 7) },
    options: along(1),
    tolerance,
  },
  {
    name: "along, x broadcast",
    inputs: { x: [1, 9], index: picks(9, 11, 6) },
    options: along(1),
    tolerance,
  },
  {
    name: "rows of the last axis",
    inputs: { x: [5, 13], index: picks(13, 30) },
    options: rows(1),
    tolerance,
  },
  {
    name: "rows of the first axis",
    inputs: { x: [9, 33], index: picks(9, 5) },
    options: rows(0),
    tolerance,
  },
  {
    name: "rows of a middle axis, index of two axes",
    inputs: { x: [3, 7, 5], index: picks(7, 2, 4) },
    options: rows(1),
    tolerance,
  },
  {
    name: "rows, a scalar index",
    inputs: { x: [3, 7], index: picks(3) },
    options: rows(0),
    tolerance,
  },
  {
    name: "an index out of range gives NaN",
    inputs: { x: [4, 3], index: { shape: [4], fill: (i) => [3, 4, 0xffffffff, 0][i] as number } },
    options: rows(0),
    tolerance,
  },
  {
    name: "an index out of range gives what it should",
    inputs: { x: [4], index: { shape: [3], fill: (i) => i + 2 } },
    options: { ...each(0), missing: -1 },
    tolerance,
  },
  { name: "none", inputs: { x: [4, 3], index: [0] }, options: rows(0) },
];

export const benches: Case<typeof gather>[] = [
  {
    name: "1 Mi of 1 Mi",
    inputs: { x: [1 << 20], index: picks(1 << 20, 1 << 20) },
    options: each(0),
  },
];
