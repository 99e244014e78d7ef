import shader from "#shaders/reduce/variance_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { broadcastShapes, sameShape, show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { broadcastStrides, collapse, coordinatesOf, offsetOf, packAxes } from "../shape/walk.ts";

/**
 * Gradient of the variance over some axes: `dx = factor · dvar · (x − mean)` with factor = 2 / (n − correction).
 *
 * dvar has the result's shape with `keepDims`; stats is [outputs, 4] with (pivot, offset, rstd, variance) for each output,
 * mean = pivot + offset, from norm/stats. Throws `ShapeError` if the shapes do not fit.
 */
export const varianceGrad = kernel(shader, ({ x, stats, dvar }, { factor }: { factor: number }) => {
  const fits = dvar.length === x.length && sameShape(stats, [size(dvar), 4]);
  if (!fits || !sameShape(broadcastShapes("varianceGrad", x, dvar), x)) {
    throw new ShapeError(
      `varianceGrad: expected dvar like ${show(x, "x")} with 1 for reduced axes, and stats[outputs, 4], ` +
        `got ${show(dvar, "dvar")} and ${show(stats, "stats")}; reduce with keepDims`,
    );
  }
  const axes = collapse(x, broadcastStrides(dvar, x));
  return {
    outputs: { dx: x },
    params: { count: size(x), rank: axes.length, factor, axes: packAxes("varianceGrad", x, axes) },
    grid: grid1d(Math.ceil(size(x) / 64)),
    flops: 4 * size(x),
  };
});

export const kinds = () => ({ factor: required(number) });

export const reference: Reference<typeof varianceGrad> = ({ x, stats, dvar }, { factor }) => {
  const dx = new Float64Array(size(x.shape));
  for (let i = 0; i < dx.length; i++) {
    const o = offsetOf(coordinatesOf(i, x.shape), broadcastStrides(dvar.shape, x.shape));
    const [pivot, offset] = [stats.data[4 * o] as number, stats.data[4 * o + 1] as number];
    dx[i] = factor * (dvar.data[o] as number) * ((x.data[i] as number) - pivot - offset);
  }
  return { dx };
};

/** Statistics about the pivot `at`, offset by at most 0.5. */
const stats = (outputs: number, at: number) => ({
  shape: [outputs, 4],
  fill: (i: number, random: () => number) =>
    [at, random() - 0.5, Number.NaN, Number.NaN][i % 4] as number,
});
const options = { factor: 0.25 };

export const cases: Case<typeof varianceGrad>[] = [
  { name: "one element", inputs: { x: [1], stats: stats(1, 0), dvar: [1] }, options },
  { name: "rows", inputs: { x: [5, 67], stats: stats(5, 0.5), dvar: [5, 1] }, options },
  { name: "columns", inputs: { x: [67, 5], stats: stats(5, -1), dvar: [1, 5] }, options },
  {
    name: "outer and inner axes of three",
    inputs: { x: [3, 4, 25], stats: stats(4, 1), dvar: [1, 4, 1] },
    options: { factor: 2 / 74 },
  },
  {
    name: "the middle axis",
    inputs: { x: [3, 7, 5], stats: stats(15, 2), dvar: [3, 1, 5] },
    options,
  },
  {
    name: "everything",
    inputs: { x: [130], stats: stats(1, 0.1), dvar: [1] },
    options: { factor: 2 / 129 },
  },
  {
    name: "safety: mean 1e4 times the deviation",
    inputs: {
      x: { shape: [4, 64], fill: (_, random) => 1e4 + random() - 0.5 },
      stats: stats(4, 1e4),
      dvar: [4, 1],
    },
    options,
  },
  {
    name: "safety: NaN stays in its row",
    inputs: {
      x: { shape: [3, 9], fill: (i) => (i === 10 ? Number.NaN : i) },
      stats: stats(3, 0),
      dvar: [3, 1],
    },
    options,
  },
  { name: "no elements", inputs: { x: [0, 3], stats: [0, 4], dvar: [0, 1] }, options },
];
