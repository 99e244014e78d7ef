import shader from "#shaders/scan/counts.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";

/**
 * Exclusive cumulative sums of integers: `starts[r, j] = Σ counts[r, 0…j−1]`, with counts read as [rows, length], all axes
 * after the first as one. One workgroup per row. Sums wrap at 2³². Throws `ShapeError` for a scalar.
 */
export const scanCounts = kernel(shader, ({ counts }, _options: Record<never, never>) => {
  const [rows, ...rest] = counts;
  if (rows === undefined) {
    throw new ShapeError(
      `scan/counts: expected counts[rows, ...], got ${show(counts)}; reshape it to [1, n]`,
    );
  }
  return {
    outputs: { starts: counts },
    params: { rows, length: size(rest) },
    grid: grid1d(rows),
    flops: 2 * size(counts),
  };
});

export const reference: Reference<typeof scanCounts> = ({ counts }) => {
  const [, ...rest] = counts.shape;
  const length = size(rest);
  const starts = new Float64Array(counts.data.length);
  for (let e = 0; e < starts.length; e++) {
    starts[e] = e % length === 0 ? 0 : (starts[e - 1] as number) + (counts.data[e - 1] as number);
  }
  return { starts };
};

const inputs = (...shape: number[]) => ({
  counts: { shape, fill: (_: number, random: () => number) => Math.floor(random() * 1000) },
});
const tolerance = "exact";

export const cases: Case<typeof scanCounts>[] = [
  { name: "one count", inputs: inputs(1, 1), options: {}, tolerance },
  ...[15, 16, 17, 1023, 1024, 1025, 3100].map((n) => ({
    name: `rows of ${n}`,
    inputs: inputs(3, n),
    options: {},
    tolerance: "exact" as const,
  })),
  { name: "three axes", inputs: inputs(5, 16, 3), options: {}, tolerance },
  {
    name: "sums beyond what f32 counts",
    inputs: { counts: { shape: [2, 40], fill: (i) => 0x4000001 + i } },
    options: {},
    tolerance,
  },
  { name: "no rows", inputs: inputs(0, 3), options: {} },
];
