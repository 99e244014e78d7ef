import { inHalf } from "../half_cases.ts";
import type { InputSpec } from "../kernel.ts";
import { cases as shared } from "./cases.ts";
import { type MatmulCase, type MatmulKernelOptions, matmulProblem } from "./problem.ts";

const product = (
  name: string,
  a: readonly number[],
  b: readonly number[],
  k: number,
  options: MatmulKernelOptions = {},
): MatmulCase => ({ name, inputs: { a, b }, options, tolerance: { length: k } });

const isVector = ({ inputs, options }: MatmulCase) => {
  const shapeOf = (spec: InputSpec) => ("shape" in spec ? spec.shape : spec);
  const { m, n } = matmulProblem({ a: shapeOf(inputs.a), b: shapeOf(inputs.b) }, options);
  return m === 1 || n === 1;
};

/** What every kernel for m = 1 or n = 1 must handle. */
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
  product("vector · matrix in parts", [1, 24], [24, 6], 8, { parts: 3 }),
  product("matrix · vector in parts", [6, 36], [36, 1], 9, { parts: 4 }),
  product("vector · matrix, four columns a load", [1, 12], [12, 68], 12),
  product("matrix · vector, four terms a load", [66, 12], [12, 1], 12),
  product("transposed matrix · vector, four rows a load", [13, 68], [13, 1], 13, {
    transposeA: true,
  }),
  {
    name: "matrix · vector, bias of rows",
    inputs: { a: [5, 12], b: [12, 1], bias: [5] },
    options: { channel: "row", act: "relu" },
    tolerance: { length: 12 },
  },
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

/** Activations in f16 with parameters in f32, as in training, and everything in f16. */
export const halfCases = [
  ...inHalf(cases, { stored_a: "f16", stored_c: "f16" }),
  ...inHalf(cases, { stored_a: "f16", stored_b: "f16", stored_c: "f16" }),
];

/** Sizes of a large layer applied to one example. */
export const benches: MatmulCase[] = [
  product("4096×4096 · vector", [4096, 4096], [4096, 1], 4096),
  product("vector · 4096×4096", [1, 4096], [4096, 4096], 4096),
];
