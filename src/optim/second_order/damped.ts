import { cholesky, solveCholesky } from "../../core/cholesky.ts";

/**
 * Fraction of a matrix's largest element that every pivot must exceed, and the first shift that is added to the diagonal if
 * one does not.
 */
const LEAST_PIVOT = 1e-7;
const FIRST_SHIFT = 1e-3;

/**
 * Solves (A + τ·I)·x = b in float64 for a symmetric A [n, n], with the first τ for which the matrix is positive definite,
 * from 0, then 10⁻³ of A's largest element and its doublings: Nocedal and Wright (2nd ed.), algorithm 3.3. Undefined if A
 * has elements that are not finite.
 */
export function solveDamped(
  a: Float64Array,
  b: Float64Array,
): { readonly x: Float64Array; readonly damping: number } | undefined {
  const n = b.length;
  const scale = a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!Number.isFinite(scale)) return undefined;
  const step = FIRST_SHIFT * (scale || 1);
  const lowest = a.reduce(
    (low, value, at) => (at % (n + 1) === 0 ? Math.min(low, value) : low),
    1e300,
  );
  let damping = lowest > 0 ? 0 : step - lowest;
  for (;;) {
    const l = cholesky(a, n, () => LEAST_PIVOT * scale, damping);
    if (l) return { x: solveCholesky(l, b), damping };
    damping = Math.max(2 * damping, step);
  }
}
