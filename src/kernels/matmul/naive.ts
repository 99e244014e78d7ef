import shader from "#shaders/matmul/naive.wgsl";
import { grid1d, kernel } from "../kernel.ts";
import { type MatmulInputs, type MatmulKernelOptions, matmulProblem } from "./problem.ts";

/**
 * `C = act(A · B + bias)`, one thread per element of C: a readable version, for comparison with the fast kernels.
 *
 * a [..., m, k] (transposed: [..., k, m]), b [..., k, n] (transposed: [..., n, k]), bias [n] or absent; c [..., m, n].
 * Leading axes broadcast as NumPy's do. Any size may be 0; k = 0 gives act(bias).
 */
export const matmulNaive = kernel(shader, (inputs: MatmulInputs, options: MatmulKernelOptions) => {
  const { c, params, slots, overrides, flops, batches, m, n } = matmulProblem(inputs, options);
  return {
    outputs: { c },
    params,
    grid: grid1d(Math.ceil((batches * m * n) / 64)),
    slots,
    overrides,
    flops,
  };
});

export { cases, halfCases } from "./cases.ts";
export { kinds, reference } from "./reference.ts";
