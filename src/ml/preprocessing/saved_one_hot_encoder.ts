import type { Saved } from "../saved.ts";
import { cell, either, type Fields, listOf, oneOf, optional } from "../saved_fields.ts";
import type { SavedCell } from "../table.ts";

/** A fitted `OneHotEncoder` as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedOneHotEncoder extends Saved {
  /** Treatment of categories that did not occur in fit; absent for "error". */
  readonly handleUnknown?: "error" | "ignore";
  /** `[features]`: the categories of each feature. */
  readonly categories: readonly (readonly SavedCell[])[];
  /** Categories without a column; absent where every category has one. */
  readonly drop?: "first" | "ifBinary" | readonly SavedCell[];
}

export const oneHotFields: Fields<SavedOneHotEncoder> = {
  categories: /* @__PURE__ */ listOf(/* @__PURE__ */ listOf(cell), "features"),
  drop: /* @__PURE__ */ optional(
    /* @__PURE__ */ either(
      /* @__PURE__ */ oneOf("first", "ifBinary"),
      /* @__PURE__ */ listOf(cell, "features"),
    ),
  ),
  handleUnknown: /* @__PURE__ */ optional(/* @__PURE__ */ oneOf("error", "ignore")),
};
