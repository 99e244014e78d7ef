import * as words from "../../words/en/kmeans/groups.ts";
import type { HowMany } from "./how_many.ts";

/** How much sharper than a smooth curve a bend has to be. */
const BEND = 1.5;

/**
 * Where inertia by 1, 2, … clusters stops falling: k whose I(k−1)/I(k) is so many times I(k)/I(k+1), each as a multiple of
 * what it is for points in no groups, whose inertia goes with 1/k in the plane. Undefined where there is no such k.
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

/** A silhouette from which on clusters count as apart (Kaufman and Rousseeuw 1990). */
const APART = 0.5;

/** What both curves say, in words. */
export function howManySentence({ knee, clearest, silhouettes }: HowMany): string {
  const greatest = Math.max(...silhouettes);
  return words.bendAndSilhouette(knee, clearest, greatest.toFixed(2), greatest >= APART);
}
