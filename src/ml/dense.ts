/** Small symmetric matrices in float64 on the host, for which scikit-learn uses LAPACK. Matrices are row-major [n, n]. */

/** A·x. */
export function multiply(a: Float64Array, x: Float64Array): Float64Array<ArrayBuffer> {
  const n = x.length;
  return Float64Array.from({ length: a.length / n }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += (a[i * n + j] as number) * (x[j] as number);
    return sum;
  });
}

export const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

/** Eigenvalues in descending order, and their unit vectors as rows. */
export interface Eigen {
  readonly values: Float64Array<ArrayBuffer>; // [n]
  readonly vectors: Float64Array<ArrayBuffer>; // [n, n]
}

/**
 * All eigenvalues and vectors of a symmetric matrix: Householder's tridiagonal form, then QL with implicit shifts (Golub
 * and Van Loan, Matrix Computations, 4th ed., sections 8.3.1 and 8.3.3).
 */
export function eigen(a: Float64Array, n: number): Eigen {
  const q = new Float64Array(n * n); // rows of q become the eigenvectors
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  const work = Float64Array.from(a);
  for (let k = 0; k < n - 2; k++) reflect(work, q, n, k);
  const diagonal = Float64Array.from({ length: n }, (_, i) => work[i * n + i] as number);
  const beside = Float64Array.from({ length: n }, (_, i) =>
    i + 1 < n ? (work[i * n + i + 1] as number) : 0,
  );
  for (let l = 0; l < n; l++) isolate(diagonal, beside, q, n, l);
  const order = Array.from(diagonal.keys()).sort(
    (i, j) => (diagonal[j] as number) - (diagonal[i] as number),
  );
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    vectors.set(q.subarray(from * n, (from + 1) * n), to * n);
  });
  return { values: Float64Array.from(order, (i) => diagonal[i] as number), vectors };
}

/** A ← H·A·H and Q ← H·Q with H = I − v·vᵀ·2/vᵀv, which makes column k of A zero below its second diagonal. */
function reflect(a: Float64Array, q: Float64Array, n: number, k: number): void {
  const v = new Float64Array(n);
  let norm = 0;
  for (let i = k + 1; i < n; i++) norm = Math.hypot(norm, a[i * n + k] as number);
  if (norm === 0) return;
  for (let i = k + 1; i < n; i++) v[i] = a[i * n + k] as number;
  v[k + 1] = (v[k + 1] as number) + ((v[k + 1] as number) < 0 ? -norm : norm);
  const beta = 2 / dot(v, v);
  const p = new Float64Array(n);
  for (let i = k; i < n; i++) {
    let sum = 0;
    for (let j = k + 1; j < n; j++) sum += (a[i * n + j] as number) * (v[j] as number);
    p[i] = beta * sum;
  }
  const half = (beta / 2) * dot(p, v);
  for (let i = k; i < n; i++) p[i] = (p[i] as number) - half * (v[i] as number);
  for (let i = k; i < n; i++) {
    const [vi, pi] = [v[i] as number, p[i] as number];
    for (let j = k; j < n; j++) {
      a[i * n + j] = (a[i * n + j] as number) - vi * (p[j] as number) - pi * (v[j] as number);
    }
  }
  const s = new Float64Array(n);
  for (let i = k + 1; i < n; i++) {
    const vi = v[i] as number;
    for (let j = 0; j < n; j++) s[j] = (s[j] as number) + vi * (q[i * n + j] as number);
  }
  for (let i = k + 1; i < n; i++) {
    const factor = beta * (v[i] as number);
    for (let j = 0; j < n; j++) q[i * n + j] = (q[i * n + j] as number) - factor * (s[j] as number);
  }
}

/** Runs QL steps until the element beside diagonal element l is negligible. */
function isolate(d: Float64Array, e: Float64Array, q: Float64Array, n: number, l: number): void {
  for (let round = 0; round < 100; round++) {
    let m = l;
    for (; m < n - 1; m++) {
      const size = Math.abs(d[m] as number) + Math.abs(d[m + 1] as number);
      if (Math.abs(e[m] as number) <= 2 ** -53 * size) break;
    }
    if (m === l) return;
    const el = e[l] as number;
    const g = ((d[l + 1] as number) - (d[l] as number)) / (2 * el);
    const root = Math.hypot(g, 1);
    sweep(
      d,
      e,
      q,
      n,
      l,
      m,
      (d[m] as number) - (d[l] as number) + el / (g + (g < 0 ? -root : root)),
    );
  }
}

/** One implicit QL step with the shift in `start`, by rotations from m up to l. */
function sweep(
  d: Float64Array,
  e: Float64Array,
  q: Float64Array,
  n: number,
  l: number,
  m: number,
  start: number,
): void {
  let [g, s, c, p] = [start, 1, 1, 0];
  for (let i = m - 1; i >= l; i--) {
    const f = s * (e[i] as number);
    const b = c * (e[i] as number);
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] = (d[i + 1] as number) - p;
      e[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = (d[i + 1] as number) - p;
    const t = ((d[i] as number) - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
    for (let k = 0; k < n; k++) {
      const upper = q[(i + 1) * n + k] as number;
      const lower = q[i * n + k] as number;
      q[(i + 1) * n + k] = s * lower + c * upper;
      q[i * n + k] = c * lower - s * upper;
    }
  }
  d[l] = (d[l] as number) - p;
  e[l] = g;
  e[m] = 0;
}
