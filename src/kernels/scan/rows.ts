import shader from "#shaders/scan/rows.wgsl";
import { boolean, number } from "../../core/kinds.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import {
  checkRows,
  holed,
  pieceSums,
  type ScanOptions,
  scanPlan,
  scanReference,
  whole,
} from "./scan.ts";

/**
 * Cumulative sums along the last axis: `y[r, j] = Σ x[r, 0…j]`, in pieces of at most 1,024 elements. With several pieces,
 * sums[pieces, rows] holds the sum of the elements before each piece; `chooseScan` chooses the number of pieces, or
 * `columnScan` for other axes. NaN and infinities affect only their row. Throws `ShapeError` if a piece is too long, the
 * axis is not the last or sums do not fit.
 */
export const rowScan = kernel(shader, ({ x, sums }, options: ScanOptions) => {
  const { params, inner, reverse, slots, flops } = scanPlan("scan/rows", { x, sums }, options);
  checkRows(x, inner, params.piece);
  const lanes = params.piece <= 128 ? 8 : 64;
  return {
    outputs: { y: x },
    params,
    grid: grid1d(Math.ceil((params.rows * params.pieces * lanes) / 64)),
    overrides: { LANES: lanes, REVERSE: reverse },
    slots,
    flops,
  };
});

export const kinds = () => ({ axis: number, reverse: boolean, exclusive: boolean, pieces: number });

export const reference: Reference<typeof rowScan> = scanReference;

const lengths = [1, 15, 16, 17, 63, 127, 128, 129, 145, 257, 1023, 1024];

export const cases: Case<typeof rowScan>[] = [
  {
    name: "integers beyond 2²⁴",
    inputs: { x: { shape: [40, 3], fill: (i) => 2 ** 24 + i } },
    options: {},
    dtypes: { element: "u32" },
    tolerance: "exact",
  },
  ...lengths.map((n) => ({
    name: `rows of ${n}`,
    inputs: { x: whole(5, n) },
    options: {},
    tolerance: "exact" as const,
  })),
  ...[64, 200, 1000].flatMap((n) => [
    {
      name: `rows of ${n}, reverse`,
      inputs: { x: whole(3, n) },
      options: { reverse: true },
      tolerance: "exact" as const,
    },
    {
      name: `rows of ${n}, exclusive`,
      inputs: { x: whole(3, n) },
      options: { exclusive: true },
      tolerance: "exact" as const,
    },
    {
      name: `rows of ${n}, exclusive, reverse`,
      inputs: { x: whole(3, n) },
      options: { exclusive: true, reverse: true },
      tolerance: "exact" as const,
    },
    {
      name: `rows of ${n}, real numbers`,
      inputs: { x: [4, n] },
      options: {},
      tolerance: { length: n },
    },
  ]),
  ...[false, true].map((reverse) => ({
    name: `two rows in five pieces${reverse ? ", reverse" : ""}`,
    inputs: { x: whole(2, 2003), sums: pieceSums(5, 2) },
    options: { pieces: 5, reverse },
    tolerance: "exact" as const,
  })),
  {
    name: "short pieces, the last ones empty",
    inputs: { x: whole(3, 11), sums: pieceSums(9, 3) },
    options: { pieces: 9 },
    tolerance: "exact",
  },
  {
    name: "more rows than a workgroup has pieces",
    inputs: { x: whole(67, 20) },
    options: {},
    tolerance: "exact",
  },
  ...[40, 300].map((n) => ({
    name: `safety: NaN and infinities stay in their row of ${n}`,
    inputs: { x: holed(n) },
    options: {},
    tolerance: "exact" as const,
  })),
  { name: "no rows", inputs: { x: [0, 5] }, options: {} },
  { name: "no elements", inputs: { x: [5, 0] }, options: {} },
];

export const benches: Case<typeof rowScan>[] = [
  {
    name: "a row of 1 Mi",
    inputs: { x: [1 << 20], sums: [1024, 1] },
    options: { pieces: 1024 },
  },
  { name: "[16384, 64]", inputs: { x: [1 << 14, 64] }, options: {} },
];
