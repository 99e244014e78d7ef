import shader from "#shaders/data/gather_rows.wgsl";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { gatherCases, gatherPlan, gatherReference, picks } from "./gather.ts";

/**
 * `y[i, ...] = x[index[i], ...]`: a mini-batch of an f32 data set on the GPU. An index (u32) out of range gives NaN. Throws
 * `ShapeError` unless x has at least one axis and index exactly one.
 */
export const gatherRows = kernel(shader, (inputs, _options: Record<never, never>) =>
  gatherPlan("gatherRows", inputs),
);

export const reference: Reference<typeof gatherRows> = (inputs) =>
  gatherReference(inputs, Number.NaN);

export const cases: readonly Case<typeof gatherRows>[] = gatherCases;

export const benches: Case<typeof gatherRows>[] = [
  {
    name: "128 of 10,000 images",
    inputs: { x: [10000, 784], index: picks(128, 10000) },
    options: {},
  },
];
