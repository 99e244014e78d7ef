import type { Saved } from "../saved.ts";
import { cell, either, type Fields, listOf, oneOf, optional } from "../saved_fields.ts";
import type { SavedCell } from "../table.ts";

/** A fitted `OneHotEncoder` as JSON: what `toJSON` gives and `fromJSON` takes. */
export interface SavedOneHotEncoder extends Saved {
  /** What happens to a category that fit did not see; missing for "error". */
  readonly handleUnknown?: "error" | "ignore";
  /** `[features]`: the categories of each. */
  readonly categories: readonly (readonly SavedCell[])[];
  /** What has no column; missing where each category has one. */
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
