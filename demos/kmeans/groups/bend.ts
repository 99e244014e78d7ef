import * as words from "../../words/en/kmeans/groups.ts";
import type { HowMany } from "./how_many.ts";

/** By how much a bend must be sharper than a smooth curve. */
const BEND = 1.5;

/**
 * The elbow of inertia over 1, 2, … clusters: the k whose I(k−1)/I(k) exceeds I(k)/I(k+1) most, at least by the factor BEND, both relative to
 * points without groups, whose inertia in the plane falls as 1/k. Undefined if there is no such k.
 */
export function bend(inertias: readonly number[]): number | undefined {
  const fall = (k: number) => {
    const [before = 0, at = 0, after = 0] = inertias.slice(k - 2, k + 1);
    return ((before * after) / at ** 2) * (1 - 1 / k ** 2);
  };
  const inner = inertias.slice(2).map((_, i) => i + 2);
  const sharpest = Math.max(...inner.map(fall));
  return sharpest >= BEND ? inner.find((k) => fall(k) === sharpest) : undefined;
}

/** Silhouettes from this value on count as clearly separated clusters (Kaufman and Rousseeuw 1990). */
const APART = 0.5;

/** The sentence about both curves. */
export function howManySentence({ knee, clearest, silhouettes }: HowMany): string {
  const greatest = Math.max(...silhouettes);
  return words.bendAndSilhouette(knee, clearest, greatest.toFixed(2), greatest >= APART);
}
