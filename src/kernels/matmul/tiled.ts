import shader from "#shaders/matmul/tiled.wgsl";
import { grid1d, kernel } from "../kernel.ts";
import { product } from "../option_kinds.ts";
import { blockProblem, tileCount } from "./blocks.ts";
import type { MatmulInputs, MatmulOptions } from "./problem.ts";

/**
 * `C = act(A · B + bias)` as `matmulNaive`, a workgroup a tile of 128 × 64 of C, a thread 8 × 8: for products large
 * enough to fill a card with such tiles.
 */
export const matmulTiled = kernel(shader, (inputs: MatmulInputs, options: MatmulOptions) => {
  const problem = blockProblem(inputs, options);
  const { c, params, slots, overrides, flops } = problem;
  return {
    outputs: { c },
    params,
    grid: grid1d(tileCount(problem, 128, 64)),
    slots,
    overrides,
    flops,
  };
});

export const kinds = () => product;

export { benches, cases, halfCases } from "./cases.ts";
export { reference } from "./reference.ts";
