import type { Label } from "../labels.ts";
import type { Saved } from "../saved.ts";
import { classesOf, type Fields, finiteNumber, floats, listOf, orNull } from "../saved_fields.ts";

/** A fitted `MultinomialNB` as JSON: what `toJSON` gives and `fromJSON` takes. */
export interface SavedMultinomialNB<L extends Label = Label> extends Saved {
  /** [classes], sorted. */
  readonly classes: readonly L[];
  /** [classes, features], row-major: log P(feature | class). */
  readonly featureLogProb: readonly number[];
  /** null: −∞, the log of 0, for which JSON has no number. */
  readonly classLogPrior: readonly (number | null)[];
  /** [classes, features], row-major: sums of X. */
  readonly featureCount: readonly number[];
  /** `[classes]`: weight of the samples. */
  readonly classCount: readonly number[];
}

export const multinomialFields: Fields<SavedMultinomialNB> = {
  classes: /* @__PURE__ */ classesOf("classes"),
  featureLogProb: /* @__PURE__ */ floats("classes", "features"),
  classLogPrior: /* @__PURE__ */ listOf(/* @__PURE__ */ orNull(finiteNumber), "classes"),
  featureCount: /* @__PURE__ */ floats("classes", "features"),
  classCount: /* @__PURE__ */ floats("classes"),
};
