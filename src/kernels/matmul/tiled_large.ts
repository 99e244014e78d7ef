import shader from "#shaders/matmul/tiled_large.wgsl";
import { inHalf } from "../half_cases.ts";
import { kernel } from "../kernel.ts";
import { tilePlan } from "./blocks.ts";
import { plain, cases as shared } from "./cases.ts";
import type { MatmulCase, MatmulInputs, MatmulKernelOptions } from "./problem.ts";

/**
 * `C = act(A · B + bias)` as `matmulNaive` with one workgroup per tile of 128 × 128 of C, and 8 × 8 per thread: for
 * products large enough to fill a card with such tiles. It needs fewer instructions besides the multiplications than
 * `matmulTiled`.
 */
export const matmulTiledLarge = kernel(
  shader,
  (inputs: MatmulInputs, options: MatmulKernelOptions) => tilePlan(inputs, options, 128, 128),
);

export const cases: MatmulCase[] = [
  ...shared,
  // sizes around tiles of 128 × 128 and slices of 16
  plain("NN", [129, 33, 130]),
  plain("NT", [128, 36, 132]),
  plain("TN", [132, 32, 127]),
];

/** Activations in f16 with parameters in f32, as in training, and everything in f16. */
export const halfCases = [
  ...inHalf(cases, { stored_a: "f16", stored_c: "f16" }),
  ...inHalf(cases, { stored_a: "f16", stored_b: "f16", stored_c: "f16" }),
];

export { benches } from "./cases.ts";
export { kinds, reference } from "./reference.ts";
