import shader from "#shaders/bayes/gaussian.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";

/**
 * Joint log-likelihood of rows and classes under independent normal features: y [rows, classes] of x [rows, features],
 * shift [features], centre and weight [classes, features], bias [classes]. `shift` is close to the features' means, and
 * `centre` is relative to it, so that features far from 0 keep their precision.
 */
export const bayesGaussian = kernel(shader, ({ x, shift, centre, weight, bias }, _: object) => {
  const [rows = 0, features = 0] = x;
  const [classes = 0] = centre;
  if (
    x.length !== 2 ||
    size(shift) !== features ||
    centre.length !== 2 ||
    centre[1] !== features ||
    size(weight) !== classes * features ||
    size(bias) !== classes
  ) {
    throw new ShapeError(
      `bayes/gaussian: expected x [rows, features], shift [features], centre and weight [classes, features] and bias ` +
        `[classes], got ${show(x, "x")}, ${show(shift, "shift")}, ${show(centre, "centre")}, ${show(weight, "weight")}, ` +
        `${show(bias, "bias")}; check the shapes`,
    );
  }
  return {
    outputs: { y: [rows, classes] },
    params: { rows, features, classes },
    grid: grid1d(Math.ceil((rows * classes) / 64)),
    flops: 5 * rows * classes * features,
    bytes: 4 * (rows * features + rows * classes + 2 * classes * features),
  };
});

export const reference: Reference<typeof bayesGaussian> = ({ x, shift, centre, weight, bias }) => {
  const [rows = 0, features = 0] = x.shape;
  const classes = bias.data.length;
  const at = (from: { readonly data: ArrayLike<number> }, i: number) => from.data[i] as number;
  const y = new Float64Array(rows * classes);
  for (let r = 0; r < rows; r++) {
    for (let k = 0; k < classes; k++) {
      let value = at(bias, k);
      for (let j = 0; j < features; j++) {
        const own = k * features + j;
        const away = at(x, r * features + j) - at(shift, j) - at(centre, own);
        value -= away * away * at(weight, own);
      }
      y[r * classes + k] = value;
    }
  }
  return { y };
};

const example = (
  name: string,
  rows: number,
  features: number,
  classes: number,
): Case<typeof bayesGaussian> => ({
  name,
  inputs: {
    x: [rows, features],
    shift: [features],
    centre: [classes, features],
    weight: { shape: [classes, features], fill: (i) => 0.25 + (i % 7) / 8 },
    bias: [classes],
  },
  options: {},
  tolerance: { length: 2 * features },
});

export const cases: Case<typeof bayesGaussian>[] = [
  example("one number", 1, 1, 1),
  example("three classes", 9, 5, 3),
  example("more numbers than a workgroup has lanes", 23, 4, 7),
  {
    name: "safety: a mean of 1e4 standard deviations",
    inputs: {
      x: { shape: [4, 2], fill: (i) => 10000 + i / 4 },
      shift: { shape: [2], fill: () => 10000 },
      centre: { shape: [2, 2], fill: (i) => i / 2 },
      weight: { shape: [2, 2], fill: () => 0.5 },
      bias: { shape: [2], fill: (i) => -i },
    },
    options: {},
  },
  {
    name: "safety: NaN stays in its row",
    inputs: {
      x: { shape: [3, 2], fill: (i) => (i === 3 ? Number.NaN : i) },
      shift: { shape: [2], fill: () => 0 },
      centre: { shape: [2, 2], fill: (i) => i },
      weight: { shape: [2, 2], fill: () => 1 },
      bias: { shape: [2], fill: () => 0 },
    },
    options: {},
  },
];

export const benches: Case<typeof bayesGaussian>[] = [
  example("65536 × 32, 10 classes", 65536, 32, 10),
];
