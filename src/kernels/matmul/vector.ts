import shader from "#shaders/matmul/vector.wgsl";
import { grid1d, kernel } from "../kernel.ts";
import { checkVector, type MatmulInputs, type MatmulKernelOptions } from "./problem.ts";

/** Workgroup size. */
const THREADS = 256;

/**
 * `C = act(A · B + bias)` as `matmulNaive`, for m = 1 or n = 1: 8 to 256 threads share each sum over k. Throws a
 * `ShapeError` when neither operand is a vector.
 */
export const matmulVector = kernel(shader, (inputs: MatmulInputs, options: MatmulKernelOptions) => {
  const problem = checkVector("matmul/vector", inputs, options);
  const { m, n, c, batches, params, slots, overrides, flops } = problem;
  const matrix = n === 1 ? ("a" as const) : ("b" as const);
  const outputs = n === 1 ? m : n;
  const contiguousK = n === 1 ? !options.transposeA : options.transposeB === true;
  const together = contiguousK ? (outputs < 64 ? 1 : 8) : 32;
  const lanes = THREADS / together;
  return {
    outputs: { c },
    params,
    grid: grid1d(batches * Math.ceil(outputs / together)),
    overrides: {
      ...overrides,
      WG: THREADS,
      OUTPUTS: together,
      K_LANES: lanes,
      OUTPUT_STEP: contiguousK ? lanes : 1,
      K_STEP: contiguousK ? 1 : together,
    },
    slots: { ...slots, matrix },
    flops,
  };
});

export { kinds, reference } from "./reference.ts";
export { benches, cases, halfCases } from "./vector_cases.ts";
