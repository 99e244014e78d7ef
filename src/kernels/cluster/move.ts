import shader from "#shaders/cluster/move.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { boolean, number, required } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";

export interface CentresMoveOptions {
  /** Number of centres; padding rows after them are not changed. */
  readonly clusters: number;
  /** Fraction of a centre's mass that it keeps: 0 for Lloyd's algorithm, 1 for mini-batches. */
  readonly keep: number;
  /** The rounds end when Σ ‖Δc‖² is at most this. */
  readonly tol: number;
  /** Whether a cluster without points interrupts the rounds before any centre moves. */
  readonly wait: boolean;
}

/**
 * Length of `state`: whether the rounds have ended (1) or wait (2), the number of rounds, and inertia and Σ ‖Δc‖² of the
 * last ones.
 */
export const stateLength = (kept: number) => 2 + 2 * kept;

/**
 * Moves centres to c ← (m c + Σ x) / (m + n), m = keep · mass, with the partial sums of cluster/sum_lanes or
 * cluster/sum_tiles, and writes to `state` [2 + 2 kept] whether to continue. `sums` [k, d + 4] are the totals of the
 * partial sums. No centre moves if state[0] is not 0. Throws `ShapeError` for shapes that do not fit.
 */
export const clusterMove = kernel(
  shader,
  ({ partials, centres, state }, options: CentresMoveOptions) => {
    const [parts = 0, k = 0, width = 0] = partials;
    const { clusters } = options;
    const fits = centres[0] === k && centres[1] === width && width >= 8 && width % 4 === 0;
    if (!fits || clusters < 1 || clusters > k) {
      throw new ShapeError(
        `cluster/move: expected partials [parts, ${show(centres)}] for ${clusters} clusters, got ${show(partials)}; ` +
          "sum with the same centres",
      );
    }
    const kept = ((state[0] ?? 0) - 2) / 2;
    if (!Number.isInteger(kept) || kept < 1) {
      throw new ShapeError(
        `cluster/move: expected state [2 + 2 · rounds], got ${show(state)}; make it stateLength(rounds) long`,
      );
    }
    const { keep, tol, wait } = options;
    return {
      outputs: { sums: centres },
      params: { clusters, stride: k, quarters: width / 4 - 1, parts, kept, wait: +wait, keep, tol },
      grid: [1],
      flops: parts * k * width,
    };
  },
);

export const kinds = () => ({
  clusters: required(number),
  keep: required(number),
  tol: required(number),
  wait: required(boolean),
});

export const reference: Reference<typeof clusterMove> = ({ partials, centres, state }, options) => {
  const [parts = 0, k = 0, width = 0] = partials.shape;
  const { clusters, keep, tol, wait } = options;
  const at = (data: ArrayLike<number>, e: number) => data[e] as number;
  const sums = Float64Array.from({ length: k * width }, (_, e) => {
    let sum = 0;
    for (let p = 0; p < parts; p++) sum += at(partials.data, p * k * width + e);
    return sum;
  });
  const next = Float64Array.from(centres.data);
  const told = Float64Array.from(state.data);
  const rows = Array.from({ length: clusters }, (_, c) => c * width);
  if (told[0] !== 0) return { sums, centres: next, state: told };
  if (wait && rows.some((row) => at(sums, row + width - 4) === 0)) {
    told[0] = 2;
    return { sums, centres: next, state: told };
  }
  let [shift, inertia] = [0, 0];
  for (const row of rows) {
    const tail = row + width - 4;
    const mass = keep * at(next, tail + 1);
    const total = mass + at(sums, tail);
    let norm = 0;
    for (let e = row; e < tail; e++) {
      const old = at(next, e);
      if (total > 0) next[e] = (mass * old + at(sums, e)) / total;
      shift += (at(next, e) - old) ** 2;
      norm += at(next, e) ** 2;
    }
    next.set([norm, total, 0, 0], tail);
    inertia += at(sums, tail + 1);
  }
  const kept = (told.length - 2) / 2;
  told.set([inertia, shift], 2 + 2 * (at(told, 1) % kept));
  told[0] = shift <= tol ? 1 : 0;
  told[1] = at(told, 1) + 1;
  return { sums, centres: next, state: told };
};

interface MoveCase {
  readonly name: string;
  readonly parts: number;
  readonly stride: number;
  readonly features: number;
  readonly clusters?: number;
  readonly keep?: number;
  readonly tol?: number;
  readonly wait?: boolean;
  /** Whether cluster c has no points. */
  readonly empty?: (c: number) => boolean;
  readonly state?: readonly number[];
  /** Whether the sums equal the centres, so that nothing moves. */
  readonly still?: boolean;
}

function test(about: MoveCase): Case<typeof clusterMove> {
  const {
    name,
    parts,
    stride,
    features,
    clusters = stride,
    keep = 0,
    tol = 0,
    wait = true,
  } = about;
  const { empty = () => false, state = [0, 0, -1, -1, -1, -1], still = false } = about;
  const width = features + 4;
  const feature = (row: number, j: number) => ((row * 5 + j * 3) % 7) - 3;
  const count = (part: number, row: number) =>
    row >= clusters || empty(row) ? 0 : 1 + ((part + row) % 3);
  return {
    name,
    inputs: {
      partials: {
        shape: [parts, stride, width],
        fill: (e) => {
          const [part, row, j] = [
            Math.floor(e / width / stride),
            Math.floor(e / width) % stride,
            e % width,
          ];
          const n = count(part, row);
          if (j < features) return n * (still ? feature(row, j) : ((part + row + j) % 9) - 4);
          return [n, n * 0.75, 0, 0][j - features] as number;
        },
      },
      centres: {
        shape: [stride, width],
        fill: (e) => {
          const [row, j] = [Math.floor(e / width), e % width];
          if (j < features) return feature(row, j);
          return [9 + row, 5 + row, 0, 0][j - features] as number;
        },
      },
      state: { shape: [state.length], fill: (i) => state[i] as number },
    },
    options: { clusters, keep, tol, wait },
    tolerance: { length: stride * features },
  };
}

export const cases: Case<typeof clusterMove>[] = [
  test({ name: "one part, one centre", parts: 1, stride: 4, clusters: 1, features: 4 }),
  test({ name: "13 of 16 centres, 21 parts", parts: 21, stride: 16, clusters: 13, features: 8 }),
  test({ name: "more centres than lanes", parts: 2, stride: 68, features: 4 }),
  test({ name: "many features", parts: 3, stride: 4, features: 300 }),
  test({ name: "with mass", parts: 5, stride: 8, features: 8, keep: 1 }),
  test({ name: "half of the mass", parts: 2, stride: 4, features: 8, keep: 0.5 }),
  test({ name: "an empty cluster waits", parts: 2, stride: 8, features: 4, empty: (c) => c === 6 }),
  test({
    ...{ name: "an empty cluster stays", parts: 2, stride: 8, features: 4, wait: false },
    empty: (c) => c === 6,
  }),
  test({
    ...{ name: "an empty cluster with mass stays", parts: 2, stride: 8, features: 4, wait: false },
    ...{ keep: 1, empty: (c) => c === 0 },
  }),
  test({ name: "nothing moves: done", parts: 2, stride: 4, features: 4, still: true }),
  test({ name: "less than the tolerance: done", parts: 2, stride: 4, features: 4, tol: 1e4 }),
  test({ name: "done before", parts: 2, stride: 4, features: 4, state: [1, 7, 5, 6] }),
  test({ name: "waits already", parts: 2, stride: 4, features: 4, state: [2, 7, 5, 6] }),
  test({
    name: "the place of the sixth round",
    ...{ parts: 2, stride: 4, features: 4, state: [0, 5, -1, -2, -3, -4, -5, -6] },
  }),
];

export const benches: Case<typeof clusterMove>[] = [
  test({ name: "16 × 16, 128 parts", parts: 128, stride: 16, features: 16 }),
];
