import { oneOf } from "../../core/kinds.ts";
import { permutation, type Random } from "../../core/rng.ts";
import { clusterAdopt as adopt } from "../../kernels/cluster/adopt.ts";
import { clusterAssign as assign } from "../../kernels/cluster/assign.ts";
import { clusterDraw as draw } from "../../kernels/cluster/draw.ts";
import { clusterNearer as nearer } from "../../kernels/cluster/nearer.ts";
import { plainSum } from "../../ops/reduce/reduce.ts";
import { scan } from "../../ops/reduce/scan.ts";
import { full } from "../../ops/shape/create.ts";
import { tensor } from "../../tensor/create.ts";
import { run } from "../../tensor/run.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Points } from "../points.ts";
import type { HostMatrix } from "../samples.ts";
import { centresOf } from "./centres.ts";

/** Method of choosing the initial centres. */
export type Init = "k-means++" | "k-means||" | "random";

export const initKind = /* @__PURE__ */ oneOf("k-means++", "k-means||", "random");

/** Initial centres [k, features], chosen from the samples. */
export async function firstCentres(
  how: Init,
  matrix: HostMatrix,
  points: Points,
  k: number,
  random: Random,
  signal?: AbortSignal,
): Promise<Float64Array<ArrayBuffer>> {
  if (how === "random") return rows(matrix, permutation(matrix.samples, random).subarray(0, k));
  if (how === "k-means||") return parallel(matrix, points, k, random, signal);
  return rows(matrix, await plusPlus(points, k, random, signal));
}

function rows({ host, features }: HostMatrix, which: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const result = new Float64Array(which.length * features);
  for (let c = 0; c < which.length; c++) {
    const from = (which[c] as number) * features;
    result.set(host.subarray(from, from + features), c * features);
  }
  return result;
}

/** Number of centres that are chosen between two checks of the signal. */
const QUEUED = 8;

/** Number of draws, of which the best is taken. */
const trialsOf = (k: number) => 2 + Math.floor(Math.log(k));

/**
 * k-means++ (Arthur and Vassilvitskii 2007): each further centre is a point drawn with a probability proportional to its
 * squared distance from the nearest previous centre; the best of 2 + ⌊ln k⌋ draws is taken. Returns indices of points, [k].
 * Several centres are queued at once; the signal is checked in between.
 */
async function plusPlus({ xt, points }: Points, k: number, random: Random, signal?: AbortSignal) {
  const trials = trialsOf(k);
  const chosen = tensor(new Uint32Array(k));
  let squares = full([xt.shape[1] as number], 3e38);
  try {
    for (let place = 0; place < k; place++) {
      const before = squares;
      squares = scope(() => {
        const drawn =
          place === 0
            ? tensor(Uint32Array.of(Math.floor(random() * points)))
            : drawFrom(before, points, Float32Array.from({ length: trials }, random));
        const { potential } = run(nearer, { xt, squares: before, drawn }, { points });
        const totals = plainSum(potential, { axes: [1] });
        return run(adopt, { potential, totals, drawn, chosen }, { place }).squares;
      });
      before.dispose();
      if (place % QUEUED !== QUEUED - 1) continue;
      await chosen.read();
      signal?.throwIfAborted();
    }
    return await chosen.read();
  } finally {
    squares.dispose();
    chosen.dispose();
  }
}

const drawFrom = (squares: Tensor, count: number, uniforms: Float32Array<ArrayBuffer>) =>
  run(draw, { cumulative: scan(squares, { axis: 0 }), uniforms: tensor(uniforms) }, { count })
    .drawn;

/** Number of rounds, and number of points drawn in each as a multiple of k (Bahmani et al. 2012). */
const [ROUNDS, OVERSAMPLING] = [5, 2];

/**
 * k-means‖ (Bahmani, Moseley, Vattani, Kumar and Vassilvitskii 2012): in a few rounds many points are drawn, each with a
 * probability proportional to its squared distance; k-means++ chooses from these, weighted by the number of points nearest
 * to them.
 */
async function parallel(
  matrix: HostMatrix,
  points: Points,
  k: number,
  random: Random,
  signal?: AbortSignal,
): Promise<Float64Array<ArrayBuffer>> {
  const n = matrix.samples;
  const picked = new Set([Math.floor(random() * n)]);
  for (let round = 0; ; round++) {
    signal?.throwIfAborted();
    const candidates = rows(matrix, [...picked]);
    const { labels, squares } = await nearest(points, matrix, candidates);
    const all = squares.reduce((a, b) => a + b, 0);
    if (all === 0 || (round >= ROUNDS && picked.size >= k)) {
      const weights = new Float64Array(picked.size);
      for (const label of labels) weights[label] = (weights[label] as number) + 1;
      return weightedPlusPlus(candidates, weights, matrix, k, random);
    }
    const share = (OVERSAMPLING * k) / all;
    squares.forEach((square, i) => {
      if (random() < share * square) picked.add(i);
    });
  }
}

/** The nearest of the centres [k, features] for every point, and the squared distance to it in float64. */
export async function nearest(points: Points, matrix: HostMatrix, centres: Float64Array) {
  const labels = await nearestLabels(points, centres);
  return { labels, squares: squaresOf(matrix, centres, labels) };
}

/** The nearest of the centres [k, features] for every point. */
export async function nearestLabels(points: Points, centres: Float64Array) {
  const found = scope(() =>
    run(assign, { xt: points.xt, centres: centresOf(centres, points) }, { points: points.points }),
  );
  try {
    return Uint32Array.from((await found.labels.read()).subarray(0, points.points));
  } finally {
    found.labels.dispose();
    found.squares.dispose();
  }
}

/** ‖x − c‖² of every sample and the centre with its label. */
export function squaresOf(
  { host, features }: HostMatrix,
  centres: Float64Array,
  labels: Uint32Array,
): Float64Array<ArrayBuffer> {
  return Float64Array.from(labels, (c, i) => squareBetween(host, i, centres, c, features));
}

/** ‖a − b‖² of row i of one matrix and row j of another, both with d columns. */
export function squareBetween(
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  d: number,
): number {
  let sum = 0;
  for (let c = 0; c < d; c++) sum += ((a[i * d + c] as number) - (b[j * d + c] as number)) ** 2;
  return sum;
}

/** k-means++ among weighted candidates, in float64; if there are too few, other samples are added. */
function weightedPlusPlus(
  candidates: Float64Array,
  weights: Float64Array,
  matrix: HostMatrix,
  k: number,
  random: Random,
): Float64Array<ArrayBuffer> {
  const d = matrix.features;
  const count = weights.length;
  if (count <= k) {
    const result = rows(matrix, permutation(matrix.samples, random).subarray(0, k));
    result.set(candidates);
    return result;
  }
  const result = new Float64Array(k * d);
  let squares = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (let c = 0; c < k; c++) {
    const share = weights.map((weight, i) => (c === 0 ? weight : weight * (squares[i] as number)));
    let best = { next: 0, left: squares, total: Number.POSITIVE_INFINITY };
    for (let trial = 0; trial < (c === 0 ? 1 : trialsOf(k)); trial++) {
      const next = drawn(share, random);
      const left = squares.map((square, i) =>
        Math.min(square, squareBetween(candidates, i, candidates, next, d)),
      );
      const total = left.reduce((sum, square, i) => sum + square * (weights[i] as number), 0);
      if (total < best.total) best = { next, left, total };
    }
    squares = best.left;
    result.set(candidates.subarray(best.next * d, (best.next + 1) * d), c * d);
  }
  return result;
}

/** An index drawn with a probability proportional to its share. */
function drawn(share: Float64Array, random: Random): number {
  let left = random() * share.reduce((a, b) => a + b, 0);
  const found = share.findIndex((s) => {
    left -= s;
    return left < 0;
  });
  return found < 0 ? share.length - 1 : found;
}
