import shader from "#shaders/matmul/registers_vector.wgsl";
import { kernel } from "../kernel.ts";
import { walkPlan } from "./blocks.ts";
import { checkVector, type MatmulInputs, type MatmulKernelOptions } from "./problem.ts";

/**
 * `C = act(A · B + bias)` as `matmulRegisters`, for m = 1 or n = 1: each thread walks four columns of B, or four rows of A.
 * Throws a `ShapeError` when neither operand is a vector.
 */
export const matmulRegistersVector = kernel(
  shader,
  (inputs: MatmulInputs, options: MatmulKernelOptions) => {
    const { m } = checkVector("matmul/registers_vector", inputs, options);
    const plan = m === 1 ? walkPlan(inputs, options, 1, 4) : walkPlan(inputs, options, 4, 1);
    return { ...plan, slots: { ...plan.slots, block: m === 1 ? "row" : "column" } };
  },
);

export { kinds, reference } from "./reference.ts";
export { benches, cases, halfCases } from "./vector_cases.ts";
