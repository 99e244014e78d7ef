import shader from "#shaders/matmul/registers.wgsl";
import { grid1d, kernel } from "../kernel.ts";
import { blockProblem, tileCount } from "./blocks.ts";
import type { MatmulInputs, MatmulOptions } from "./problem.ts";

/**
 * `C = act(A · B + bias)` as `matmulNaive`, one thread a block of 4 × 4 of C, without workgroup memory or barriers.
 */
export const matmulRegisters = kernel(shader, (inputs: MatmulInputs, options: MatmulOptions) => {
  const problem = blockProblem(inputs, options);
  const { c, params, slots, overrides, flops } = problem;
  return {
    outputs: { c },
    params,
    grid: grid1d(Math.ceil(tileCount(problem, 4, 4) / 64)),
    slots,
    overrides,
    flops,
  };
});

export { benches, cases } from "./cases.ts";
export { reference } from "./problem.ts";
