import { cholesky, solveCholesky } from "../../core/cholesky.ts";
import { dot } from "../dense.ts";
import type { LeastSquares } from "./least_squares.ts";
import { nearlyCollinear, type Solutions } from "./nearly_collinear.ts";

/** Minimum pivot of a correlation matrix for which the system is solved directly. */
const LEAST_PIVOT = 1e-3;

/**
 * Solves (gram + alpha·factor²)·v = product: least squares with alpha·‖w‖². For collinear features without sufficient
 * alpha, the solution with the smallest ‖w‖, as in scikit-learn.
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
  const l = cholesky(correlation, n, (i) => LEAST_PIVOT * (correlation[i * n + i] as number));
  if (l) return solveCholesky(l, right).map((value, i) => value * at(i));
  return smallest(nearlyCollinear(problem, { correlation, unit, alpha }), unit, factor);
}

/**
 * The v = unit·u, from a solution u and directions that do not change the fit, with the smallest norm of the coefficients
 * factor·v.
 */
function smallest(
  { solution, free }: Solutions,
  unit: Float64Array,
  factor: Float64Array,
): Float64Array<ArrayBuffer> {
  const inCoefficients = (u: Float64Array) =>
    u.map((value, i) => value * ((unit[i] as number) || 1) * (factor[i] as number));
  const w = inCoefficients(solution);
  for (const direction of orthonormal(free.map(inCoefficients))) {
    const along = dot(direction, w);
    for (let i = 0; i < w.length; i++) w[i] = (w[i] as number) - along * (direction[i] as number);
  }
  // a feature that does not vary has coefficient 0 in the smallest solution
  return Float64Array.from(w, (value, i) => (unit[i] === 0 ? 0 : value / (factor[i] as number)));
}

/** Modified Gram–Schmidt, applied twice to every vector; linearly dependent vectors are dropped. */
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
