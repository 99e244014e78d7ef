import shader from "#shaders/softmax/softmax_grad.wgsl";
import { size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { checkGradient, forEachRow, rowsAlong, type SoftmaxOptions, softmaxPlan } from "./rows.ts";

/**
 * Gradient of `softmax` from its output y: `dx = y · (dy − Σ dy · y)`, or of its logarithm: `dx = dy − exp(y) · Σ dy`.
 * Throws `ShapeError` unless y and dy have the same shape.
 */
export const softmaxGrad = kernel(shader, ({ y, dy }, options: SoftmaxOptions) => {
  checkGradient("softmax_grad", y, dy);
  return {
    outputs: { dx: y },
    ...softmaxPlan("softmax_grad", y, options),
    flops: 4 * size(y),
  };
});

export const reference: Reference<typeof softmaxGrad> = ({ y, dy }, options) => {
  const dx = new Float64Array(y.data.length);
  const { log = false } = options;
  forEachRow(rowsAlong("softmax_grad", y.shape, options), (row) => {
    let sum = 0;
    for (const i of row) sum += (dy.data[i] as number) * (log ? 1 : (y.data[i] as number));
    for (const i of row) {
      const [own, up] = [y.data[i] as number, dy.data[i] as number];
      dx[i] = log ? up - Math.exp(own) * sum : own * (up - sum);
    }
  });
  return { dx };
};

const example = (
  name: string,
  shape: readonly number[],
  options: SoftmaxOptions = {},
): Case<typeof softmaxGrad> => {
  const { axis = -1, log = false } = options;
  const cols = shape.at(axis) ?? 1;
  const fill = (_: number, random: () => number) =>
    log ? 2 * random() - 1 - Math.log(cols) : (2 * random()) / cols;
  return {
    name: log ? `log: ${name}` : name,
    inputs: { y: { shape, fill }, dy: shape },
    options,
    tolerance: { length: cols },
  };
};

export const cases: Case<typeof softmaxGrad>[] = [
  ...[{}, { log: true }].flatMap((which) => [
    example("one element", [1], which),
    example("10 classes, a lane a row", [67, 10], which),
    example("17 columns, 16 lanes a row", [5, 17], which),
    example("257 columns, a workgroup a row", [3, 257], which),
    example("2049 columns, 256 lanes a row", [2, 2049], which),
    example("axis in the middle", [3, 19, 2, 5], { axis: 1, ...which }),
    example("coarse: a lane a row of 33", [130, 33], { coarse: true, ...which }),
  ]),
  {
    name: "NaN and infinity stay in their rows, y = 0 gives 0",
    inputs: {
      y: { shape: [4, 20], fill: (i) => (i % 4 === 0 ? 0 : 1 / 15) },
      dy: { shape: [4, 20], fill: (i) => ({ 3: NaN, 27: Infinity })[i] ?? (i % 6) - 3 },
    },
    options: {},
  },
  {
    name: "log: NaN stays in its row, y = −∞ and y = −200 pass dy through",
    inputs: {
      y: { shape: [4, 20], fill: (i) => [-Infinity, -200][i % 4] ?? -2.5 },
      dy: { shape: [4, 20], fill: (i) => (i === 3 ? NaN : (i % 6) - 3) },
    },
    options: { log: true },
    tolerance: { length: 20 },
  },
];

export { kinds } from "./softmax.ts";
