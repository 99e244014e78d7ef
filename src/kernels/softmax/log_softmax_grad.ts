import shader from "#shaders/softmax/log_softmax_grad.wgsl";
import { size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { type AxisOption, checkGradient, forEachRow, rowPlan, rowsAlong } from "./rows.ts";

/** Gradient of `logSoftmax` from its output y: `dx = dy − exp(y) · Σ dy`. Throws `ShapeError` unless y and dy agree. */
export const logSoftmaxGrad = kernel(shader, ({ y, dy }, options: AxisOption) => {
  checkGradient("log_softmax_grad", y, dy);
  return {
    outputs: { dx: y },
    ...rowPlan(rowsAlong("log_softmax_grad", y, options), options),
    flops: 4 * size(y),
  };
});

export const reference: Reference<typeof logSoftmaxGrad> = ({ y, dy }, options) => {
  const dx = new Float64Array(y.data.length);
  forEachRow(rowsAlong("log_softmax_grad", y.shape, options), (row) => {
    let sum = 0;
    for (const i of row) sum += dy.data[i] as number;
    for (const i of row) dx[i] = (dy.data[i] as number) - Math.exp(y.data[i] as number) * sum;
  });
  return { dx };
};

const example = (
  name: string,
  shape: readonly number[],
  axis = -1,
): Case<typeof logSoftmaxGrad> => {
  const cols = shape.at(axis) ?? 1;
  const y = { shape, fill: (_: number, random: () => number) => 2 * random() - 1 - Math.log(cols) };
  return { name, inputs: { y, dy: shape }, options: { axis }, tolerance: { length: cols } };
};

export const cases: Case<typeof logSoftmaxGrad>[] = [
  example("one element", [1]),
  example("10 classes, a lane a row", [67, 10]),
  example("17 columns, 16 lanes a row", [5, 17]),
  example("257 columns, a workgroup a row", [3, 257]),
  example("2049 columns, 256 lanes a row", [2, 2049]),
  example("axis in the middle", [3, 19, 2, 5], 1),
  { ...example("on software: a lane a row of 33", [130, 33]), options: { software: true } },
  {
    name: "NaN stays in its row, y = −∞ and y = −200 pass dy through",
    inputs: {
      y: { shape: [4, 20], fill: (i) => [-Infinity, -200][i % 4] ?? -2.5 },
      dy: { shape: [4, 20], fill: (i) => (i === 3 ? NaN : (i % 6) - 3) },
    },
    options: {},
    tolerance: { length: 20 },
  },
];
