import { clusterMove as move, stateLength } from "../../kernels/cluster/move.ts";
import { clusterSumLanes as sumLanes } from "../../kernels/cluster/sum_lanes.ts";
import { slicesOf, clusterSumTiles as sumTiles } from "../../kernels/cluster/sum_tiles.ts";
import { zeros } from "../../ops/shape/create.ts";
import { onAdapter, run } from "../../tensor/run.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { betweenRounds, type FitControl } from "../fit_options.ts";
import type { Points } from "../points.ts";
import type { HostMatrix } from "../samples.ts";
import { centresFrom, centresOf } from "./centres.ts";
import { nearest, nearestLabels, squaresOf } from "./seeding.ts";

export interface LloydOptions extends FitControl {
  /** Maximum number of rounds. */
  readonly maxIter: number;
  /** Stops when Σ ‖Δc‖² is at most this, in the units of the samples. */
  readonly tol: number;
}

/** Result of Lloyd's algorithm. */
export interface Clustering {
  readonly centres: Float64Array<ArrayBuffer>; // [k, features]
  readonly labels: Uint32Array<ArrayBuffer>; // [points]
  readonly inertia: number;
  readonly nIter: number;
}

/** Minimum and maximum number of rounds that are queued before the state is read back. */
const [LEAST, MOST] = [8, 16];
/**
 * Maximum number of multiply-adds that are queued, if that is more than LEAST rounds: about half a second on a software
 * adapter.
 */
const QUEUED = 2 ** 28;

/**
 * Lloyd's algorithm (1982) from initial centres [k, features]: rounds run on the GPU, which also decides when to stop; a
 * cluster without points gets the point that is farthest from its centre. At the end each point is assigned its nearest
 * centre.
 */
export async function lloyd(
  points: Points,
  matrix: HostMatrix,
  first: Float64Array<ArrayBuffer>,
  { maxIter, tol, ...between }: LloydOptions,
): Promise<Clustering> {
  let centres = first;
  let done = 0;
  const work = points.points * first.length;
  const atOnce = Math.min(MOST, Math.max(LEAST, Math.floor(QUEUED / work)));
  let wait = true;
  while (done < maxIter) {
    const rounds = Math.min(atOnce, maxIter - done);
    const state = await someRounds(points, centres, { rounds, tol, wait });
    centres = state.centres;
    // filling an empty cluster counts as a round: even if it never ends, maxIter is reached
    done += Math.max(state.rounds, state.why === "empty" ? 1 : 0);
    between.signal?.throwIfAborted();
    if (state.rounds > 0 && between.onProgress) {
      const { squares } = await nearest(points, matrix, centres);
      const value = sumOf(squares);
      await betweenRounds(between, { iteration: done, maxIterations: maxIter, value });
    }
    if (state.why === "done") break;
    if (state.why !== "empty") continue;
    const moved = await relocate(points, matrix, centres);
    wait = moved !== undefined; // all points are on centres: there is no point for an empty cluster
    centres = moved ?? centres;
  }
  const labels = await nearestLabels(points, centres);
  const whole = unrounded(points, matrix, centres, labels);
  const inertia = sumOf(squaresOf(matrix, whole, labels));
  return { centres: whole, labels, inertia, nIter: done };
}

const sumOf = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

/** Replaces centres that equal the means of their points up to f32 rounding by the means in float64. */
function unrounded(
  { scale, shift, features: d }: Points,
  { host }: HostMatrix,
  centres: Float64Array<ArrayBuffer>,
  labels: Uint32Array,
): Float64Array<ArrayBuffer> {
  const means = new Float64Array(centres.length);
  const farthest = new Float64Array(centres.length);
  const counts = new Float64Array(centres.length / d);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    counts[label] = (counts[label] as number) + 1;
  }
  const shares = counts.map((count) => 1 / count);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    for (let j = 0; j < d; j++) {
      const at = label * d + j;
      const away = (host[i * d + j] as number) - (shift[j] as number);
      means[at] = (means[at] as number) + away * (shares[label] as number);
      farthest[at] = Math.max(farthest[at] as number, Math.abs(away));
    }
  }
  return centres.map((c, at) => {
    const mean = (means[at] as number) + (shift[at % d] as number);
    // f32 sums lose a few bits of their terms, and terms below 2^-126 entirely
    const near = 2 ** -20 * (farthest[at] as number) + 2 ** -126 / scale;
    return counts[Math.floor(at / d)] === 0 || Math.abs(mean - c) > near ? c : mean;
  });
}

interface Rounds {
  readonly rounds: number;
  readonly tol: number;
  readonly wait: boolean;
}

/** Runs a number of rounds in one submit: returns the centres, the number of rounds, and the reason for ending. */
async function someRounds(
  points: Points,
  centres: Float64Array<ArrayBuffer>,
  { rounds, tol, wait }: Rounds,
) {
  const k = centres.length / points.features;
  const { rows, state } = scope(() => queueRounds(points, centres, { rounds, tol, wait }));
  try {
    const [numbers, told] = await Promise.all([rows.read(), state.read()]);
    const count = told[1] as number;
    return {
      centres: count === 0 ? centres : centresFrom(numbers, k, points),
      rounds: count,
      why: told[0] === 1 ? "done" : told[0] === 2 ? "empty" : "rounds",
    };
  } finally {
    rows.dispose();
    state.dispose();
  }
}

function queueRounds(points: Points, first: Float64Array, { rounds, tol, wait }: Rounds) {
  const { xt } = points;
  const centres = centresOf(first, points);
  const state = zeros([stateLength(rounds)]);
  const clusters = first.length / points.features;
  const { kernel, parts } = sumsFor(points, centres);
  const partials = zeros([parts, ...centres.shape]);
  for (let round = 0; round < rounds; round++) {
    const inputs = { xt, centres, state, partials };
    run(kernel, inputs, { points: points.points, parts, squares: false });
    run(
      move,
      { partials, centres, state },
      { clusters, keep: 0, tol: tol * points.scale ** 2, wait },
    ).sums.dispose();
  }
  return { rows: centres, state };
}

/** Maximum bytes of partial sums that repay their cost. */
const MOST_PARTIALS = 2 ** 24;

/** Chooses the kernel that sums points, and the number of sets of sums. */
export function sumsFor({ xt }: Pick<Points, "xt">, centres: Tensor) {
  const [, n = 0] = xt.shape;
  const [k = 0, width = 0] = centres.shape;
  const most = Math.max(1, Math.floor(MOST_PARTIALS / (4 * k * width)));
  if (onAdapter(xt).coarse) {
    // fill the lanes of a vector, with enough points to repay clearing and adding their sums
    return { kernel: sumLanes, parts: Math.min(most, 128, 4 * Math.ceil(n / 640)) };
  }
  const slices = slicesOf(width);
  const groups = Math.min(Math.max(1, Math.floor(most / slices)), Math.ceil(n / 1024), 256);
  return { kernel: sumTiles, parts: slices * groups };
}

/**
 * Moves every centre without points to one of the points farthest from their centres; undefined if all points are on
 * centres.
 */
async function relocate(
  points: Points,
  matrix: HostMatrix,
  centres: Float64Array<ArrayBuffer>,
): Promise<Float64Array<ArrayBuffer> | undefined> {
  const d = points.features;
  const { labels, squares } = await nearest(points, matrix, centres);
  const used = new Set(labels);
  const empty = Array.from({ length: centres.length / d }, (_, c) => c).filter((c) => !used.has(c));
  const far = Array.from(squares.keys())
    .filter((i) => (squares[i] as number) > 0)
    .sort((a, b) => (squares[b] as number) - (squares[a] as number) || a - b);
  if (empty.length > 0 && far.length === 0) return undefined;
  const next = Float64Array.from(centres);
  empty.forEach((c, rank) => {
    const point = far[rank];
    if (point !== undefined) next.set(matrix.host.subarray(point * d, (point + 1) * d), c * d);
  });
  return next;
}
