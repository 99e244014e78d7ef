import { ValueError } from "../../core/errors.ts";
import type { Label } from "../labels.ts";
import type { FloatMatrix, Samples } from "../samples.ts";
import { sealed } from "../saved.ts";
import { type Fields, oneOf } from "../saved_fields.ts";
import {
  FittedLinearClassifier,
  linearClassifierFields,
  type SavedLinearClassifier,
} from "./fitted_linear_classifier.ts";
import { sharesOf, sigmoidOf } from "./one_against_rest.ts";
import { type ClassificationLoss, sampleLosses } from "./sgd_losses.ts";

/** A fitted `SGDClassifier` as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedSGD<L extends Label = Label> extends SavedLinearClassifier<L> {
  /** The loss that it was fitted with. */
  readonly loss: ClassificationLoss;
}

export const sgdFields: Fields<SavedSGD> = {
  ...linearClassifierFields,
  loss: /* @__PURE__ */ oneOf(...Object.keys(sampleLosses)),
};

/** (1 + the decision, clamped to [−1, 1]) / 2: the probability that modified Huber losses estimate (Zhang 2004). */
const cut = (decision: number): number => (1 + Math.max(-1, Math.min(1, decision))) / 2;

/** A fitted `SGDClassifier`. */
export class FittedSGDClassifier<L extends Label = number> extends FittedLinearClassifier<L> {
  /** The loss that it was fitted with. */
  readonly loss: ClassificationLoss;

  constructor(saved: SavedSGD<L>) {
    super(saved);
    this.loss = saved.loss;
  }

  /**
   * `[samples, classes]`: probabilities, for "logLoss" and "modifiedHuber"; for more than two classes the normalised
   * probabilities of each class against the rest. Throws `ValueError` for other losses.
   */
  async predictProba(X: Samples): Promise<FloatMatrix> {
    if (this.loss === "logLoss") return sharesOf(await this.decisionFunction(X), sigmoidOf);
    if (this.loss === "modifiedHuber") return sharesOf(await this.decisionFunction(X), cut);
    throw new ValueError(
      `SGDClassifier.predictProba: expected loss "logLoss" or "modifiedHuber", got "${this.loss}"; others have no probabilities`,
    );
  }

  /** `[samples, classes]`: logarithms of the probabilities. */
  async predictLogProba(X: Samples): Promise<FloatMatrix> {
    const { data, shape } = await this.predictProba(X);
    return { data: data.map(Math.log), shape };
  }

  override toJSON(): SavedSGD<L> {
    return sealed({ ...super.toJSON(), loss: this.loss });
  }
}
