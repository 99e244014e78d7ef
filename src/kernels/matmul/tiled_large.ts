import shader from "#shaders/matmul/tiled_large.wgsl";
import { inHalf } from "../half_cases.ts";
import { grid1d, kernel } from "../kernel.ts";
import { product } from "../option_kinds.ts";
import { blockProblem, tileCount } from "./blocks.ts";
import { plain, cases as shared } from "./cases.ts";
import type { MatmulCase, MatmulInputs, MatmulOptions } from "./problem.ts";

/**
 * `C = act(A · B + bias)` as `matmulNaive`, a workgroup a tile of 128 × 128 of C, a thread 8 × 8: for products large
 * enough to fill a card with such tiles, which need fewer instructions beside the multiplications than `matmulTiled`.
 */
export const matmulTiledLarge = kernel(shader, (inputs: MatmulInputs, options: MatmulOptions) => {
  const problem = blockProblem(inputs, options);
  const { c, params, slots, overrides, flops } = problem;
  return {
    outputs: { c },
    params,
    grid: grid1d(tileCount(problem, 128, 128)),
    slots,
    overrides,
    flops,
  };
});

export const kinds = () => product;

export const cases: MatmulCase[] = [
  ...shared,
  // around tiles of 128 × 128 and slices of 16
  plain("NN", [129, 33, 130]),
  plain("NT", [128, 36, 132]),
  plain("TN", [132, 32, 127]),
];

/** Activations in f16 and parameters in f32, as in training, and everything in f16. */
export const halfCases = [
  ...inHalf(cases, { stored_a: "f16", stored_c: "f16" }),
  ...inHalf(cases, { stored_a: "f16", stored_b: "f16", stored_c: "f16" }),
];

export { benches } from "./cases.ts";
export { reference } from "./reference.ts";
