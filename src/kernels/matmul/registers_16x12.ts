import shader from "#shaders/matmul/registers_16x12.wgsl";
import { kernel } from "../kernel.ts";
import { SMALL_GROUP, walkPlan } from "./blocks.ts";
import type { MatmulInputs, MatmulKernelOptions } from "./problem.ts";

/**
 * `C = act(A · B + bias)` as `matmulRegisters` with blocks of 16 × 12: all columns of a product with nine to twelve, such
 * as the last layer of a classifier of ten classes.
 */
export const matmulRegisters16x12 = kernel(
  shader,
  (inputs: MatmulInputs, options: MatmulKernelOptions) =>
    walkPlan(inputs, options, 16, 12, SMALL_GROUP),
);

export { benches, cases, halfCases } from "./cases.ts";
export { kinds, reference } from "./reference.ts";
