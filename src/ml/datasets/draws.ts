import { ValueError } from "../../core/errors.ts";
import { boolean, integer, type Kind } from "../../core/kinds.ts";
import { permutation, type Random, seeded } from "../../core/rng.ts";
import type { FloatMatrix } from "../samples.ts";

/** Options of every generator. */
export interface DrawOptions {
  /** Seed of the draws: the same seed gives the same samples. Default 0. */
  readonly randomState?: number;
}

/** Options of generators that can shuffle their samples. */
export interface ShuffleOptions extends DrawOptions {
  /** Whether the samples are in a random order. Default true. */
  readonly shuffle?: boolean;
}

export const drawKinds: { readonly [Name in keyof DrawOptions]-?: Kind } = { randomState: integer };

export const shuffleKinds: { readonly [Name in keyof ShuffleOptions]-?: Kind } = {
  ...drawKinds,
  shuffle: boolean,
};

/** Samples and their classes or targets. */
export interface Made {
  /** [samples, features] */
  readonly X: FloatMatrix;
  /** [samples] */
  readonly y: Float64Array<ArrayBuffer>;
}

/** Uniform and normal random numbers from a seed. */
export interface Draws {
  /** Uniform in [0, 1). */
  readonly uniform: Random;
  /** Normal with mean 0 and variance 1, by Box and Muller (1958). */
  readonly normal: Random;
}

export function drawsOf(seed = 0): Draws {
  const uniform = seeded(seed);
  const normal = () => {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    return radius * Math.cos(2 * Math.PI * uniform());
  };
  return { uniform, normal };
}

export const matrix = (rows: readonly (readonly number[])[]): FloatMatrix => ({
  data: Float64Array.from(rows.flat()),
  shape: [rows.length, rows[0]?.length ?? 0],
});

/** Adds normal numbers with this deviation to every coordinate; draws nothing for 0. */
export const noisy = (
  rows: readonly (readonly number[])[],
  noise: number,
  { normal }: Draws,
): readonly (readonly number[])[] =>
  noise === 0 ? rows : rows.map((row) => row.map((x) => x + noise * normal()));

/** Rows and their values, in a random order if wanted. */
export function inOrder(
  rows: readonly (readonly number[])[],
  y: ArrayLike<number>,
  shuffle: boolean,
  { uniform }: Draws,
): Made {
  const order = shuffle ? permutation(rows.length, uniform) : Uint32Array.from(rows.keys());
  return {
    X: matrix(Array.from(order, (i) => rows[i] as readonly number[])),
    y: Float64Array.from(order, (i) => y[i] as number),
  };
}

/** Sizes of `parts` parts that differ by at most one, larger ones first. */
export const evenly = (n: number, parts: number): number[] =>
  Array.from({ length: parts }, (_, i) => Math.floor(n / parts) + Number(i < n % parts));

/** Throws `ValueError` unless a number is valid. */
export function expectThat(who: string, right: boolean, expected: string, got: unknown): void {
  if (!right)
    throw new ValueError(
      `${who}: expected ${expected}, got ${got}; change it, or use the defaults`,
    );
}

/** `count` numbers from `from` to `to`, both included. */
export const linspace = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) =>
    count === 1 ? from : from + ((to - from) * i) / (count - 1),
  );
