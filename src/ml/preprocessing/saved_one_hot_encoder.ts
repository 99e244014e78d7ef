import type { Saved } from "../saved.ts";
import { cell, either, type Fields, listOf, oneOf, optional } from "../saved_fields.ts";
import type { SavedCell } from "../table.ts";

export interface SavedOneHotEncoder extends Saved {
  readonly handleUnknown?: "error" | "ignore";
  readonly categories: readonly (readonly SavedCell[])[];
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
