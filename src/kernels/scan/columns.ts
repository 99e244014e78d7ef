import shader from "#shaders/scan/columns.wgsl";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { holed, pieceSums, type ScanOptions, scanPlan, scanReference, whole } from "./scan.ts";

/**
 * Cumulative sums along any axis: `y[o, j, i] = Σ x[o, 0…j, i]`, one thread per piece of a column. With several pieces,
 * sums[pieces, outer · inner] holds the sum of the elements before each piece; `chooseScan` chooses the number of pieces,
 * or `rowScan` for long rows. NaN and infinities affect only their column. Throws `ShapeError` if there is no such axis or
 * sums do not fit.
 */
export const columnScan = kernel(shader, ({ x, sums }, options: ScanOptions) => {
  const { params, inner, reverse, slots, flops } = scanPlan("scan/columns", { x, sums }, options);
  return {
    outputs: { y: x },
    params: { ...params, inner },
    grid: grid1d(Math.ceil((params.rows * params.pieces) / 64)),
    overrides: { REVERSE: reverse },
    slots,
    flops,
  };
});

export const reference: Reference<typeof columnScan> = scanReference;

const directions = [
  { suffix: "", options: {} },
  { suffix: ", reverse", options: { reverse: true } },
  { suffix: ", exclusive", options: { exclusive: true } },
  { suffix: ", exclusive, reverse", options: { exclusive: true, reverse: true } },
];

export const cases: Case<typeof columnScan>[] = [
  {
    name: "integers beyond 2²⁴",
    inputs: { x: { shape: [40, 3], fill: (i) => 2 ** 24 + i } },
    options: { axis: 0 },
    dtypes: { element: "u32" },
    tolerance: "exact",
  },
  ...directions.flatMap(({ suffix, options }) => [
    {
      name: `columns of 70${suffix}`,
      inputs: { x: whole(70, 13) },
      options: { ...options, axis: 0 },
      tolerance: "exact" as const,
    },
    {
      name: `a middle axis in pieces${suffix}`,
      inputs: { x: whole(2, 23, 5), sums: pieceSums(4, 10) },
      options: { ...options, axis: 1, pieces: 4 },
      tolerance: "exact" as const,
    },
  ]),
  { name: "one element", inputs: { x: whole(1) }, options: {}, tolerance: "exact" },
  {
    name: "many short rows",
    inputs: { x: whole(131, 9) },
    options: { axis: 1 },
    tolerance: "exact",
  },
  {
    name: "more pieces than elements fill",
    inputs: { x: whole(11, 7), sums: pieceSums(9, 7) },
    options: { axis: 0, pieces: 9 },
    tolerance: "exact",
  },
  {
    name: "real numbers",
    inputs: { x: [300, 7] },
    options: { axis: 0 },
    tolerance: { length: 300 },
  },
  {
    name: "safety: NaN and infinities stay in their row",
    inputs: { x: holed(12) },
    options: { axis: 1 },
    tolerance: "exact",
  },
  { name: "no columns", inputs: { x: [5, 0] }, options: { axis: 0 } },
  { name: "no elements", inputs: { x: [0, 5] }, options: { axis: 0 } },
];

export const benches: Case<typeof columnScan>[] = [
  {
    name: "[1024, 1024], axis 0",
    inputs: { x: [1024, 1024], sums: [16, 1024] },
    options: { axis: 0, pieces: 16 },
  },
];

export { kinds } from "./rows.ts";
