import type { FloatMatrix } from "../samples.ts";

/**
 * Class probabilities from the probabilities of each class against the rest, [samples, classes] ([samples, 1] for two
 * classes), normalised to a sum of 1; equal ones if all are 0 (Zadrozny and Elkan 2002).
 */
export function sharesOf(
  { data, shape: [samples, outputs] }: FloatMatrix,
  chance: (decision: number) => number,
): FloatMatrix {
  const classes = Math.max(2, outputs);
  const shares = new Float64Array(samples * classes);
  for (let i = 0; i < samples; i++) {
    const row = shares.subarray(i * classes, (i + 1) * classes);
    if (outputs === 1) row.set([chance(-(data[i] as number)), chance(data[i] as number)]);
    else row.set(data.subarray(i * outputs, (i + 1) * outputs).map(chance));
    const total = row.reduce((a, b) => a + b, 0);
    for (let k = 0; k < classes; k++) row[k] = total > 0 ? (row[k] as number) / total : 1 / classes;
  }
  return { data: shares, shape: [samples, classes] };
}

/** 1 / (1 + e^−decision). */
export const sigmoidOf = (decision: number): number =>
  decision >= 0 ? 1 / (1 + Math.exp(-decision)) : Math.exp(decision) / (1 + Math.exp(decision));
