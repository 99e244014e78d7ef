import shader from "#shaders/matmul/registers.wgsl";
import { kernel } from "../kernel.ts";
import { walkPlan } from "./blocks.ts";
import type { MatmulInputs, MatmulKernelOptions } from "./problem.ts";

/**
 * `C = act(A · B + bias)` as `matmulNaive`; each thread computes a block of 4 × 4 of C, without workgroup memory or
 * barriers.
 */
export const matmulRegisters = kernel(
  shader,
  (inputs: MatmulInputs, options: MatmulKernelOptions) => walkPlan(inputs, options, 4, 4),
);

export { benches, cases, halfCases } from "./cases.ts";
export { kinds, reference } from "./reference.ts";
