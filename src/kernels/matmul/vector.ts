import shader from "#shaders/matmul/vector.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { show } from "../../core/shape.ts";
import { grid1d, type InputSpec, kernel } from "../kernel.ts";
import { cases as shared } from "./cases.ts";
import {
  type MatmulCase,
  type MatmulInputs,
  type MatmulOptions,
  matmulProblem,
} from "./problem.ts";

/** Threads of a workgroup. */
const THREADS = 256;

/**
 * `C = act(A · B + bias)` as `matmulNaive`, where m = 1 or n = 1: 8 to 256 threads share each sum over k. Throws a
 * `ShapeError` when neither operand is a vector.
 */
export const matmulVector = kernel(shader, (inputs: MatmulInputs, options: MatmulOptions) => {
  const { m, n, c, batches, params, slots, overrides, flops } = matmulProblem(inputs, options);
  if (m !== 1 && n !== 1) {
    throw new ShapeError(
      `matmul/vector: expected m = 1 or n = 1, got ${show([m, n], "c")}; use another matmul kernel`,
    );
  }
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

const product = (
  name: string,
  a: readonly number[],
  b: readonly number[],
  k: number,
  options: MatmulOptions = {},
): MatmulCase => ({ name, inputs: { a, b }, options, tolerance: { length: k } });

const isVector = ({ inputs, options }: MatmulCase) => {
  const shapeOf = (spec: InputSpec) => ("shape" in spec ? spec.shape : spec);
  const { m, n } = matmulProblem({ a: shapeOf(inputs.a), b: shapeOf(inputs.b) }, options);
  return m === 1 || n === 1;
};

export const cases: MatmulCase[] = [
  ...shared.filter(isVector),
  product("matrix · vector", [67, 130], [130, 1], 130),
  product("transposed matrix · vector", [130, 67], [130, 1], 130, { transposeA: true }),
  product("vector · matrix", [1, 130], [130, 67], 130),
  product("vector · transposed matrix", [1, 130], [67, 130], 130, { transposeB: true }),
  product("few outputs, 256 threads each", [7, 1100], [1100, 1], 1100),
  product("dot product", [1, 1025], [1025, 1], 1025),
  product("fewer terms than threads", [9, 3], [3, 1], 3),
  product("batch broadcast", [3, 1, 40], [40, 33], 40),
  product("batch of matrices, one vector", [2, 3, 5, 12], [12, 1], 12),
  {
    name: "bias and activation along n",
    inputs: { a: [2, 1, 9], b: [2, 34, 9], bias: [34] },
    options: { transposeB: true, act: "relu" },
    tolerance: { length: 9 },
  },
  {
    name: "silu, z kept",
    inputs: { a: [5, 9], b: [9, 1], bias: [1], z: [5, 1] },
    options: { act: "silu" },
    tolerance: { length: 9 },
  },
  {
    name: "one bias for n = 1",
    inputs: { a: [5, 9], b: [9, 1], bias: [1] },
    options: {},
    tolerance: { length: 9 },
  },
];

export const benches: MatmulCase[] = [
  product("4096×4096 · vector", [4096, 4096], [4096, 1], 4096),
  product("vector · 4096×4096", [1, 4096], [4096, 4096], 4096),
];

export { reference } from "./problem.ts";
