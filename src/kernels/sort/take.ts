import shader from "#shaders/sort/take.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { aboutAxis } from "../scan/scan.ts";

/** Number of entries of every sorted row, and the axis of x. */
export interface TakeOptions {
  /** Axis. Default the last. */
  readonly axis?: number;
  /** Number of entries of every row, at most the width of ids. */
  readonly k: number;
}

/**
 * Results of a sort in the layout of x: `indices = ids` and `values = x[ids]`, the first k of every row; ids are
 * [rows, width], width ≥ k, one row for each row of x along the axis. Throws `ShapeError` if they do not fit.
 */
export const take = kernel(shader, ({ x, ids }, { axis = -1, k }: TakeOptions) => {
  const { length, inner, rows } = aboutAxis("sort/take", x, axis);
  const [idRows, width = 0] = ids;
  if (ids.length !== 2 || idRows !== rows || k > width) {
    throw new ShapeError(
      `sort/take: expected ids[${rows}, at least ${k}] for ${show(x, "x")}, got ${show(ids, "ids")}; sort the keys of x`,
    );
  }
  const shape = x.map((n, a) => (a === (axis < 0 ? axis + x.length : axis) ? k : n));
  return {
    outputs: { values: shape, indices: shape },
    params: { count: size(shape), k, width, length, inner },
    grid: grid1d(Math.ceil(size(shape) / 64)),
    flops: 0,
    bytes: 16 * size(shape),
  };
});

export const kinds = () => ({ axis: number, k: required(number) });

export const reference: Reference<typeof take> = ({ x, ids }, { axis = -1, k }) => {
  const { outer, length, inner } = aboutAxis("sort/take", x.shape, axis);
  const [, width = 0] = ids.shape;
  const indices: number[] = [];
  const values: number[] = [];
  for (let o = 0; o < outer; o++) {
    for (let j = 0; j < k; j++) {
      for (let i = 0; i < inner; i++) {
        const id = ids.data[(o * inner + i) * width + j] as number;
        indices.push(id);
        values.push(x.data[(o * length + id) * inner + i] as number);
      }
    }
  }
  return { indices, values };
};

const some = (rows: number, width: number, length: number) => ({
  shape: [rows, width],
  fill: (i: number) => (i * 13 + 3) % length,
});
const tolerance = "exact";

export const cases: Case<typeof take>[] = [
  { name: "one element", inputs: { x: [1], ids: some(1, 1, 1) }, options: { k: 1 }, tolerance },
  {
    name: "whole rows",
    inputs: { x: [5, 33], ids: some(5, 33, 33) },
    options: { k: 33 },
    tolerance,
  },
  {
    name: "the first of each row",
    inputs: { x: [9, 40], ids: some(9, 11, 40) },
    options: { k: 4 },
    tolerance,
  },
  {
    name: "a middle axis",
    inputs: { x: [3, 7, 5], ids: some(15, 6, 7) },
    options: { axis: 1, k: 2 },
    tolerance,
  },
  {
    name: "the first axis",
    inputs: { x: [6, 13], ids: some(13, 6, 6) },
    options: { axis: -2, k: 6 },
    tolerance,
  },
  {
    name: "integers beyond 2²⁴",
    inputs: { x: { shape: [2, 8], fill: (i) => i - 2 ** 31 }, ids: some(2, 8, 8) },
    options: { k: 8 },
    dtypes: { element: "i32" },
    tolerance,
  },
  { name: "none", inputs: { x: [3, 4], ids: some(3, 4, 4) }, options: { k: 0 } },
];
