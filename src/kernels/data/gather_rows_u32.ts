import shader from "#shaders/data/gather_rows_u32.wgsl";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { gatherCases, gatherPlan, gatherReference } from "./gather.ts";

/**
 * `y[i, ...] = x[index[i], ...]`: a mini-batch of a u32 data set on the GPU. An index (u32) out of range gives
 * 4294967295. Throws `ShapeError` unless x has at least one axis and index exactly one.
 */
export const gatherRowsU32 = kernel(shader, (inputs, _options: Record<never, never>) =>
  gatherPlan("gatherRowsU32", inputs),
);

export const reference: Reference<typeof gatherRowsU32> = (inputs) =>
  gatherReference(inputs, 0xffffffff);

export const cases: readonly Case<typeof gatherRowsU32>[] = gatherCases;
