import { linearMap, mapped } from "../linear_map.ts";
import { readMatrix, type Samples, type Targets } from "../samples.ts";
import { checkSaved, type Saved, sealed } from "../saved.ts";
import {
  type Fields,
  finiteNumber,
  flag,
  floats,
  optional,
  where,
  wholeNumber,
} from "../saved_fields.ts";
import { type ScoreOptions, scoreNumbers } from "../scoring.ts";
import { type Learned, learnedField } from "./learned.ts";

/** The parameters of a linear model: plain numbers, which JSON preserves exactly. */
export interface LinearNumbers {
  /** [features] */
  readonly coef: readonly number[];
  /** Prediction for x · coef = 0. */
  readonly intercept: number;
  /** `[features]`: origin of the coordinates, near the samples, which preserves precision; it does not change the model. */
  readonly shift: readonly number[];
  /** Number of rounds of an iterative fit; 0 for a direct one. */
  readonly nIter: number;
  /** Upper bound of the distance of the objective from its minimum; 0 for a direct fit, and if it is unknown. */
  readonly dualGap: number;
  /** Whether an iterative fit reached its tolerance. */
  readonly converged: boolean;
  /** For estimators with `partialFit`: the state from which it continues. */
  readonly learned?: Learned;
}

/** A fitted linear regression model as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedLinear extends Saved, LinearNumbers {}

const linearFields: Fields<SavedLinear> = {
  coef: /* @__PURE__ */ where(
    floats("features"),
    "one number at least",
    (coef: readonly number[]) => coef.length > 0,
  ),
  intercept: finiteNumber,
  shift: /* @__PURE__ */ floats("features"),
  nIter: wholeNumber,
  dualGap: finiteNumber,
  converged: flag,
  learned: /* @__PURE__ */ optional(learnedField),
};

/** A fitted linear regression model: y = x · coef + intercept. */
export class FittedLinear {
  /** The class that fitted it. */
  readonly estimator: string;
  /** [features] */
  readonly coef: Float64Array<ArrayBuffer>;
  /** Prediction for x · coef = 0; 0 for a fit without an intercept. */
  readonly intercept: number;
  /** Number of rounds of an iterative fit; 0 for a direct one. */
  readonly nIter: number;
  /**
   * Upper bound of the distance of the objective from its minimum, in its own units; 0 for a direct fit, and if it is
   * unknown.
   */
  readonly dualGap: number;
  /** Whether an iterative fit reached its tolerance. */
  readonly converged: boolean;
  readonly #shift: Float64Array;
  readonly #learned: Learned | undefined;

  constructor(estimator: string, numbers: LinearNumbers) {
    this.estimator = estimator;
    this.coef = Float64Array.from(numbers.coef);
    this.intercept = numbers.intercept;
    this.nIter = numbers.nIter;
    this.dualGap = numbers.dualGap;
    this.converged = numbers.converged;
    this.#shift = Float64Array.from(numbers.shift);
    this.#learned = numbers.learned;
  }

  /** `[samples]`: x · coef + intercept. Throws `ShapeError` for another number of features. */
  async predict(X: Samples): Promise<Float64Array<ArrayBuffer>> {
    const matrix = await readMatrix(this.estimator, X, { features: this.coef.length });
    return mapped(matrix, linearMap(this.coef, Float64Array.of(this.intercept), this.#shift));
  }

  /** R² of the predictions: 1 − Σ (y − ŷ)² / Σ (y − ȳ)², by weight. */
  score(X: Samples, y: Targets, options: ScoreOptions = {}): Promise<number> {
    return scoreNumbers(this, X, y, options);
  }

  /** The fitted model as plain data, for `fromJSON` of its estimator. */
  toJSON(): SavedLinear {
    const { estimator, coef, intercept, nIter, dualGap, converged } = this;
    return sealed({
      estimator,
      coef: [...coef],
      intercept,
      nIter,
      dualGap,
      converged,
      shift: [...this.#shift],
      ...(this.#learned && { learned: this.#learned }),
    });
  }
}

/** The model from the result of `FittedLinear.toJSON`. Throws `ValueError` for another estimator's model. */
export function loadLinear(estimator: string, saved: SavedLinear): FittedLinear {
  checkSaved(estimator, saved, linearFields);
  return new FittedLinear(estimator, saved);
}
