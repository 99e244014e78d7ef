import { inHalf } from "../half_cases.ts";
import type { Fill, InputSpec } from "../kernel.ts";
import type { MatmulCase, MatmulKernelOptions } from "./problem.ts";

type MatmulSizes = readonly [m: number, k: number, n: number];
const layouts = {
  NN: {},
  NT: { transposeB: true },
  TN: { transposeA: true },
  TT: { transposeA: true, transposeB: true },
} as const satisfies Record<string, MatmulKernelOptions>;
type StoredLayout = keyof typeof layouts;

/** [m, k] · [k, n], stored in this layout, with a tolerance for a sum of k terms. */
export function plain(
  layout: StoredLayout,
  [m, k, n]: MatmulSizes,
  extra: Partial<MatmulCase> = {},
): MatmulCase {
  const { transposeA, transposeB }: MatmulKernelOptions = layouts[layout];
  return {
    name: `${layout} ${m}×${k}×${n}`,
    inputs: { a: transposeA ? [k, m] : [m, k], b: transposeB ? [n, k] : [k, n] },
    options: layouts[layout],
    tolerance: { length: k },
    ...extra,
  };
}

/** A fill of small numbers with one value at `at`. */
const spiked =
  (at: number, value: number): Fill =>
  (i, random) =>
    i === at ? value : random() - 0.5;

const centred: Fill = (_, random) => random() * 2 - 1;
const filled = (shape: readonly number[], fill: Fill): InputSpec => ({ shape, fill });

// Together these cases load each operand in each of its four ways and store in both; other combinations would only add
// compilation time. tests/unit/kernels/matmul.test.ts shows which sizes choose which.
const edges: MatmulCase[] = [
  plain("NN", [1, 1, 1]),
  plain("TT", [1, 1, 1]),
  plain("NN", [3, 5, 7]),
  // sizes around the tiles of 32 and of 128 × 64, and around slices of 8 and of 16; nothing is a multiple of 4
  plain("NN", [33, 17, 31]),
  plain("TT", [31, 9, 65]),
  plain("TT", [129, 7, 63]),
  plain("NN", [2, 33, 66]),
  // multiples of 4, but not of 8 or 16
  plain("NN", [4, 4, 4]),
  plain("NN", [36, 12, 44]),
  plain("NN", [132, 28, 68]),
  plain("NT", [30, 20, 33]),
  plain("NT", [128, 16, 10]),
  plain("TN", [36, 15, 28]),
  plain("TN", [68, 33, 4]),
  // sizes around threads' blocks of 8 × 8 and of 16 × 12
  plain("NN", [9, 4, 13]),
  plain("NN", [16, 8, 24]),
  plain("NT", [20, 8, 12]),
  plain("TN", [32, 8, 24]),
  plain("TN", [7, 6, 25]),
];

const zeros: MatmulCase[] = [
  plain("NN", [3, 0, 5], { name: "k = 0 gives zeros" }),
  {
    name: "k = 0 gives act(bias)",
    inputs: { a: [3, 0], b: [0, 7], bias: [7] },
    options: { act: "relu" },
  },
  plain("NN", [0, 3, 5], { name: "no rows" }),
  plain("NN", [4, 5, 0], { name: "no columns" }),
  { name: "no batch", inputs: { a: [0, 2, 3], b: [3, 5] }, options: {} },
];

const batched: MatmulCase[] = [
  batch("both", [3, 5, 6], [3, 6, 7]),
  batch("b broadcast", [3, 8, 12], [12, 4]),
  batch("a broadcast", [8, 12], [3, 12, 4]),
  batch("outer product of the batches", [2, 1, 4, 3], [3, 3, 5]),
  batch("inner axis broadcast in b", [2, 3, 4, 8], [2, 1, 8, 8]),
  batch("alternating axes", [2, 1, 2, 1, 3, 5], [1, 3, 1, 2, 5, 7]),
  {
    name: "batch: both transposed",
    inputs: { a: [2, 11, 34], b: [2, 39, 11] },
    options: { transposeA: true, transposeB: true },
    tolerance: { length: 11 },
  },
];

function batch(name: string, a: readonly number[], b: readonly number[]): MatmulCase {
  return {
    name: `batch: ${name}`,
    inputs: { a, b },
    options: {},
    tolerance: { length: a.at(-1) ?? 1 },
  };
}

/** A case with k split into parts of `k / parts`. */
function inParts(layout: StoredLayout, sizes: MatmulSizes, parts: number): MatmulCase {
  const [m, k, n] = sizes;
  return plain(layout, sizes, {
    name: `${layout} ${m}×${k}×${n} in ${parts} parts`,
    options: { ...layouts[layout], parts },
    tolerance: { length: k / parts },
  });
}

const cut: MatmulCase[] = [
  inParts("NN", [5, 24, 8], 3),
  inParts("NT", [5, 24, 8], 3),
  inParts("TN", [8, 24, 5], 3),
  inParts("TT", [12, 35, 9], 5),
  inParts("NN", [3, 12, 4], 2), // k is a multiple of 4, but its parts are not
  inParts("NN", [33, 68, 34], 2),
  {
    name: "batch: broadcast, in parts",
    inputs: { a: [2, 1, 5, 12], b: [3, 12, 4] },
    options: { parts: 3 },
    tolerance: { length: 4 },
  },
];

const epilogues: MatmulCase[] = [
  plain("NN", [5, 6, 7], {
    name: "bias and relu",
    inputs: { a: [5, 6], b: [6, 7], bias: [7] },
    options: { act: "relu" },
  }),
  plain("NN", [5, 4, 8], {
    name: "bias, four columns a store",
    inputs: { a: [5, 4], b: [4, 8], bias: [8] },
  }),
  plain("NN", [5, 6, 7], {
    name: "bias and silu, z kept",
    inputs: { a: [5, 6], b: [6, 7], bias: [7], z: [5, 7] },
    options: { act: "silu" },
  }),
  plain("NN", [5, 4, 8], {
    name: "leaky_relu of slope −2, z kept, four columns a store",
    inputs: { a: [5, 4], b: [4, 8], z: [5, 8] },
    options: { act: { act: "leaky_relu", slope: -2 } },
  }),
  plain("NN", [5, 6, 7], {
    name: "scale and shift of columns, residual, relu",
    inputs: { a: [5, 6], b: [6, 7], affine: [7, 2], residual: [5, 7] },
    options: { act: "relu" },
  }),
  plain("NN", [5, 4, 8], {
    name: "bias of rows, four columns a store",
    inputs: { a: [2, 5, 4], b: [2, 4, 8], bias: [5] },
    options: { channel: "row" },
  }),
  plain("NN", [5, 6, 7], {
    name: "scale and shift of rows, residual, relu6",
    inputs: { a: [5, 6], b: [2, 6, 7], affine: [5, 2], residual: [2, 5, 7] },
    options: { act: "relu6", channel: "row" },
  }),
];

const numbers: MatmulCase[] = [
  // u·√k per unit of Σ|a||b| for one rounding per term (Higham, Accuracy and Stability, §3.1): well inside 1e-6·√k
  plain("NN", [3, 4097, 5], {
    name: "long sum, k = 4097",
    inputs: { a: filled([3, 4097], centred), b: filled([4097, 5], centred) },
  }),
  plain("NT", [3, 4096, 5], {
    name: "long sum, k = 4096, transposed b",
    inputs: { a: filled([3, 4096], centred), b: filled([5, 4096], centred) },
  }),
  special("a NaN in a spoils one row", spiked(2 * 11 + 10, NaN), centred),
  special("a NaN in b spoils one column", centred, spiked(10 * 9 + 8, NaN)),
  special("an infinity in the last k stays an infinity", spiked(2 * 11 + 10, Infinity), () => 1),
  special(
    "1e19 · 1e19 stays finite",
    () => 1e18,
    () => -1e18,
  ),
  special(
    "products that underflow are 0",
    () => 1e-30,
    () => 1e-30,
  ),
];

function special(name: string, a: Fill, b: Fill): MatmulCase {
  return plain("NN", [7, 11, 9], {
    name,
    inputs: { a: filled([7, 11], a), b: filled([11, 9], b) },
  });
}

/** What every matmul kernel must handle. */
export const cases: MatmulCase[] = [
  ...edges,
  ...zeros,
  ...batched,
  ...cut,
  ...epilogues,
  ...numbers,
];

/** Activations in f16 with parameters in f32, as in training, and everything in f16. */
export const halfCases = [
  ...inHalf(cases, { stored_a: "f16", stored_c: "f16" }),
  ...inHalf(cases, { stored_a: "f16", stored_b: "f16", stored_c: "f16" }),
];

/** Sizes that occur in training. */
export const benches: MatmulCase[] = [
  plain("NN", [256, 256, 256]),
  plain("NT", [256, 256, 256]),
  plain("TN", [256, 256, 256]),
  plain("NN", [64, 128, 64]),
  plain("NN", [1024, 1024, 1024]),
];
