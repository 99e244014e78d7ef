import { ValueError } from "../core/errors.ts";
import { describe } from "../core/signature.ts";
import { type Label, type Labels, named } from "./labels.ts";

/**
 * How much a sample of each class counts: a number for a label, as a record or a Map, 1 for labels not named; or "balanced": samples / (classes ·
 * samples of the class), so that all classes count the same.
 */
export type ClassWeight =
  | "balanced"
  | Readonly<Record<string | number, number>>
  | ReadonlyMap<Label, number>;

/** The weight of every class, in the order of `classes`. Throws `ValueError` for weights that are not > 0, or of no class. */
export function classWeightsOf(
  who: string,
  given: ClassWeight | undefined,
  { classes, index }: Labels,
): Float64Array<ArrayBuffer> {
  if (given === undefined) return new Float64Array(classes.length).fill(1);
  if (given === "balanced") {
    const counts = new Float64Array(classes.length);
    for (const c of index) counts[c] = (counts[c] as number) + 1;
    return counts.map((count) => index.length / (classes.length * count));
  }
  const weightOf = new Map(given instanceof Map ? given : Object.entries(given));
  const keys = given instanceof Map ? classes : classes.map(String);
  const stranger = [...weightOf.keys()].find((label) => !keys.includes(label));
  if (stranger !== undefined) {
    throw new ValueError(
      `${who}: expected classWeight of classes ${named(classes)}, got one of ${describe(stranger)}; name labels of y`,
    );
  }
  const weights = Float64Array.from(keys, (label) => weightOf.get(label) ?? 1);
  if (weights.every((w) => w > 0 && Number.isFinite(w))) return weights;
  throw new ValueError(
    `${who}: expected classWeight of numbers > 0, got ${weights.join(", ")}; leave out samples of classes that do not count`,
  );
}
