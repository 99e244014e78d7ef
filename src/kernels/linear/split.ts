import shader from "#shaders/linear/split.wgsl";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";

/** A range of rows of x. */
export interface RowRange {
  /** The first row. */
  readonly start: number;
  /** Number of rows; rows after the last of x give 0. */
  readonly rows: number;
}

/**
 * z = (x − shift)·factor·weight of some rows of x [samples, features], with shift and factor [features] and weight
 * [samples], as the sum of two parts, side by side in y [rows, 2·features]: z rounded to a multiple of 1/256, and the
 * remainder. Gram matrices of y keep digits that an f32 product of z loses: error-free splitting of Ozaki, Ogita and Oishi
 * (2012).
 */
export const linearSplit = kernel(
  shader,
  ({ x, shift, factor, weight }, { start, rows }: RowRange) => {
    const [samples = 0, features = 0] = x;
    if (
      x.length !== 2 ||
      size(shift) !== features ||
      size(factor) !== features ||
      size(weight) !== samples
    ) {
      throw new ShapeError(
        `linearSplit: expected x [samples, features], shift and factor [features] and weight [samples], got ` +
          `${show(x, "x")}, ${show(shift, "shift")}, ${show(factor, "factor")}, ${show(weight, "weight")}; check the shapes`,
      );
    }
    if (![start, rows].every((n) => Number.isInteger(n) && n >= 0)) {
      throw new ValueError(
        `linearSplit: expected whole numbers ≥ 0, got start ${start} and rows ${rows}; count rows of x`,
      );
    }
    return {
      outputs: { y: [rows, 2 * features] },
      params: { rows, start, samples, features },
      grid: grid1d(Math.ceil((rows * features) / 64)),
      flops: 7 * rows * features,
      bytes: 12 * rows * features,
    };
  },
);

export const kinds = () => ({ start: required(number), rows: required(number) });

export const reference: Reference<typeof linearSplit> = (
  { x, shift, factor, weight },
  { start, rows },
) => {
  const [samples = 0, features = 0] = x.shape;
  const y = new Float64Array(2 * rows * features);
  for (let r = 0; r < Math.min(rows, samples - start); r++) {
    for (let c = 0; c < features; c++) {
      const given = x.data[(start + r) * features + c] as number;
      const scaled = (given - (shift.data[c] as number)) * (factor.data[c] as number);
      const z = scaled * (weight.data[start + r] as number);
      const high = Math.floor(256 * z + 0.5) / 256;
      y[2 * r * features + c] = high;
      y[(2 * r + 1) * features + c] = z - high;
    }
  }
  return { y };
};

/** Numbers for which every step is exact in f32, so that kernel and reference round in the same place. */
const exact = (i: number) => ((i * 37) % 1021) / 512 - 1;
const weight = (i: number) => 2 ** ((i % 3) - 1);
const columns = (d: number) => ({
  shift: { shape: [d], fill: (c: number) => (c % 5) / 4 },
  factor: { shape: [d], fill: (c: number) => 2 ** ((c % 4) - 2) },
});

export const cases: Case<typeof linearSplit>[] = [
  {
    name: "one number",
    inputs: {
      x: { shape: [1, 1], fill: () => 1.37890625 },
      weight: { shape: [1], fill: () => 1 },
      ...columns(1),
    },
    options: { start: 0, rows: 1 },
    tolerance: "exact",
  },
  {
    name: "rows from the middle, and behind the last",
    inputs: {
      x: { shape: [9, 7], fill: exact },
      weight: { shape: [9], fill: weight },
      ...columns(7),
    },
    options: { start: 4, rows: 8 },
    tolerance: "exact",
  },
  {
    name: "more numbers than a workgroup has lanes",
    inputs: {
      x: { shape: [70, 3], fill: exact },
      weight: { shape: [70], fill: weight },
      ...columns(3),
    },
    options: { start: 1, rows: 69 },
    tolerance: "exact",
  },
  {
    name: "halves of the unit are rounded up, what is just below them is not",
    inputs: {
      x: { shape: [2, 4], fill: (i) => (i - (i % 2 ? 3.5 : 3.52)) / 256 },
      shift: { shape: [4], fill: () => 0 },
      factor: { shape: [4], fill: () => 1 },
      weight: { shape: [2], fill: () => 1 },
    },
    options: { start: 0, rows: 2 },
    tolerance: "exact",
  },
  {
    name: "safety: a mean of 1e4 standard deviations",
    inputs: {
      x: { shape: [5, 2], fill: (i) => 10000 + exact(i) },
      shift: { shape: [2], fill: () => 10000 },
      factor: { shape: [2], fill: () => 1 },
      weight: { shape: [5], fill: () => 1 },
    },
    options: { start: 0, rows: 5 },
    tolerance: "exact",
  },
  {
    name: "no row",
    inputs: { x: [3, 2], weight: [3], ...columns(2) },
    options: { start: 3, rows: 0 },
  },
];

export const benches: Case<typeof linearSplit>[] = [
  {
    name: "16384 × 64",
    inputs: { x: [16384, 64], weight: [16384], ...columns(64) },
    options: { start: 0, rows: 16384 },
  },
];
