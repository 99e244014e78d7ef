import { logProbabilities, probabilities } from "../fitted_classifier.ts";
import type { Label } from "../labels.ts";
import type { FloatMatrix, Samples } from "../samples.ts";
import { sealed } from "../saved.ts";
import { type Fields, finiteNumber, oneOf, optional } from "../saved_fields.ts";
import {
  FittedLinearClassifier,
  linearClassifierFields,
  type SavedLinearClassifier,
} from "./fitted_linear_classifier.ts";
import { sharesOf, sigmoidOf } from "./one_against_rest.ts";

/** A fitted `LogisticRegression` as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedLogistic<L extends Label = Label> extends SavedLinearClassifier<L> {
  /** The mean loss with its penalty, divided by C. */
  readonly loss: number;
  /** Model of more than two classes. Default "multinomial", as for models saved before this option existed. */
  readonly multiClass?: MultiClass;
}

export const logisticFields: Fields<SavedLogistic> = {
  ...linearClassifierFields,
  loss: finiteNumber,
  multiClass: /* @__PURE__ */ optional(/* @__PURE__ */ oneOf("multinomial", "ovr")),
};

/** Model of more than two classes: softmax, or one model for each class against the rest. */
export type MultiClass = "multinomial" | "ovr";

/** A fitted `LogisticRegression`. */
export class FittedLogistic<L extends Label = number> extends FittedLinearClassifier<L> {
  /** The mean loss with its penalty, divided by C; summed over the classes if each is against the rest. */
  readonly loss: number;
  /** Model of more than two classes: softmax, or one model for each class against the rest. */
  readonly multiClass: MultiClass;

  constructor(saved: SavedLogistic<L>) {
    super(saved);
    this.loss = saved.loss;
    this.multiClass = saved.multiClass ?? "multinomial";
  }

  /** `[samples, classes]`: probabilities. */
  async predictProba(X: Samples): Promise<FloatMatrix> {
    if (this.multiClass === "multinomial") return this.read(X, probabilities);
    return sharesOf(await this.decisionFunction(X), sigmoidOf);
  }

  /** `[samples, classes]`: logarithms of the probabilities. */
  async predictLogProba(X: Samples): Promise<FloatMatrix> {
    if (this.multiClass === "multinomial") return this.read(X, logProbabilities);
    const { data, shape } = await this.predictProba(X);
    return { data: data.map(Math.log), shape };
  }

  override toJSON(): SavedLogistic<L> {
    return sealed({ ...super.toJSON(), loss: this.loss, multiClass: this.multiClass });
  }
}
