import type { HostMatrix } from "./samples.ts";

/**
 * Rows in float64 for loops on the host, in groups of four, feature by feature. Memory is read in order and four
 * independent sums are computed at once, which in JavaScript takes about a fifth of the time of a loop over rows. Every sum
 * equals that of a plain loop over the features, bit for bit.
 */
export interface Quads {
  /** [⌈rows / 4⌉, features, 4]; the last row is repeated up to a multiple of four. */
  readonly data: Float64Array;
  readonly features: number;
  /** ⌈rows / 4⌉ */
  readonly count: number;
}

/** A row of an array, which begins at `start`. */
export interface ArrayRow {
  readonly data: Float64Array;
  readonly start: number;
}

/** Computes a number for each row of the quads in [`from`, `to`), and writes it to `into` [4 (to − from)]. */
export type ByQuads = (
  quads: Quads,
  row: ArrayRow,
  range: readonly [from: number, to: number],
  into: Float64Array,
) => void;

export function quadsOf({ host, samples, features }: HostMatrix): Quads {
  const count = Math.ceil(samples / 4);
  const data = new Float64Array(4 * count * features);
  for (let p = 0; p < 4 * count; p++) {
    const from = Math.min(p, samples - 1) * features;
    const to = (p >> 2) * features * 4 + (p & 3);
    for (let c = 0; c < features; c++) data[to + 4 * c] = host[from + c] as number;
  }
  return { data, features, count };
}

/** Σ ((x − t)·scale)² for a row x and rows t. */
export const squares =
  (scale: number): ByQuads =>
  ({ data: t, features }, { data: x, start }, [from, to], into) => {
    for (let quad = from, at = 0; quad < to; quad++, at += 4) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      const end = (quad + 1) * features * 4;
      for (let p = quad * features * 4, j = start; p < end; p += 4, j++) {
        const own = x[j] as number;
        const p0 = (own - (t[p] as number)) * scale;
        const p1 = (own - (t[p + 1] as number)) * scale;
        const p2 = (own - (t[p + 2] as number)) * scale;
        const p3 = (own - (t[p + 3] as number)) * scale;
        a += p0 * p0;
        b += p1 * p1;
        c += p2 * p2;
        d += p3 * p3;
      }
      into[at] = a;
      into[at + 1] = b;
      into[at + 2] = c;
      into[at + 3] = d;
    }
  };

/** Σ |x − t|·scale for a row x and rows t. */
export const distances =
  (scale: number): ByQuads =>
  ({ data: t, features }, { data: x, start }, [from, to], into) => {
    for (let quad = from, at = 0; quad < to; quad++, at += 4) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      const end = (quad + 1) * features * 4;
      for (let p = quad * features * 4, j = start; p < end; p += 4, j++) {
        const own = x[j] as number;
        a += Math.abs(own - (t[p] as number)) * scale;
        b += Math.abs(own - (t[p + 1] as number)) * scale;
        c += Math.abs(own - (t[p + 2] as number)) * scale;
        d += Math.abs(own - (t[p + 3] as number)) * scale;
      }
      into[at] = a;
      into[at + 1] = b;
      into[at + 2] = c;
      into[at + 3] = d;
    }
  };

/** Σ x·t for a row x and rows t. */
export const products: ByQuads = ({ data: t, features }, { data: x, start }, [from, to], into) => {
  for (let quad = from, at = 0; quad < to; quad++, at += 4) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    const end = (quad + 1) * features * 4;
    for (let p = quad * features * 4, j = start; p < end; p += 4, j++) {
      const own = x[j] as number;
      a += own * (t[p] as number);
      b += own * (t[p + 1] as number);
      c += own * (t[p + 2] as number);
      d += own * (t[p + 3] as number);
    }
    into[at] = a;
    into[at + 1] = b;
    into[at + 2] = c;
    into[at + 3] = d;
  }
};
