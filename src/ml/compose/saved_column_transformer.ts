import type { Saved } from "../saved.ts";
import { type Fields, listOf, optional, size, text, where, wholeNumber } from "../saved_fields.ts";
import { type SavedStep, stepsField } from "./named.ts";

/** A fitted `ColumnTransformer` as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedColumnTransformer extends Saved {
  /** Number of features in fit. */
  readonly features: number;
  /** Names and saved transformers, in order. */
  readonly steps: readonly SavedStep[];
  /** Positions of the columns of each transformer. */
  readonly columns: readonly (readonly number[])[];
  /** `[features]`: names of the columns of X, if it had them. */
  readonly names?: readonly string[];
}

const position = /* @__PURE__ */ where(
  wholeNumber,
  "the position of a column",
  (value: number, sizes) => value < (sizes.get("features") as number),
);

export const savedFields: Fields<SavedColumnTransformer> = {
  features: /* @__PURE__ */ size("features"),
  steps: stepsField,
  columns: /* @__PURE__ */ listOf(/* @__PURE__ */ listOf(position), "steps"),
  names: /* @__PURE__ */ optional(/* @__PURE__ */ listOf(text, "features")),
};
