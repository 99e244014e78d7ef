import { tensor } from "../../tensor/create.ts";
import { FittedClassifier } from "../fitted_classifier.ts";
import { type Label, type LabelList, labelList, valuesOf } from "../labels.ts";
import { linearMap, mapped, products } from "../linear_map.ts";
import { type FloatMatrix, type HostMatrix, readMatrix, type Samples } from "../samples.ts";
import { type Saved, sealed } from "../saved.ts";
import {
  classesOf,
  type Fields,
  flag,
  floats,
  optional,
  where,
  wholeNumber,
} from "../saved_fields.ts";
import { type Learned, learnedField } from "./learned.ts";

/** A fitted linear classifier as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedLinearClassifier<L extends Label = Label> extends Saved {
  /** [classes], sorted. */
  readonly classes: readonly L[];
  /** [features] for two classes, [classes, features] row-major for more. */
  readonly coef: readonly number[];
  /** [1] for two classes, [classes] for more. */
  readonly intercept: readonly number[];
  /** `[features]`: origin of the coordinates, near the samples, which preserves precision; it does not change the model. */
  readonly shift: readonly number[];
  /** Number of rounds of the fit; the maximum over several binary classifiers. */
  readonly nIter: number;
  /** Whether the solver ended by its tolerance. */
  readonly converged: boolean;
  /** For estimators with `partialFit`: the state from which it continues. */
  readonly learned?: Learned;
}

export const linearClassifierFields: Fields<SavedLinearClassifier> = {
  classes: /* @__PURE__ */ classesOf("classes"),
  intercept: /* @__PURE__ */ where(
    /* @__PURE__ */ floats("machines"),
    "one number for two classes, one for each of more",
    ({ length }: readonly number[], sizes) =>
      length === (sizes.get("classes") === 2 ? 1 : sizes.get("classes")),
  ),
  coef: /* @__PURE__ */ floats("machines", "features"),
  shift: /* @__PURE__ */ floats("features"),
  nIter: wholeNumber,
  converged: flag,
  learned: /* @__PURE__ */ optional(learnedField),
};

/** A fitted linear classifier, with a decision function for each class: `LinearSVC`, `Perceptron`. */
export class FittedLinearClassifier<L extends Label = number> extends FittedClassifier<L> {
  /** The class that fitted it. */
  readonly estimator: string;
  /** [classes], sorted. */
  readonly classes: LabelList<L>;
  /** [features] for two classes (for the larger label), [classes, features] for more. */
  readonly coef: Float64Array<ArrayBuffer>;
  /** [1] for two classes, [classes] for more. */
  readonly intercept: Float64Array<ArrayBuffer>;
  /** Number of rounds of the fit; the maximum over several binary classifiers. */
  readonly nIter: number;
  /** Whether the solver ended by its tolerance. */
  readonly converged: boolean;
  protected readonly features: number;
  readonly #learned: Learned | undefined;
  readonly #shift: Float64Array;

  constructor(saved: SavedLinearClassifier<L>) {
    super();
    this.estimator = saved.estimator;
    this.classes = labelList(saved.classes);
    this.coef = Float64Array.from(saved.coef);
    this.intercept = Float64Array.from(saved.intercept);
    this.nIter = saved.nIter;
    this.converged = saved.converged;
    this.features = saved.shift.length;
    this.#shift = Float64Array.from(saved.shift);
    this.#learned = saved.learned;
  }

  /** X · coefᵀ + intercept: [samples, 1] for two classes, positive for the larger label; [samples, classes] for more. */
  async decisionFunction(X: Samples): Promise<FloatMatrix> {
    const matrix = await readMatrix(this.estimator, X, { features: this.features });
    const data = await mapped(matrix, linearMap(this.coef, this.intercept, this.#shift));
    return { data, shape: [matrix.samples, this.intercept.length] };
  }

  /**
   * For two classes the scores are half the decision value and its negative: their softmax is the sigmoid of the decision
   * value.
   */
  protected scores(matrix: HostMatrix) {
    const both = (of: Float64Array) =>
      this.intercept.length === 1
        ? Float64Array.from([...of.map((w) => -w / 2), ...of.map((w) => w / 2)])
        : of;
    const map = linearMap(both(this.coef), both(this.intercept), this.#shift);
    return products(matrix, map, tensor(Float32Array.from(map.constant)));
  }

  /** The fitted model as plain data, for `fromJSON` of its estimator. */
  toJSON(): SavedLinearClassifier<L> {
    const { estimator, nIter, converged } = this;
    return sealed({
      estimator,
      classes: valuesOf<L>(this.classes),
      coef: [...this.coef],
      intercept: [...this.intercept],
      shift: [...this.#shift],
      nIter,
      converged,
      ...(this.#learned && { learned: this.#learned }),
    });
  }
}
