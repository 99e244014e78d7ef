import type { Label } from "../labels.ts";
import type { Saved } from "../saved.ts";
import { classesOf, type Fields, finiteNumber, floats, listOf, orNull } from "../saved_fields.ts";

/** A fitted `MultinomialNB` as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedMultinomialNB<L extends Label = Label> extends Saved {
  /** [classes], sorted. */
  readonly classes: readonly L[];
  /** [classes, features], row-major: log P(feature | class). */
  readonly featureLogProb: readonly number[];
  /** null stands for −∞, the logarithm of 0, which JSON cannot represent. */
  readonly classLogPrior: readonly (number | null)[];
  /** [classes, features], row-major: sums of X. */
  readonly featureCount: readonly number[];
  /** `[classes]`: total weight of the samples. */
  readonly classCount: readonly number[];
}

export const multinomialFields: Fields<SavedMultinomialNB> = {
  classes: /* @__PURE__ */ classesOf("classes"),
  featureLogProb: /* @__PURE__ */ floats("classes", "features"),
  classLogPrior: /* @__PURE__ */ listOf(/* @__PURE__ */ orNull(finiteNumber), "classes"),
  featureCount: /* @__PURE__ */ floats("classes", "features"),
  classCount: /* @__PURE__ */ floats("classes"),
};
