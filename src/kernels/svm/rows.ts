import shader from "#shaders/svm/rows.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number, oneOf, required } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { type KernelFunction, kernelValue } from "./kernel_function.ts";

/**
 * Computes rows of a kernel matrix: row places[j] of `rows` [room, n] receives K(x_i, s_j) for all points i, with `places`
 * u32 [count], points as columns xt [d, n] and s [count, d], d and n padded with zeros to multiples of 4. Other rows do not
 * change. Throws `ShapeError` for another layout.
 */
export const svmKernelRows = kernel(shader, ({ xt, s, places, rows }, options: KernelFunction) => {
  const [d = 0, n = 0] = xt;
  const [count = 0] = s;
  if (
    xt.length !== 2 ||
    d % 4 ||
    n % 4 ||
    s.length !== 2 ||
    s[1] !== d ||
    size(places) !== count ||
    rows.length !== 2 ||
    rows[1] !== n ||
    count === 0
  ) {
    throw new ShapeError(
      `svm/rows: expected xt [features, points], both multiples of 4, s [count, features], places [count] and rows ` +
        `[room, points], got ${show(xt, "xt")}, ${show(s, "s")}, ${show(places, "places")}, ${show(rows, "rows")}; ` +
        "pad with zeros",
    );
  }
  const { kind, gamma, coef0, degree } = options;
  return {
    outputs: {},
    params: { blocks: n / 4, quarters: d / 4, count, degree, gamma, coef0 },
    grid: grid1d(Math.ceil(((n / 4) * Math.ceil(count / 4)) / 64)),
    slots: { kind },
    flops: 2 * n * count * d,
  };
});

export const kinds = () => ({
  kind: required(oneOf("sigmoid", "linear", "poly", "rbf")),
  gamma: required(number),
  coef0: required(number),
  degree: required(number),
});

export const reference: Reference<typeof svmKernelRows> = ({ xt, s, places, rows }, options) => {
  const [d = 0, n = 0] = xt.shape;
  const next = Float64Array.from(rows.data);
  for (let j = 0; j < places.data.length; j++) {
    for (let i = 0; i < n; i++) {
      const point = { data: xt.data, start: i, stride: n };
      const other = { data: s.data, start: j * d, stride: 1 };
      next[(places.data[j] as number) * n + i] = kernelValue(options, point, other, d);
    }
  }
  return { rows: next };
};

const functions: readonly KernelFunction[] = [
  { kind: "linear", gamma: 1, coef0: 0, degree: 3 },
  { kind: "poly", gamma: 0.25, coef0: 1, degree: 3 },
  { kind: "rbf", gamma: 0.5, coef0: 0, degree: 3 },
  { kind: "sigmoid", gamma: 0.25, coef0: -0.5, degree: 3 },
];

const example = (
  options: KernelFunction,
  name: string,
  [d, n]: readonly [number, number],
  places: readonly number[],
): Case<typeof svmKernelRows> => ({
  name: `${options.kind}, ${name}`,
  inputs: {
    xt: [d, n],
    s: [places.length, d],
    places: { shape: [places.length], fill: (j) => places[j] ?? 0 },
    rows: [Math.max(...places) + 2, n],
  },
  options,
  tolerance: { length: 4 * d },
});

export const cases: Case<typeof svmKernelRows>[] = [
  ...functions.flatMap((kind) => [
    example(kind, "one of each", [4, 4], [0]),
    example(kind, "eight rows", [4, 8], [7, 0, 6, 5, 1, 2, 4, 3]),
    example(kind, "five rows in an order of their own", [8, 12], [3, 0, 6, 5, 1]),
    example(
      kind,
      "more than a workgroup",
      [4, 68],
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
    ),
  ]),
  example({ kind: "poly", gamma: 0.5, coef0: 0.5, degree: 0 }, "degree 0", [4, 8], [1, 0]),
  example({ kind: "poly", gamma: 0.5, coef0: -0.25, degree: 1 }, "degree 1", [4, 8], [0, 2, 1]),
  {
    name: "safety: rbf of samples far from 0, and far from each other",
    inputs: {
      xt: { shape: [4, 8], fill: (i) => (i < 4 ? 1e4 + i : i === 5 ? 3e20 : 1e4) },
      s: { shape: [2, 4], fill: (i) => 1e4 + (i % 4) / 2 },
      places: { shape: [2], fill: (j) => j },
      rows: [2, 8],
    },
    options: { kind: "rbf", gamma: 0.25, coef0: 0, degree: 3 },
  },
  {
    name: "safety: tanh of ±1e4",
    inputs: {
      xt: { shape: [4, 4], fill: (i) => (i % 2 ? 100 : -100) },
      s: { shape: [1, 4], fill: () => 100 },
      places: { shape: [1], fill: () => 0 },
      rows: [1, 4],
    },
    options: { kind: "sigmoid", gamma: 1, coef0: 0, degree: 3 },
  },
  {
    name: "safety: NaN stays with its point",
    inputs: {
      xt: { shape: [4, 8], fill: (i) => (i === 3 ? Number.NaN : i / 8) },
      s: { shape: [1, 4], fill: () => 1 },
      places: { shape: [1], fill: () => 0 },
      rows: [1, 8],
    },
    options: { kind: "rbf", gamma: 1, coef0: 0, degree: 3 },
    tolerance: { length: 16 },
  },
];

export const benches: Case<typeof svmKernelRows>[] = functions.map((kind) =>
  example(
    kind,
    "64 rows of 5,000 × 20",
    [20, 5000],
    Array.from({ length: 64 }, (_, j) => j),
  ),
);
