import { seeded } from "../../../src/core/rng.ts";
import type { Entry } from "./estimator.ts";

/** A small problem: three groups, or targets that depend on the features with some noise. */
export interface Problem {
  readonly X: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly queries: readonly (readonly number[])[];
}

const CENTRES = [
  [0, 0, 0],
  [6, 1, -3],
  [2, 7, 4],
] as const;

/** Multiples of 2^-10 below 16: all of them, also shifted by 1e9, are exact in float64, and unshifted in f32. */
const grid = (x: number): number => Math.round(x * 1024) / 1024;

export function problemFor({ kind, counts }: Pick<Entry, "kind" | "counts">, seed = 1): Problem {
  const random = seeded(seed);
  const spread = kind === "clusterer" ? 1.5 : 3; // for clusterers tighter, so that the partition is unambiguous
  const rowOf = (i: number) =>
    (CENTRES[i % 3] as readonly number[]).map((c) => {
      const x = c + spread * (2 * random() - 1);
      return counts ? Math.max(0, Math.round(x + 6)) : grid(x);
    });
  const targetOf = ([a = 0, b = 0, c = 0]: readonly number[]) =>
    grid(2 * a - b + 0.5 * c + 3 + 0.5 * random());
  const X = Array.from({ length: 27 }, (_, i) => rowOf(i));
  const queries = Array.from({ length: 9 }, (_, i) => rowOf(i));
  return { X, queries, y: X.map((row, i) => (kind === "regressor" ? targetOf(row) : i % 3)) };
}

type Rows = readonly (readonly number[])[];

export const mapRows = (rows: Rows, f: (x: number, column: number) => number): number[][] =>
  rows.map((row) => row.map(f));

/** A permutation that is neither the identity nor reversed: 0, 5, 10, … modulo n, for n that 5 does not divide. */
export const strideOf = (n: number): number[] => Array.from({ length: n }, (_, i) => (5 * i) % n);
