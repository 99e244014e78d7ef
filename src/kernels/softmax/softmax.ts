import shader from "#shaders/softmax/softmax.wgsl";
import { size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import {
  type AxisOption,
  forEachRow,
  logProbability,
  rowCases,
  rowPlan,
  rowsAlong,
} from "./rows.ts";

/**
 * `y = exp(x) / Σ exp(x)` over one axis of a tensor of any shape. −∞ gives 0; a row with +∞ or NaN, or with nothing but
 * −∞, gives NaN. Throws `ShapeError` if the axis does not exist.
 */
export const softmax = kernel(shader, ({ x }, options: AxisOption) => ({
  outputs: { y: x },
  ...rowPlan(rowsAlong("softmax", x, options), options),
  flops: 5 * size(x),
}));

export const reference: Reference<typeof softmax> = ({ x }, options) => {
  const y = new Float64Array(x.data.length);
  forEachRow(rowsAlong("softmax", x.shape, options), (row) => {
    const logp = logProbability(x.data, row);
    for (const i of row) y[i] = Math.exp(logp(x.data[i] as number));
  });
  return { y };
};

export const cases: Case<typeof softmax>[] = rowCases;

export const benches: Case<typeof softmax>[] = [
  { name: "1000 classes", inputs: { x: [4096, 1000] }, options: {} },
  { name: "10 classes", inputs: { x: [400_000, 10] }, options: {} },
  { name: "21 classes at every pixel", inputs: { x: [4, 21, 224, 224] }, options: { axis: 1 } },
];
