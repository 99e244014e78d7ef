import { ValueError } from "../../core/errors.ts";
import { number } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import type { KernelFunction } from "../../kernels/svm/kernel_function.ts";
import type { FitControl } from "../fit_options.ts";
import { checkFit } from "../kinds.ts";
import { framed } from "../points.ts";
import { type FitWeights, readRegression } from "../sample_weight.ts";
import { rowsOf, type Samples, type Targets } from "../samples.ts";
import { checkSaved, pack, type Saved, sealed, unpack } from "../saved.ts";
import {
  type Fields,
  finiteNumber,
  flag,
  floats,
  integers,
  packed,
  size,
  wholeNumber,
} from "../saved_fields.ts";
import { type ScoreOptions, scoreNumbers } from "../scoring.ts";
import { Unfitted } from "../unfitted.ts";
import type { Dual } from "./dual.ts";
import { type Expansion, evaluate, gained, linearCoef } from "./expansion.ts";
import {
  checkKernelOptions,
  framedKernel,
  type KernelOptions,
  kernelFrame,
  kernelKinds,
  kernelOf,
  placed,
  withKernelDefaults,
} from "./kernel_options.ts";
import { frameField, kernelField } from "./saved_kernel.ts";
import { Trainer } from "./trainer.ts";

/** Options of `SVR`. */
export interface SVROptions extends KernelOptions {
  /** Half the width of the tube within which errors have no loss, ≥ 0. Default 0.1. */
  readonly epsilon?: number;
}

/** A fitted `SVR` as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedSVR extends Saved {
  /** The kernel with the γ used. */
  readonly kernel: KernelFunction;
  /** Origin and unit of points for the kernel. */
  readonly frame: { readonly shift: readonly number[]; readonly scale: number };
  /** Number of features in fit. */
  readonly features: number;
  /** Base64 of f64. */
  readonly supportVectors: string;
  /** `[vectors]`: their rows in X of fit. */
  readonly support: readonly number[];
  /** `[vectors]`: their weights in the function. */
  readonly dualCoef: readonly number[];
  /** The constant of the function. */
  readonly intercept: number;
  /** Minimum of the dual objective. */
  readonly dualObjective: number;
  /** Number of steps, each of a pair of variables. */
  readonly nIter: number;
  /** Whether the violation fell below the tolerance. */
  readonly converged: boolean;
}

const savedFields: Fields<SavedSVR> = {
  kernel: kernelField,
  features: /* @__PURE__ */ size("features"),
  frame: frameField,
  support: /* @__PURE__ */ integers("vectors"),
  supportVectors: /* @__PURE__ */ packed("vectors", "features"),
  dualCoef: /* @__PURE__ */ floats("vectors"),
  intercept: finiteNumber,
  dualObjective: finiteNumber,
  nIter: wholeNumber,
  converged: flag,
};

/**
 * ε-support vector regression (Vapnik 1995; Smola and Schölkopf 2004): a function within ε of most samples, as flat as the
 * weight C of the other samples' errors allows. Computed on the host in float64 or on the GPU, as in `SVC`. Kernels weight
 * features by their units: scale them with `StandardScaler`. Results have the precision of float64; a feature for which
 * that is not possible is refused by name.
 *
 * @example
 * ```ts
 * import { SVR } from "wgrad/ml";
 * const model = await new SVR({ kernel: "linear", C: 10, epsilon: 0.1 }).fit([[0], [1], [2]], [0, 1, 2]);
 * const [value = 0] = await model.predict([[3]]);
 * console.log(Math.round(value)); // 3
 * ```
 */
export class SVR extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("SVR", {
    options: options<SVROptions>({ ...kernelKinds, epsilon: number }),
  });
  /** A regressor: whole numbers in y are not classes. */
  readonly isRegressor = true;

  readonly #options: Required<SVROptions>;

  constructor(options: SVROptions = {}) {
    checkArguments(SVR.signature, arguments);
    super(options);
    this.#options = { ...withKernelDefaults(options), epsilon: options.epsilon ?? 0.1 };
    checkKernelOptions("SVR", this.#options);
    const { epsilon } = this.#options;
    if (epsilon >= 0 && Number.isFinite(epsilon)) return;
    throw new ValueError(`SVR: expected epsilon ≥ 0, got ${epsilon}; the default is 0.1`);
  }

  /** Throws `ShapeError` and `ValueError` for invalid data. */
  async fit(X: Samples, y: Targets, options: FitWeights & FitControl = {}): Promise<FittedSVR> {
    checkFit("SVR", arguments);
    const { sampleWeight, ...between } = options;
    between.signal?.throwIfAborted();
    const { matrix, targets, weights } = await readRegression("SVR", X, y, sampleWeight);
    const kernel = kernelOf(this.#options, matrix);
    const frame = kernelFrame(kernel, matrix);
    const { tol, maxIter, C, epsilon } = this.#options;
    const trainer = new Trainer(framed(matrix, frame), framedKernel(kernel, frame), {
      ...{ tol, maxIter },
      ...between,
    });
    const dual = regressionDual(targets, weights, C, epsilon);
    const { coef, objective, ...found } = await trainer.solve(dual, [...targets.keys()]);
    const support = Array.from(coef.keys()).filter((i) => coef[i] !== 0);
    return new FittedSVR({
      estimator: "SVR",
      kernel,
      frame: { shift: [...frame.shift], scale: frame.scale },
      features: matrix.features,
      supportVectors: pack(rowsOf(matrix, support).data),
      support,
      dualCoef: support.map((i) => coef[i] as number),
      dualObjective: objective,
      ...found,
      intercept: found.intercept - gained(kernel.kind, frame.shift, matrix.host, coef),
    });
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedSVR): FittedSVR {
    checkSaved("SVR", saved, savedFields);
    return new FittedSVR(saved);
  }
}

/** The dual with one variable per sample for errors upwards, and one for errors downwards. */
export function regressionDual(
  y: Float64Array,
  weights: Float64Array,
  price: number,
  epsilon: number,
): Dual {
  const n = y.length;
  const C = weights.map((w) => w * price);
  return {
    sign: Int8Array.from({ length: 2 * n }, (_, i) => (i < n ? 1 : -1)),
    row: Uint32Array.from({ length: 2 * n }, (_, i) => i % n),
    p: Float64Array.from({ length: 2 * n }, (_, i) =>
      i < n ? epsilon - (y[i] as number) : epsilon + (y[i - n] as number),
    ),
    C: Float64Array.from([...C, ...C]),
  };
}

/** Result of `SVR.fit`: support vectors, their coefficients, and `predict`. */
export class FittedSVR {
  /** The class of the estimator. */
  readonly estimator = "SVR";
  /** The kernel with the γ used. */
  readonly kernel: KernelFunction;
  /** [vectors, features] */
  readonly supportVectors: Float64Array<ArrayBuffer>;
  /** `[vectors]`: their rows in X of fit. */
  readonly support: Uint32Array<ArrayBuffer>;
  /** `[vectors]`: their weights in the function. */
  readonly dualCoef: Float64Array<ArrayBuffer>;
  /** The constant of the function. */
  readonly intercept: number;
  /** Minimum of the dual objective. */
  readonly dualObjective: number;
  /** Number of steps, each of a pair of variables. */
  readonly nIter: number;
  /** Whether the violation fell below the tolerance. */
  readonly converged: boolean;
  readonly #features: number;
  readonly #saved: SavedSVR;

  constructor(saved: SavedSVR) {
    this.#saved = saved;
    this.kernel = saved.kernel;
    this.support = Uint32Array.from(saved.support);
    this.dualCoef = Float64Array.from(saved.dualCoef);
    this.intercept = saved.intercept;
    this.dualObjective = saved.dualObjective;
    this.nIter = saved.nIter;
    this.converged = saved.converged;
    this.#features = saved.features;
    const length = this.support.length * saved.features;
    this.supportVectors = unpack("SVR.fromJSON", saved.supportVectors, length);
  }

  /** [features] for a linear kernel: predictions are X · coef + intercept. Throws `ValueError` for other kernels. */
  get coef(): Float64Array<ArrayBuffer> {
    return linearCoef("SVR", this.#expansion);
  }

  /** [samples] */
  predict(X: Samples): Promise<Float64Array<ArrayBuffer>> {
    return evaluate("SVR", this.#expansion, X);
  }

  /** R² of the predictions, weighted. */
  score(X: Samples, y: Targets, options: ScoreOptions = {}): Promise<number> {
    return scoreNumbers(this, X, y, options);
  }

  /** The fitted model as plain data, for `fromJSON` of its estimator. */
  toJSON(): SavedSVR {
    return sealed(this.#saved);
  }

  get #expansion(): Expansion {
    return {
      ...placed(this.#saved),
      features: this.#features,
      vectors: this.supportVectors,
      coef: this.dualCoef,
      intercept: Float64Array.of(this.intercept),
    };
  }
}
