import shader from "#shaders/scan/totals.wgsl";
import { number, required } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { pieceLength } from "../reduce/axes.ts";
import { aboutAxis, holed, whole } from "./scan.ts";

/** Axis, and number of pieces. */
export interface TotalsOptions {
  /** Axis of the sums; negative ones count from the end. */
  readonly axis: number;
  /** Number of pieces, from 1 to the axis's length. */
  readonly pieces: number;
}

/**
 * Sums of the pieces of an axis, [pieces, outer · inner]: the first step of a scan, with the pieces of `rowScan` and
 * `columnScan`. Throws `ShapeError` if there is no such axis, `ValueError` unless 1 ≤ pieces ≤ its length.
 */
export const scanTotals = kernel(shader, ({ x }, { axis, pieces }: TotalsOptions) => {
  const { length, inner, rows } = aboutAxis("scan/totals", x, axis);
  const piece = pieceLength("scan/totals", length, pieces);
  const lanes = inner === 1 ? 64 : 1;
  return {
    outputs: { sums: [pieces, rows] },
    params: { rows, inner, length, piece, pieces },
    grid: grid1d(Math.ceil((rows * pieces * lanes) / 64)),
    overrides: { LANES: lanes },
    flops: size(x),
  };
});

export const kinds = () => ({ axis: required(number), pieces: required(number) });

export const reference: Reference<typeof scanTotals> = ({ x }, { axis, pieces }) => {
  const { length, inner, rows } = aboutAxis("scan/totals", x.shape, axis);
  const piece = Math.ceil(length / pieces);
  const sums = new Float64Array(pieces * rows);
  for (let row = 0; row < rows; row++) {
    const base = Math.floor(row / inner) * length * inner + (row % inner);
    for (let j = 0; j < length; j++) {
      const at = Math.floor(j / piece) * rows + row;
      sums[at] = (sums[at] as number) + (x.data[base + j * inner] as number);
    }
  }
  return { sums };
};

const test = (
  name: string,
  shape: number[],
  axis: number,
  pieces: number,
): Case<typeof scanTotals> => ({
  name,
  inputs: { x: whole(...shape) },
  options: { axis, pieces },
  tolerance: "exact",
});

export const cases: Case<typeof scanTotals>[] = [
  {
    name: "integers beyond 2²⁴",
    inputs: { x: { shape: [3, 140], fill: (i) => i - 2 ** 22 } },
    options: { axis: 1, pieces: 2 },
    dtypes: { element: "i32" },
    tolerance: "exact",
  },
  test("one element", [1], 0, 1),
  test("rows of 63", [3, 63], 1, 1),
  test("rows of 65", [3, 65], 1, 1),
  test("a row in three pieces", [1, 1500], 1, 3),
  test("five rows in pieces, the last ones empty", [5, 11], 1, 9),
  test("columns", [40, 7], 0, 3),
  test("a middle axis", [3, 23, 5], 1, 4),
  test("more columns than a workgroup has threads", [5, 131], 0, 2),
  {
    name: "real numbers",
    inputs: { x: [2, 2000] },
    options: { axis: 1, pieces: 2 },
    tolerance: { length: 1000 },
  },
  {
    name: "safety: NaN and infinities stay in their row",
    inputs: { x: holed(40) },
    options: { axis: 1, pieces: 2 },
    tolerance: "exact",
  },
  { name: "no rows", inputs: { x: [0, 5] }, options: { axis: 1, pieces: 2 } },
];
