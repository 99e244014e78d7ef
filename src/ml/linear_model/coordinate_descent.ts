import { dot, multiply } from "../dense.ts";
import { betweenRounds, type FitControl } from "../fit_options.ts";

/** ½·vᵀ·gram·v − product·v + Σ l1·|v| + ½·Σ l2·v². */
export interface Quadratic {
  readonly gram: Float64Array; // [n, n]
  readonly product: Float64Array; // [n]
  /** The constant 2c for which the quadratic plus c is ½·‖y − Z·v‖². */
  readonly square: number;
  readonly l1: Float64Array; // [n]
  readonly l2: Float64Array; // [n]
}

export interface DescentOptions extends FitControl {
  /** Maximum number of sweeps over all coordinates. */
  readonly maxIter: number;
  /** Duality gap at which it stops, as a fraction of `square`. */
  readonly tol: number;
  /** Whether v is constrained to be ≥ 0. */
  readonly positive?: boolean;
}

export interface Descent {
  readonly v: Float64Array<ArrayBuffer>;
  readonly nIter: number;
  readonly dualGap: number;
  readonly converged: boolean;
}

/** Number of sweeps between two evaluations of the duality gap. */
const SWEEPS = 10;

/**
 * Cyclic coordinate descent with covariance updates (Friedman, Hastie and Tibshirani 2010, section 2.2) until the duality
 * gap is small: all in float64, from the matrix computed on the GPU.
 */
export async function coordinateDescent(
  problem: Quadratic,
  start: Float64Array,
  { maxIter, tol, positive = false, ...between }: DescentOptions,
): Promise<Descent> {
  const v = Float64Array.from(start);
  const image = multiply(problem.gram, v); // gram · v
  const goal = tol * problem.square;
  for (let nIter = 0; ; ) {
    const gap = dualGap(problem, v, image, positive);
    if (gap <= goal || nIter >= maxIter) {
      return { v, nIter, dualGap: gap, converged: gap <= goal };
    }
    await betweenRounds(between, { iteration: nIter, maxIterations: maxIter, value: gap });
    for (let k = 0; k < SWEEPS && nIter < maxIter; k++, nIter++) sweep(problem, v, image, positive);
  }
}

/** One sweep over the coordinates; `image` is gram · v. */
export function sweep(
  { gram, product, l1, l2 }: Quadratic,
  v: Float64Array,
  image: Float64Array,
  positive: boolean,
): void {
  const n = v.length;
  for (let j = 0; j < n; j++) {
    const own = gram[j * n + j] as number;
    const curvature = own + (l2[j] as number);
    if (curvature <= 0) continue; // the coefficient of a constant feature stays 0
    const before = v[j] as number;
    const slope = (product[j] as number) - (image[j] as number) + own * before;
    const after = softThreshold(slope, l1[j] as number, positive) / curvature;
    if (after === before) continue;
    v[j] = after;
    for (let i = 0; i < n; i++) {
      image[i] = (image[i] as number) + (after - before) * (gram[j * n + i] as number);
    }
  }
}

/** `value` moved towards 0 by `threshold`, but not beyond 0. */
export function softThreshold(value: number, threshold: number, positive = false): number {
  if (value > threshold) return value - threshold;
  return value < -threshold && !positive ? value + threshold : 0;
}

/**
 * Gap between the objective and its dual at the residual scaled into the dual's feasible set (Kim et al. 2007, section
 * III).
 */
function dualGap(
  { product, square, l1, l2 }: Quadratic,
  v: Float64Array,
  image: Float64Array,
  positive: boolean,
): number {
  const along = dot(product, v);
  const residual = Math.max(0, square - 2 * along + dot(v, image));
  let [excess, norm1, norm2] = [1, 0, 0];
  for (let j = 0; j < v.length; j++) {
    const [value, a, b] = [v[j] as number, l1[j] as number, l2[j] as number];
    const slope = (product[j] as number) - (image[j] as number) - b * value;
    if (a > 0) excess = Math.max(excess, (positive ? slope : Math.abs(slope)) / a);
    norm1 += a * Math.abs(value);
    norm2 += b * value * value;
  }
  const s = 1 / excess;
  const gap = 0.5 * (1 + s * s) * (residual + norm2) + norm1 - s * (square - along);
  return Math.max(gap, 0);
}
