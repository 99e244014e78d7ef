import { ValueError } from "../../core/errors.ts";
import type { IndexedLabels } from "../labels.ts";

/** Total weight of each class's samples. */
export function classCounts(
  { classes, index }: IndexedLabels,
  weights: Float64Array,
): Float64Array<ArrayBuffer> {
  const counts = new Float64Array(classes.length);
  index.forEach((c, i) => {
    counts[c] = (counts[c] as number) + (weights[i] as number);
  });
  return counts;
}

/**
 * Prior probabilities: given ones, or the classes' fractions. Throws `ValueError` for a wrong number of them, or another
 * sum than 1.
 */
export function priorsOf(
  who: string,
  given: ArrayLike<number> | undefined,
  counts: Float64Array,
): Float64Array<ArrayBuffer> {
  if (given === undefined) {
    const all = counts.reduce((a, b) => a + b, 0);
    return Float64Array.from(counts, (count) => count / all);
  }
  const priors = Float64Array.from(given);
  const sum = priors.reduce((a, b) => a + b, 0);
  if (priors.length === counts.length && priors.every((p) => p >= 0) && Math.abs(sum - 1) < 1e-6) {
    return priors;
  }
  throw new ValueError(
    `${who}: expected ${counts.length} priors ≥ 0 that sum to 1, got ${priors.join(", ")}; one for each class`,
  );
}
