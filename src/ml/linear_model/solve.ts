import { cholesky, dot, eigen, solveCholesky } from "../dense.ts";
import type { LeastSquares } from "./least_squares.ts";

/** Least pivot of a correlation matrix that is solved directly. */
const LEAST_PIVOT = 1e-6;
/** Share of the largest eigenvalue below which one is taken for 0: what the Gram matrix is exact to. */
const LEAST_EIGENVALUE = 2e-9;

/**
 * v of (gram + alpha·factor²)·v = product: least squares with alpha·‖w‖². Where features are collinear and alpha does not
 * help, the solution with the smallest ‖w‖, as scikit-learn's.
 */
export function solveRidge(problem: LeastSquares, alpha: number): Float64Array<ArrayBuffer> {
  const { features: n, gram, product, factor } = problem;
  const a = gram.map((value, at) =>
    at % (n + 1) === 0 ? value + alpha * (factor[at / (n + 1)] as number) ** 2 : value,
  );
  // a unit diagonal makes pivots and eigenvalues comparable
  const unit = Float64Array.from({ length: n }, (_, i) => {
    const own = a[i * n + i] as number;
    return own > 0 ? 1 / Math.sqrt(own) : 0;
  });
  const at = (i: number) => unit[i] as number;
  const correlation = a.map((value, e) => value * at(Math.floor(e / n)) * at(e % n));
  const right = product.map((value, i) => value * at(i));
  const l = cholesky(correlation, n, LEAST_PIVOT);
  if (l) return solveCholesky(l, right).map((value, i) => value * at(i));
  return smallest(correlation, right, unit, factor);
}

/** The solution v = unit·u of correlation·u = right whose coefficients factor·v are shortest. */
function smallest(
  correlation: Float64Array,
  right: Float64Array,
  unit: Float64Array,
  factor: Float64Array,
): Float64Array<ArrayBuffer> {
  const n = right.length;
  const { values, vectors } = eigen(correlation, n);
  const least = LEAST_EIGENVALUE * Math.max(values[0] as number, 0);
  const w = new Float64Array(n);
  const free: Float64Array[] = [];
  const size = (i: number) => ((unit[i] as number) || 1) * (factor[i] as number);
  for (let k = 0; k < n; k++) {
    const vector = vectors.subarray(k * n, (k + 1) * n);
    const value = values[k] as number;
    if (!(value > least)) {
      free.push(Float64Array.from(vector, (u, i) => u * size(i)));
      continue;
    }
    const share = dot(vector, right) / value;
    for (let i = 0; i < n; i++) w[i] = (w[i] as number) + share * (vector[i] as number) * size(i);
  }
  for (const direction of orthonormal(free)) {
    const along = dot(direction, w);
    for (let i = 0; i < n; i++) w[i] = (w[i] as number) - along * (direction[i] as number);
  }
  // one that does not vary has no part in the shortest solution
  return w.map((value, i) => (unit[i] === 0 ? 0 : value / (factor[i] as number)));
}

/** Modified Gram–Schmidt, every vector twice; those that depend on the ones before are left out. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const result: Float64Array[] = [];
  for (const vector of vectors) {
    const before = Math.sqrt(dot(vector, vector));
    for (let round = 0; round < 2; round++) {
      for (const other of result) {
        const along = dot(other, vector);
        for (let i = 0; i < vector.length; i++) {
          vector[i] = (vector[i] as number) - along * (other[i] as number);
        }
      }
    }
    const length = Math.sqrt(dot(vector, vector));
    if (length > 1e-10 * before) result.push(vector.map((value) => value / length));
  }
  return result;
}
