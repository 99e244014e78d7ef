import shader from "#shaders/reduce/extremum_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { broadcastShapes, sameShape, show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { broadcastStrides, collapse, coordinatesOf, offsetOf, packAxes } from "../shape/walk.ts";

/**
 * Gradient of `y = max(x)` or `min(x)` over some axes: `dx = dy / ties` at the elements that equal y, 0 elsewhere.
 *
 * y, ties and dy have the result's shape with `keepDims`; ties counts the elements that equal y: the sum, over the same
 * axes, of `binary` with `equal` on x and y. Throws `ShapeError` if the shapes do not fit.
 */
export const extremumGrad = kernel(shader, ({ x, y, ties, dy }, _options: Record<never, never>) => {
  const fits = sameShape(y, ties) && sameShape(y, dy) && y.length === x.length;
  if (!fits || !sameShape(broadcastShapes("extremumGrad", x, y), x)) {
    throw new ShapeError(
      `extremumGrad: expected y, ties and dy of one shape, ${show(x, "x")} with 1 for reduced axes, ` +
        `got ${show(y, "y")}, ${show(ties, "ties")}, ${show(dy, "dy")}; reduce with keepDims`,
    );
  }
  const axes = collapse(x, broadcastStrides(y, x));
  return {
    outputs: { dx: x },
    params: { count: size(x), rank: axes.length, axes: packAxes("extremumGrad", x, axes) },
    grid: grid1d(Math.ceil(size(x) / 64)),
    flops: 2 * size(x),
  };
});

export const reference: Reference<typeof extremumGrad> = ({ x, y, ties, dy }) => {
  const dx = new Float64Array(size(x.shape));
  for (let i = 0; i < dx.length; i++) {
    const o = offsetOf(coordinatesOf(i, x.shape), broadcastStrides(y.shape, x.shape));
    const share = x.data[i] === y.data[o] ? (dy.data[o] as number) : 0;
    dx[i] = share / (ties.data[o] as number);
  }
  return { dx };
};

const digits = (levels: number) => (i: number) => (i * 7) % levels;

export const cases: Case<typeof extremumGrad>[] = [
  {
    name: "one winner a row",
    inputs: {
      x: { shape: [5, 67], fill: (i) => i % 67 },
      y: { shape: [5, 1], fill: () => 66 },
      ties: { shape: [5, 1], fill: () => 1 },
      dy: [5, 1],
    },
    options: {},
  },
  {
    name: "ties share evenly",
    inputs: {
      x: { shape: [3, 4, 5], fill: digits(4) },
      y: { shape: [1, 4, 1], fill: () => 3 },
      ties: { shape: [1, 4, 1], fill: (o) => o + 2 },
      dy: [1, 4, 1],
    },
    options: {},
  },
  {
    name: "a NaN maximum gives NaN",
    inputs: {
      x: { shape: [2, 3], fill: (i) => (i === 4 ? Number.NaN : i) },
      y: { shape: [2, 1], fill: (o) => (o ? Number.NaN : 2) },
      ties: { shape: [2, 1], fill: (o) => 1 - o },
      dy: [2, 1],
    },
    options: {},
  },
  {
    name: "no elements",
    inputs: { x: [0, 3], y: [0, 1], ties: [0, 1], dy: [0, 1] },
    options: {},
  },
];
