import { ValueError } from "../../core/errors.ts";
import { number, numbers } from "../../core/kinds.ts";
import { checkedAsync, options } from "../../core/signature.ts";
import type { FitControl } from "../fit_options.ts";
import { betweenRounds } from "../fit_options.ts";
import { fitKinds, samples, targets } from "../kinds.ts";
import type { Samples, Targets } from "../samples.ts";
import { descend, type LassoOptions, sweepKinds } from "./elastic_net.ts";
import { inUnits, type LeastSquares, leastSquares } from "./least_squares.ts";
import { checkAlpha } from "./ridge.ts";

/** Options of `lassoPath`. */
export interface LassoPathOptions extends Omit<LassoOptions, "alpha">, FitControl {
  /** Values of alpha. Default: `nAlphas` values from the smallest that makes all coefficients 0 down to `eps` times that. */
  readonly alphas?: readonly number[];
  /** Number of values, if `alphas` is not given. Default 100. */
  readonly nAlphas?: number;
  /** Smallest value as a fraction of the largest, if `alphas` is not given. Default 1e-3. */
  readonly eps?: number;
}

/** The lasso for several values of alpha. */
export interface LassoPath {
  /** [alphas], descending. */
  readonly alphas: Float64Array<ArrayBuffer>;
  /** [features, alphas] */
  readonly coefs: Float64Array<ArrayBuffer>;
  /** [alphas] */
  readonly intercepts: Float64Array<ArrayBuffer>;
  /** [alphas] */
  readonly dualGaps: Float64Array<ArrayBuffer>;
}

/**
 * The lasso's coefficients for descending values of alpha, each starting from the previous solution. The samples are read
 * only once, on the GPU. `fitIntercept` is false by default, as X and y are expected to be centred in scikit-learn's
 * lasso_path. Throws `ShapeError` and `ValueError`.
 */
export const lassoPath = /* @__PURE__ */ checkedAsync(
  "lassoPath",
  {
    X: samples,
    y: targets,
    options: options<LassoPathOptions>({
      ...sweepKinds,
      ...fitKinds,
      alphas: numbers,
      nAlphas: number,
      eps: number,
    }),
  },
  path,
);

async function path(X: Samples, y: Targets, options: LassoPathOptions = {}): Promise<LassoPath> {
  const { fitIntercept = false, maxIter = 10_000, tol = 1e-10, positive = false } = options;
  for (const alpha of options.alphas ?? []) checkAlpha("lassoPath", alpha);
  const { signal, onProgress } = options;
  const problem = await leastSquares("lassoPath", X, y, { fitIntercept, signal });
  const alphas = options.alphas
    ? Float64Array.from(options.alphas).sort((a, b) => b - a)
    : spread(problem, options);
  const [n, d] = [alphas.length, problem.features];
  const coefs = new Float64Array(d * n);
  const [intercepts, dualGaps] = [new Float64Array(n), new Float64Array(n)];
  let v: Float64Array = new Float64Array(d);
  for (const [k, alpha] of alphas.entries()) {
    await betweenRounds(
      { ...(signal && { signal }), ...(onProgress && { onProgress }) },
      { iteration: k, maxIterations: n },
    );
    const found = await descend(problem, { alpha, l1Ratio: 1, maxIter, tol, positive }, v);
    v = found.v;
    const { coef, intercept } = inUnits(problem, v);
    coef.forEach((value, c) => {
      coefs[c * n + k] = value;
    });
    intercepts[k] = intercept;
    dualGaps[k] = found.dualGap / (problem.weight * problem.yFactor ** 2);
  }
  return { alphas, coefs, intercepts, dualGaps };
}

function spread(problem: LeastSquares, { nAlphas = 100, eps = 1e-3 }: LassoPathOptions) {
  if (!(Number.isInteger(nAlphas) && nAlphas >= 1 && eps > 0 && eps < 1)) {
    throw new ValueError(
      `lassoPath: expected a whole nAlphas ≥ 1 and eps in (0, 1), got ${nAlphas} and ${eps}; or give alphas`,
    );
  }
  const { product, factor, weight, yFactor } = problem;
  const largest = product.reduce(
    (most, value, c) => Math.max(most, Math.abs(value) / (factor[c] as number)),
    0,
  );
  const top = largest / (weight * yFactor) || Number.EPSILON;
  return Float64Array.from({ length: nAlphas }, (_, k) =>
    nAlphas === 1 ? top : top * eps ** (k / (nAlphas - 1)),
  );
}
