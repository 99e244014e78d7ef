import type { Random } from "../../src/core/rng.ts";
import type { Data } from "./linear_reference.ts";

const at = (a: ArrayLike<number>, i: number) => a[i] as number;

function square(X: Data, i: number, centres: ArrayLike<number>, c: number): number {
  const d = X.shape[1];
  let sum = 0;
  for (let j = 0; j < d; j++) sum += (at(X.data, i * d + j) - at(centres, c * d + j)) ** 2;
  return sum;
}

/** Labels and inertia for given centres; of equally near centres the first one. */
export function assignInFloat64(X: Data, centres: ArrayLike<number>) {
  const [n, d] = X.shape;
  const labels = new Uint32Array(n);
  let inertia = 0;
  for (let i = 0; i < n; i++) {
    let best = Number.POSITIVE_INFINITY;
    for (let c = 0; c < centres.length / d; c++) {
      const own = square(X, i, centres, c);
      if (own < best) {
        best = own;
        labels[i] = c;
      }
    }
    inertia += best;
  }
  return { labels, inertia };
}

/** Lloyd's algorithm in float64, until the centres move by at most tol · mean variance. No cluster may become empty. */
export function lloydInFloat64(X: Data, first: ArrayLike<number>, tol = 1e-4, maxIter = 300) {
  const [n, d] = X.shape;
  const mean = Array.from({ length: d }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += at(X.data, i * d + j) / n;
    return sum;
  });
  let variance = 0;
  for (let i = 0; i < n * d; i++) variance += (at(X.data, i) - at(mean, i % d)) ** 2 / n / d;
  let centres = Float64Array.from(first);
  let rounds = 0;
  for (; rounds < maxIter; ) {
    const { labels } = assignInFloat64(X, centres);
    const sums = new Float64Array(centres.length);
    const counts = new Float64Array(centres.length / d);
    labels.forEach((c, i) => {
      counts[c] = at(counts, c) + 1;
      for (let j = 0; j < d; j++) sums[c * d + j] = at(sums, c * d + j) + at(X.data, i * d + j);
    });
    const next = sums.map((sum, e) => sum / at(counts, Math.floor(e / d)));
    const shift = next.reduce((sum, value, e) => sum + (value - at(centres, e)) ** 2, 0);
    centres = next;
    rounds++;
    if (shift <= tol * variance) break;
  }
  return { centres, rounds, ...assignInFloat64(X, centres) };
}

/** Greedy k-means++ in float64 with 2 + ⌊ln k⌋ candidates for each centre. */
export function plusPlusInFloat64(X: Data, k: number, random: Random): Float64Array {
  const [n, d] = X.shape;
  const centres = new Float64Array(k * d);
  const take = (c: number, i: number) => {
    for (let j = 0; j < d; j++) centres[c * d + j] = at(X.data, i * d + j);
  };
  take(0, Math.floor(random() * n));
  let squares = Array.from({ length: n }, (_, i) => square(X, i, centres, 0));
  for (let c = 1; c < k; c++) {
    let best: { left: number[]; sum: number; i: number } | undefined;
    for (let trial = 0; trial < 2 + Math.floor(Math.log(k)); trial++) {
      let rest = random() * squares.reduce((a, b) => a + b, 0);
      const found = squares.findIndex((s) => {
        rest -= s;
        return rest < 0;
      });
      const i = found < 0 ? n - 1 : found;
      take(c, i);
      const left = squares.map((s, p) => Math.min(s, square(X, p, centres, c)));
      const sum = left.reduce((a, b) => a + b, 0);
      if (!best || sum < best.sum) best = { left, sum, i };
    }
    if (!best) break;
    take(c, best.i);
    squares = best.left;
  }
  return centres;
}
