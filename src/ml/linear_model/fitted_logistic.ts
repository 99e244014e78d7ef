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

/** A fitted `LogisticRegression` as JSON: what `toJSON` gives and `fromJSON` takes. */
export interface SavedLogistic<L extends Label = Label> extends SavedLinearClassifier<L> {
  /** The mean loss with its penalty, divided by C. */
  readonly loss: number;
  /** How more than two classes share. Default "multinomial", as models saved before there was another. */
  readonly multiClass?: MultiClass;
}

export const logisticFields: Fields<SavedLogistic> = {
  ...linearClassifierFields,
  loss: finiteNumber,
  multiClass: /* @__PURE__ */ optional(/* @__PURE__ */ oneOf("multinomial", "ovr")),
};

/** How more than two classes share: by softmax, or each against the rest. */
export type MultiClass = "multinomial" | "ovr";

/** A fitted `LogisticRegression`. */
export class FittedLogistic<L extends Label = number> extends FittedLinearClassifier<L> {
  /** The mean loss with its penalty, divided by C; of all classes together where each is against the rest. */
  readonly loss: number;
  /** How more than two classes share: by softmax, or each against the rest. */
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

  /** `[samples, classes]`: logs of the probabilities. */
  async predictLogProba(X: Samples): Promise<FloatMatrix> {
    if (this.multiClass === "multinomial") return this.read(X, logProbabilities);
    const { data, shape } = await this.predictProba(X);
    return { data: data.map(Math.log), shape };
  }

  override toJSON(): SavedLogistic<L> {
    return sealed({ ...super.toJSON(), loss: this.loss, multiClass: this.multiClass });
  }
}
