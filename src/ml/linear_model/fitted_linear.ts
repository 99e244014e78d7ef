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

/** What a linear model is: plain numbers, which JSON keeps to the bit. */
export interface LinearNumbers {
  /** [features] */
  readonly coef: readonly number[];
  /** What is predicted where x · coef is 0. */
  readonly intercept: number;
  /** `[features]`: where samples are measured from, to keep digits; the model is the same without. */
  readonly shift: readonly number[];
  /** Rounds of an iterative fit; 0 of a direct one. */
  readonly nIter: number;
  /** How far the objective may be from its least value; 0 of a direct fit, and where it is not known. */
  readonly dualGap: number;
  /** Whether an iterative fit reached its tolerance. */
  readonly converged: boolean;
  /** Of estimators that have `partialFit`: what it goes on from. */
  readonly learned?: Learned;
}

/** A fitted linear model of numbers as JSON: what `toJSON` gives and `fromJSON` takes. */
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

/** A fitted linear model of numbers: y = x · coef + intercept. */
export class FittedLinear {
  /** The class that fitted it. */
  readonly estimator: string;
  /** [features] */
  readonly coef: Float64Array<ArrayBuffer>;
  /** What is predicted where x · coef is 0; 0 of a fit without an intercept. */
  readonly intercept: number;
  /** Rounds of an iterative fit; 0 of a direct one. */
  readonly nIter: number;
  /** How far the objective may be from its least value, in its own units; 0 of a direct fit, and where it is not known. */
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

  /** The fitted model as plain data, which `fromJSON` of its estimator reads. */
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

/** What `FittedLinear.toJSON` gave. Throws `ValueError` for another estimator's model. */
export function loadLinear(estimator: string, saved: SavedLinear): FittedLinear {
  checkSaved(estimator, saved, linearFields);
  return new FittedLinear(estimator, saved);
}
