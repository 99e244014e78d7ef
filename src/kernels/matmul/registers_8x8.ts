import shader from "#shaders/matmul/registers_8x8.wgsl";
import { kernel } from "../kernel.ts";
import { SMALL_GROUP, walkPlan } from "./blocks.ts";
import type { MatmulInputs, MatmulKernelOptions } from "./problem.ts";

/**
 * `C = act(A · B + bias)` as `matmulRegisters` with blocks of 8 × 8: half the loads per multiplication, if enough threads
 * remain.
 */
export const matmulRegisters8x8 = kernel(
  shader,
  (inputs: MatmulInputs, options: MatmulKernelOptions) =>
    walkPlan(inputs, options, 8, 8, SMALL_GROUP),
);

export { benches, cases, halfCases } from "./cases.ts";
export { kinds, reference } from "./reference.ts";
