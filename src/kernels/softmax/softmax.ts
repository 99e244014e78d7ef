import shader from "#shaders/softmax/softmax.wgsl";
import { boolean, number } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { type Case, type InputSpec, kernel, type Reference } from "../kernel.ts";
import {
  forEachRow,
  hostile,
  logProbability,
  rowsAlong,
  type SoftmaxOptions,
  softmaxPlan,
} from "./rows.ts";

/**
 * `y = exp(x) / Σ exp(x)` over one axis of a tensor of any shape, or its logarithm `x − log Σ exp(x)`. −∞ gives 0 and −∞; a
 * row with +∞ or NaN, or of −∞ only, gives NaN. Throws `ShapeError` if the axis does not exist.
 */
export const softmax = kernel(shader, ({ x }, options: SoftmaxOptions) => ({
  outputs: { y: x },
  ...softmaxPlan("softmax", x, options),
  flops: (options.log ? 4 : 5) * size(x),
}));

export const kinds = () => ({ axis: number, log: boolean, coarse: boolean });

export const reference: Reference<typeof softmax> = ({ x }, options) => {
  const y = new Float64Array(x.data.length);
  forEachRow(rowsAlong("softmax", x.shape, options), (row) => {
    const logp = logProbability(x.data, row);
    for (const i of row) {
      const value = logp(x.data[i] as number);
      y[i] = options.log ? value : Math.exp(value);
    }
  });
  return { y };
};

const both = (name: string, x: InputSpec, options: SoftmaxOptions): Case<typeof softmax>[] => [
  { name, inputs: { x }, options },
  { name: `log: ${name}`, inputs: { x }, options: { ...options, log: true } },
];

export const cases: Case<typeof softmax>[] = [
  ...hostile.flatMap(({ name, x, axis = -1 }) => both(name, x, { axis })),
  ...both("coarse: a lane a row of 33", [130, 33], { coarse: true }),
  ...both("coarse: a lane a row, axis in the middle", [13, 19, 11], {
    axis: 1,
    coarse: true,
  }),
];

export const benches: Case<typeof softmax>[] = [
  { name: "1000 classes", inputs: { x: [4096, 1000] }, options: {} },
  { name: "10 classes", inputs: { x: [400_000, 10] }, options: {} },
  { name: "21 classes at every pixel", inputs: { x: [4, 21, 224, 224] }, options: { axis: 1 } },
];
