import shader from "#shaders/softmax/log_softmax.wgsl";
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
 * `y = x − log Σ exp(x)` over one axis of a tensor of any shape. −∞ gives −∞; a row with +∞ or NaN, or with nothing but
 * −∞, gives NaN. Throws `ShapeError` if the axis does not exist.
 */
export const logSoftmax = kernel(shader, ({ x }, options: AxisOption) => ({
  outputs: { y: x },
  ...rowPlan(rowsAlong("log_softmax", x, options), options),
  flops: 4 * size(x),
}));

export const reference: Reference<typeof logSoftmax> = ({ x }, options) => {
  const y = new Float64Array(x.data.length);
  forEachRow(rowsAlong("log_softmax", x.shape, options), (row) => {
    const logp = logProbability(x.data, row);
    for (const i of row) y[i] = logp(x.data[i] as number);
  });
  return { y };
};

export const cases: Case<typeof logSoftmax>[] = rowCases;
