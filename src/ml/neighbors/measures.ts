import { type Frame, frameOf, unframed } from "../points.ts";
import { type ByQuads, distances, products, quadsOf, squares } from "../quads.ts";
import type { HostMatrix } from "../samples.ts";

/** "euclidean" ‖x − t‖, "manhattan" Σ |x − t|, "cosine" 1 − x·t / (‖x‖·‖t‖), 1 if one of them is 0. */
export type Metric = "euclidean" | "manhattan" | "cosine";

/** A space in which the GPU computes distances in f32, and the bounds that follow for distances in float64. */
export interface Measure {
  /** The terms that the GPU sums: (x − t)² or |x − t|. */
  readonly metric: "euclidean" | "manhattan";
  readonly frame: Frame;
  /** The samples in the measure's space, before the frame's shift and scale. */
  readonly points: HostMatrix;
  readonly queries: HostMatrix;
  /** Whether f32 makes no error: all distances are small integers. */
  readonly exact: boolean;
  /**
   * Writes the distances in float64 of query i to the points from 4·from up to but excluding 4·to (the last point is
   * repeated beyond the end) to `into` [4 (to − from)]: the distance or its square, in a unit of its own.
   */
  between(i: number, range: readonly [from: number, to: number], into: Float64Array): void;
  /** A lower bound of `between` for every point whose distance from query i on the GPU is `near` or more. */
  atLeast(near: number, i: number): number;
  /** Converts a result of `between` to the distance. */
  distance(between: number): number;
}

export const measures: Readonly<
  Record<Metric, (points: HostMatrix, queries: HostMatrix) => Measure>
> = { euclidean, manhattan, cosine };

function euclidean(points: HostMatrix, queries: HostMatrix): Measure {
  const frame = frameOf(points);
  const { scale } = frame;
  const exact = isExact(points, queries, frame, 2);
  const bound = lowerBound(queries, frame, (sum, v) => sum + v * v, Math.sqrt);
  return {
    ...{ metric: "euclidean", frame, points, queries, exact },
    between: byQuads(points, queries, squares(scale)),
    atLeast: (near, i) => (exact ? near : bound(Math.sqrt(near), i) ** 2),
    distance: (square) => Math.sqrt(square) / scale,
  };
}

function manhattan(points: HostMatrix, queries: HostMatrix): Measure {
  const frame = frameOf(points);
  const { scale } = frame;
  const exact = isExact(points, queries, frame, 1);
  const bound = lowerBound(queries, frame, (sum, v) => sum + Math.abs(v), Number);
  return {
    ...{ metric: "manhattan", frame, points, queries, exact },
    between: byQuads(points, queries, distances(scale)),
    atLeast: (near, i) => (exact ? near : bound(near, i)),
    distance: (sum) => sum / scale,
  };
}

/**
 * Cosine distance is half the squared distance of unit vectors, which is precise for near ones. A zero vector gets an
 * additional direction, different for queries, so that it is equally far from all.
 */
function cosine(points: HostMatrix, queries: HostMatrix): Measure {
  const d = points.features;
  const [t, x] = [scaledRows(points), scaledRows(queries)];
  const [tt, xx] = [squaredNorms(t, d), squaredNorms(x, d)];
  const space = { points: unitRows(points, t, tt, 0), queries: unitRows(queries, x, xx, 1) };
  const frame = unframed(d + 2);
  const bound = lowerBound(space.queries, frame, (sum, v) => sum + v * v, Math.sqrt);
  const rounding = (d + 8) * 2 ** -52; // rounding error of `between` near 0
  const sums = byQuads({ ...points, host: t }, { ...queries, host: x }, products);
  return {
    ...{ metric: "euclidean", frame, ...space, exact: false },
    between: (i, range, into) => {
      sums(i, range, into);
      const [from, to] = range;
      for (let p = 4 * from, at = 0; p < 4 * to; p++, at++) {
        const norms = (xx[i] as number) * (tt[Math.min(p, tt.length - 1)] as number);
        into[at] = norms === 0 ? 1 : Math.max(0, 1 - (into[at] as number) / Math.sqrt(norms));
      }
    },
    atLeast: (near, i) => bound(Math.sqrt(near), i) ** 2 / 2 - rounding,
    distance: Number,
  };
}

/** Sums for a query and some points. */
const byQuads = (points: HostMatrix, { host, features }: HostMatrix, sums: ByQuads) => {
  const quads = quadsOf(points);
  return (i: number, range: readonly [number, number], into: Float64Array): void =>
    sums(quads, { data: host, start: i * features }, range, into);
};

/**
 * A lower bound of the distance r between query i and any point for which f32 gives `near` or more. Rounding to f32 moves a
 * sample by at most 2^-24 of its norm, and ‖t‖ ≤ ‖x‖ + r; the sum of d nonnegative terms is too large by at most d + 2
 * roundings of 2^-23, in any order. Numbers that underflow f32 move it by less than 2^-74 each. The bound uses twice all
 * that.
 */
function lowerBound(
  { host, features: d }: HostMatrix,
  { shift, scale }: Frame,
  add: (sum: number, value: number) => number,
  normOf: (sum: number) => number,
): (near: number, i: number) => number {
  const share = 1 - (d + 8) * 2 ** -22;
  let [last, error] = [-1, 0];
  return (near, i) => {
    if (i !== last) {
      let sum = 0;
      for (let c = 0; c < d; c++) {
        sum = add(sum, ((host[i * d + c] as number) - (shift[c] as number)) * scale);
      }
      last = i;
      error = 2 ** -21 * normOf(sum) + d * 2 ** -73;
    }
    return Math.max(0, near * share - error);
  };
}

/** Whether all differences are integers whose sums, raised to this power, f32 represents exactly. */
function isExact(points: HostMatrix, queries: HostMatrix, { shift }: Frame, power: 1 | 2): boolean {
  const widest = largestWhole(points, shift) + largestWhole(queries, shift);
  return points.features * widest ** power <= 2 ** 24;
}

/** The largest distance from the shift; infinite if a number is not an integer. */
function largestWhole({ host, features }: HostMatrix, shift: Float64Array): number {
  let most = 0;
  for (let at = 0; at < host.length; at++) {
    const away = (host[at] as number) - (shift[at % features] as number);
    if (!Number.isInteger(away)) return Number.POSITIVE_INFINITY;
    most = Math.max(most, Math.abs(away));
  }
  return most;
}

/**
 * Every row multiplied by a power of two that makes its largest number about 1: squares neither overflow nor underflow, and
 * no digit changes.
 */
function scaledRows({ host, samples, features: d }: HostMatrix): Float64Array<ArrayBuffer> {
  const rows = Float64Array.from(host);
  for (let i = 0; i < samples; i++) {
    const row = rows.subarray(i * d, (i + 1) * d);
    const most = row.reduce((a, v) => Math.max(a, Math.abs(v)), 0);
    const factor =
      most > 0 ? 2 ** -Math.max(-1000, Math.min(1000, Math.round(Math.log2(most)))) : 1;
    for (let c = 0; c < d; c++) row[c] = (row[c] as number) * factor;
  }
  return rows;
}

function squaredNorms(rows: Float64Array, d: number): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: rows.length / d }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += (rows[i * d + c] as number) ** 2;
    return sum;
  });
}

/** Unit vectors, with two additional features for zero vectors. */
function unitRows(
  { samples, features: d }: HostMatrix,
  rows: Float64Array,
  squares: Float64Array,
  side: 0 | 1,
): HostMatrix {
  const width = d + 2;
  const host = new Float64Array(samples * width);
  for (let i = 0; i < samples; i++) {
    const norm = Math.sqrt(squares[i] as number);
    if (norm === 0) host[i * width + d + side] = 1;
    else for (let c = 0; c < d; c++) host[i * width + c] = (rows[i * d + c] as number) / norm;
  }
  return { samples, features: width, host };
}
