import type { Label } from "../labels.ts";
import type { Saved } from "../saved.ts";
import { classesOf, type Fields, finiteNumber, floats, listOf, orNull } from "../saved_fields.ts";

export interface SavedMultinomialNB<L extends Label = Label> extends Saved {
  readonly classes: readonly L[];
  readonly featureLogProb: readonly number[];
  /** null: −∞, the log of 0, for which JSON has no number. */
  readonly classLogPrior: readonly (number | null)[];
  readonly featureCount: readonly number[];
  readonly classCount: readonly number[];
}

export const multinomialFields: Fields<SavedMultinomialNB> = {
  classes: /* @__PURE__ */ classesOf("classes"),
  featureLogProb: /* @__PURE__ */ floats("classes", "features"),
  classLogPrior: /* @__PURE__ */ listOf(/* @__PURE__ */ orNull(finiteNumber), "classes"),
  featureCount: /* @__PURE__ */ floats("classes", "features"),
  classCount: /* @__PURE__ */ floats("classes"),
};
