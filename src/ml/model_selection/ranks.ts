/** Means and standard deviations (divided by the number of lists) over lists [lists][n]: [n]. */
export function meanAndStd(lists: readonly Float64Array[]): {
  readonly mean: Float64Array<ArrayBuffer>;
  readonly std: Float64Array<ArrayBuffer>;
} {
  const n = lists[0]?.length ?? 0;
  const mean = Float64Array.from({ length: n }, (_, i) => average(lists.map((own) => own[i] ?? 0)));
  const std = mean.map((m, i) => Math.sqrt(average(lists.map((own) => ((own[i] ?? 0) - m) ** 2))));
  return { mean, std };
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Ranks in descending order of the numbers, from 1; equal numbers share the best rank, NaN comes last. */
export const ranksOf = (values: Float64Array): Int32Array<ArrayBuffer> =>
  Int32Array.from(values, (own) => {
    if (Number.isNaN(own)) return 1 + values.filter((value) => !Number.isNaN(value)).length;
    return 1 + values.filter((value) => value > own).length;
  });
