import shader from "#shaders/matmul/registers_16x16.wgsl";
import { kernel } from "../kernel.ts";
import { SMALL_GROUP, walkPlan } from "./blocks.ts";
import type { MatmulInputs, MatmulKernelOptions } from "./problem.ts";

/** `C = act(A · B + bias)` as `matmulRegisters` with blocks of 16 × 16: for large products. */
export const matmulRegisters16x16 = kernel(
  shader,
  (inputs: MatmulInputs, options: MatmulKernelOptions) =>
    walkPlan(inputs, options, 16, 16, SMALL_GROUP),
);

export { benches, cases, halfCases } from "./cases.ts";
export { kinds, reference } from "./reference.ts";
