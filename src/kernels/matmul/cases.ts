import type { Fill, InputSpec } from "../kernel.ts";
import type { MatmulCase, MatmulOptions } from "./problem.ts";

type Sizes = readonly [m: number, k: number, n: number];
const layouts = {
  NN: {},
  NT: { transposeB: true },
  TN: { transposeA: true },
  TT: { transposeA: true, transposeB: true },
} as const satisfies Record<string, MatmulOptions>;
type Layout = keyof typeof layouts;

/** [m, k] · [k, n], stored as the layout says, with a tolerance for a sum of k terms. */
function plain(layout: Layout, [m, k, n]: Sizes, extra: Partial<MatmulCase> = {}): MatmulCase {
  const { transposeA, transposeB }: MatmulOptions = layouts[layout];
  return {
    name: `${layout} ${m}×${k}×${n}`,
    inputs: { a: transposeA ? [k, m] : [m, k], b: transposeB ? [n, k] : [k, n] },
    options: layouts[layout],
    tolerance: { length: k },
    ...extra,
  };
}

const sweep = (sizes: readonly Sizes[], which: readonly Layout[]) =>
  sizes.flatMap((size) => which.map((layout) => plain(layout, size)));

const all: readonly Layout[] = ["NN", "NT", "TN", "TT"];

/** Small fill with one value at `at`. */
const spiked =
  (at: number, value: number): Fill =>
  (i, random) =>
    i === at ? value : random() - 0.5;

const centred: Fill = (_, random) => random() * 2 - 1;
const filled = (shape: readonly number[], fill: Fill): InputSpec => ({ shape, fill });

const edges: MatmulCase[] = [
  ...sweep([[1, 1, 1]], all),
  // one more and one less than every tile, nothing divisible by 4
  ...sweep(
    [
      [3, 5, 7],
      [33, 17, 31],
      [65, 9, 63],
    ],
    all,
  ),
  // divisible by 4, not by the tile: vec4 loads with ragged slices
  ...sweep(
    [
      [4, 4, 4],
      [36, 12, 44],
      [68, 28, 132],
    ],
    all,
  ),
  // each dimension alone keeps the others from vec4
  plain("NN", [8, 6, 12]),
  plain("NT", [6, 8, 10]),
  plain("TN", [12, 7, 9]),
  plain("TN", [9, 7, 12]),
  plain("NN", [64, 64, 64]),
  plain("NT", [128, 16, 10]),
];

const zeros: MatmulCase[] = [
  plain("NN", [3, 0, 5], { name: "k = 0 gives zeros" }),
  {
    name: "k = 0 gives act(bias)",
    inputs: { a: [3, 0], b: [0, 8], bias: [8] },
    options: { act: "relu" },
  },
  plain("NN", [0, 4, 4], { name: "no rows" }),
  plain("NN", [4, 4, 0], { name: "no columns" }),
  { name: "no batch", inputs: { a: [0, 2, 3], b: [3, 4] }, options: {} },
];

const batched: MatmulCase[] = [
  batch("both", [3, 5, 6], [3, 6, 7]),
  batch("b broadcast", [3, 8, 12], [12, 4]),
  batch("a broadcast", [8, 12], [3, 12, 4]),
  batch("outer product of the batches", [2, 1, 4, 3], [3, 3, 5]),
  batch("inner axis broadcast in b", [2, 3, 4, 8], [2, 1, 8, 8]),
  batch("alternating axes", [2, 1, 2, 1, 3, 4], [1, 3, 1, 2, 4, 5]),
  {
    name: "batch: both transposed, with bias",
    inputs: { a: [2, 12, 36], b: [2, 40, 12], bias: [40] },
    options: { transposeA: true, transposeB: true, act: "silu" },
    tolerance: { length: 12 },
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

const epilogues: MatmulCase[] = [
  plain("NN", [5, 6, 7], { name: "bias", inputs: { a: [5, 6], b: [6, 7], bias: [7] } }),
  plain("NN", [5, 6, 8], {
    name: "bias and relu, vec4 store",
    inputs: { a: [5, 6], b: [6, 8], bias: [8] },
    options: { act: "relu" },
  }),
];

const numbers: MatmulCase[] = [
  // u·√k per unit of Σ|a||b| for one rounding a term (Higham, Accuracy and Stability, §3.1): well inside 1e-6·√k
  plain("NN", [3, 4096, 5], {
    name: "long sum, k = 4096",
    inputs: { a: filled([3, 4096], centred), b: filled([4096, 5], centred) },
  }),
  plain("NT", [5, 4096, 4], {
    name: "long sum, k = 4096, transposed b",
    inputs: { a: filled([5, 4096], centred), b: filled([4, 4096], centred) },
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
export const cases: MatmulCase[] = [...edges, ...zeros, ...batched, ...epilogues, ...numbers];

/** Sizes people train with. */
export const benches: MatmulCase[] = [
  plain("NN", [256, 256, 256]),
  plain("NT", [256, 256, 256]),
  plain("TN", [256, 256, 256]),
  plain("NN", [64, 128, 64]),
  plain("NN", [1024, 1024, 1024]),
];
