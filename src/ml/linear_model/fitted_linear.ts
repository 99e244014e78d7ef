import { ShapeError } from "../../core/errors.ts";
import { sub } from "../../ops/elementwise.ts";
import { matmul } from "../../ops/matmul.ts";
import { tensor } from "../../tensor/create.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { r2Score } from "../metrics/regression.ts";
import {
  readSamples,
  readTargets,
  type SampleMatrix,
  type Samples,
  type Targets,
} from "../samples.ts";
import { checkSaved, type Saved } from "../saved.ts";

/** What a linear model is: plain numbers, which JSON keeps to the bit. */
export interface LinearNumbers {
  readonly coef: readonly number[];
  readonly intercept: number;
  readonly shift: readonly number[];
  readonly nIter: number;
  readonly dualGap: number;
  readonly converged: boolean;
}

export interface SavedLinear extends Saved, LinearNumbers {}

/** A fitted linear model of numbers: y = x · coef + intercept. */
export class FittedLinear {
  /** The class that fitted it. */
  readonly estimator: string;
  /** [features] */
  readonly coef: Float64Array<ArrayBuffer>;
  readonly intercept: number;
  /** Rounds of an iterative fit; 0 of a direct one. */
  readonly nIter: number;
  /** How far the objective may be from its least value, in its own units; 0 of a direct fit. */
  readonly dualGap: number;
  /** Whether an iterative fit reached its tolerance. */
  readonly converged: boolean;
  readonly #shift: Float32Array<ArrayBuffer>;

  constructor(estimator: string, numbers: LinearNumbers) {
    this.estimator = estimator;
    this.coef = Float64Array.from(numbers.coef);
    this.intercept = numbers.intercept;
    this.nIter = numbers.nIter;
    this.dualGap = numbers.dualGap;
    this.converged = numbers.converged;
    this.#shift = Float32Array.from(numbers.shift);
  }

  /** [samples]: x · coef + intercept. Throws `ShapeError` for another number of features. */
  async predict(X: Samples): Promise<Float32Array<ArrayBuffer>> {
    const x = await readSamples(this.estimator, X, { features: this.coef.length });
    try {
      return await scores(x, this.#shift, this.coef, Float64Array.of(this.intercept));
    } finally {
      x.dispose();
    }
  }

  /** R² of the predictions: 1 − Σ (y − ŷ)² / Σ (y − ȳ)². */
  async score(X: Samples, y: Targets): Promise<number> {
    const predicted = await this.predict(X);
    return r2Score(await readTargets(this.estimator, y, predicted.length), predicted);
  }

  toJSON(): SavedLinear {
    const { estimator, coef, intercept, nIter, dualGap, converged } = this;
    return {
      estimator,
      coef: [...coef],
      intercept,
      nIter,
      dualGap,
      converged,
      shift: [...this.#shift],
    };
  }
}

/** What `FittedLinear.toJSON` gave. Throws `ValueError` for another estimator's model. */
export function loadLinear(estimator: string, saved: SavedLinear): FittedLinear {
  checkSaved(estimator, saved);
  if (saved.coef.length !== saved.shift.length || saved.coef.length === 0) {
    throw new ShapeError(
      `${estimator}.fromJSON: expected as many shifts as coefficients, got ${saved.shift.length} and ` +
        `${saved.coef.length}; the file is not whole`,
    );
  }
  return new FittedLinear(estimator, saved);
}

/** `linearScores`, read: [samples · outputs]. */
export async function scores(
  x: SampleMatrix,
  shift: Float32Array<ArrayBuffer>,
  coef: Float64Array,
  intercept: Float64Array,
): Promise<Float32Array<ArrayBuffer>> {
  const result = scope(() => linearScores(x, shift, coef, intercept));
  try {
    return Float32Array.from(await result.read());
  } finally {
    result.dispose();
  }
}

/**
 * x · coefᵀ + intercept for coef [outputs, features], as (x − shift) · coefᵀ and what that leaves out, so that features far
 * from 0 do not cost digits: [samples, outputs], within a scope of the caller.
 */
export function linearScores(
  { x, features }: SampleMatrix,
  shift: Float32Array<ArrayBuffer>,
  coef: Float64Array,
  intercept: Float64Array,
): Tensor {
  const outputs = intercept.length;
  const bias = Float32Array.from(intercept, (b, k) => {
    let sum = b;
    for (let c = 0; c < features; c++) {
      sum += (coef[k * features + c] as number) * (shift[c] as number);
    }
    return sum;
  });
  const weights = tensor(Float32Array.from(coef), { shape: [outputs, features] });
  return matmul(sub(x, tensor(shift)), weights, { transposeB: true, bias: tensor(bias) });
}
