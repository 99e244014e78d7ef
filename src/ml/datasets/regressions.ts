import { count, finite } from "../../core/kinds.ts";
import { permutation } from "../../core/rng.ts";
import { checked, options } from "../../core/signature.ts";
import {
  type DrawOptions,
  drawKinds,
  drawsOf,
  expectThat,
  inOrder,
  type Made,
  matrix,
  type ShuffleOptions,
  shuffleKinds,
} from "./draws.ts";

/** Options of `makeRegression`. */
export interface RegressionOptions extends ShuffleOptions {
  /** Number of samples. Default 100. */
  readonly nSamples?: number;
  /** Number of columns of X. Default 100. */
  readonly nFeatures?: number;
  /** Number of features that y depends on. Default 10, or all if there are fewer. */
  readonly nInformative?: number;
  /** Number of targets of each sample. Default 1. */
  readonly nTargets?: number;
  /** Added to y. Default 0. */
  readonly bias?: number;
  /** Standard deviation of the noise that is added to y. Default 0. */
  readonly noise?: number;
}

/** Result of `makeRegression`: samples, targets, and the coefficients that relate them. */
export interface Regression extends Made {
  /** [nSamples], or row-major [nSamples, nTargets]. */
  readonly y: Float64Array<ArrayBuffer>;
  /** [nFeatures], or row-major [nFeatures, nTargets]: in [0, 100) for features that y depends on, 0 for others. */
  readonly coef: Float64Array<ArrayBuffer>;
}

/** y = X·coef + bias + noise for normally distributed X, as `sklearn.datasets.make_regression` with full rank. */
export const makeRegression = /* @__PURE__ */ checked(
  "makeRegression",
  {
    options: options<RegressionOptions>({
      ...shuffleKinds,
      nSamples: count,
      nFeatures: count,
      nInformative: count,
      nTargets: count,
      bias: finite,
      noise: finite,
    }),
  },
  (given: RegressionOptions = {}): Regression => {
    const { nSamples = 100, nFeatures = 100, nTargets = 1, bias = 0, noise = 0 } = given;
    const { shuffle = true } = given;
    const nInformative = Math.min(nFeatures, given.nInformative ?? 10);
    expectThat("makeRegression", noise >= 0, "noise ≥ 0", noise);
    const draws = drawsOf(given.randomState);
    const order = shuffle
      ? permutation(nFeatures, draws.uniform)
      : Uint32Array.from({ length: nFeatures }, (_, c) => c);
    const coef = new Float64Array(nFeatures * nTargets);
    for (const c of order.subarray(0, nInformative)) {
      for (let k = 0; k < nTargets; k++) coef[c * nTargets + k] = 100 * draws.uniform();
    }
    const rows = Array.from({ length: nSamples }, () =>
      Array.from({ length: nFeatures }, () => draws.normal()),
    );
    const targets = rows.map((row) =>
      Array.from({ length: nTargets }, (_, k) => {
        const sum = row.reduce((all, x, c) => all + x * (coef[c * nTargets + k] as number), bias);
        return noise === 0 ? sum : sum + noise * draws.normal();
      }),
    );
    const { X, y: from } = inOrder(
      rows,
      rows.map((_, i) => i),
      shuffle,
      draws,
    );
    return { X, y: Float64Array.from([...from].flatMap((i) => targets[i] as number[])), coef };
  },
);

/** Options of `makeFriedman1`. */
export interface FriedmanOptions extends DrawOptions {
  /** Number of samples. Default 100. */
  readonly nSamples?: number;
  /** Number of columns of X, at least 5: y depends on the first five. Default 10. */
  readonly nFeatures?: number;
  /** Standard deviation of the noise that is added to y. Default 0. */
  readonly noise?: number;
}

/**
 * y = 10 sin(π x₀ x₁) + 20 (x₂ − ½)² + 10 x₃ + 5 x₄ + noise for uniform X in [0, 1) (Friedman 1991), as
 * `sklearn.datasets.make_friedman1`.
 */
export const makeFriedman1 = /* @__PURE__ */ checked(
  "makeFriedman1",
  {
    options: options<FriedmanOptions>({
      ...drawKinds,
      nSamples: count,
      nFeatures: count,
      noise: finite,
    }),
  },
  ({ nSamples = 100, nFeatures = 10, noise = 0, randomState }: FriedmanOptions = {}): Made => {
    expectThat("makeFriedman1", nFeatures >= 5, "nFeatures ≥ 5", nFeatures);
    expectThat("makeFriedman1", noise >= 0, "noise ≥ 0", noise);
    const { uniform, normal } = drawsOf(randomState);
    const rows = Array.from({ length: nSamples }, () => Array.from({ length: nFeatures }, uniform));
    const y = Float64Array.from(rows, ([a = 0, b = 0, c = 0, d = 0, e = 0]) => {
      const exact = 10 * Math.sin(Math.PI * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e;
      return noise === 0 ? exact : exact + noise * normal();
    });
    return { X: matrix(rows), y };
  },
);
