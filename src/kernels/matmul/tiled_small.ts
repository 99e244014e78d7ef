import shader from "#shaders/matmul/tiled_small.wgsl";
import { grid1d, kernel } from "../kernel.ts";
import { product } from "../option_kinds.ts";
import { blockProblem, tileCount } from "./blocks.ts";
import type { MatmulInputs, MatmulOptions } from "./problem.ts";

/**
 * `C = act(A · B + bias)` as `matmulNaive`, a workgroup a tile of 32 × 32 of C, a thread 4 × 4: for products with few
 * rows, few columns or few tiles.
 */
export const matmulTiledSmall = kernel(shader, (inputs: MatmulInputs, options: MatmulOptions) => {
  const problem = blockProblem(inputs, options);
  const { c, params, slots, overrides, flops } = problem;
  return {
    outputs: { c },
    params,
    grid: grid1d(tileCount(problem, 32, 32)),
    slots,
    overrides,
    flops,
  };
});

export const kinds = () => product;

export { benches, cases, halfCases } from "./cases.ts";
export { reference } from "./reference.ts";
