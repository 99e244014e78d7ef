import { ValueError } from "../core/errors.ts";
import { type IndexedLabels, type NumberByLabel, numbersOf } from "./labels.ts";

/**
 * Weight of a sample of each class: a number for each label, as a record or a Map, 1 for labels that are missing; or
 * "balanced": samples / (classes · samples of the class), so that all classes have the same total weight.
 */
export type ClassWeight = "balanced" | NumberByLabel;

/**
 * The weight of every class, in the order of `classes`. Throws `ValueError` for weights that are not > 0, or for unknown
 * classes.
 */
export function classWeightsOf(
  who: string,
  given: ClassWeight | undefined,
  { classes, index }: IndexedLabels,
): Float64Array<ArrayBuffer> {
  if (given === undefined) return new Float64Array(classes.length).fill(1);
  if (given === "balanced") {
    const counts = new Float64Array(classes.length);
    for (const c of index) counts[c] = (counts[c] as number) + 1;
    return counts.map((count) => index.length / (classes.length * count));
  }
  const named = numbersOf(`${who}: expected classWeight`, given, classes);
  const weights = Float64Array.from(named, (weight) => weight ?? 1);
  if (weights.every((w) => w > 0 && Number.isFinite(w))) return weights;
  throw new ValueError(
    `${who}: expected classWeight of numbers > 0, got ${weights.join(", ")}; leave out samples of classes that do not count`,
  );
}
