import type { Saved } from "../saved.ts";
import {
  type Fields,
  finiteNumber,
  flag,
  floats,
  listOf,
  notNegative,
  size,
  wholeNumber,
} from "../saved_fields.ts";

export interface SavedPCA extends Saved {
  readonly features: number;
  readonly samples: number;
  readonly components: readonly number[];
  readonly explainedVariance: readonly number[];
  readonly totalVariance: number;
  readonly mean: readonly number[];
  /** `[features]`: near most of the samples; f32 coordinates are relative to it. */
  readonly shift: readonly number[];
  readonly whiten: boolean;
}

export const pcaFields: Fields<SavedPCA> = {
  features: /* @__PURE__ */ size("features"),
  samples: wholeNumber,
  components: /* @__PURE__ */ floats("components", "features"),
  explainedVariance: /* @__PURE__ */ listOf(notNegative, "components"),
  totalVariance: finiteNumber,
  mean: /* @__PURE__ */ floats("features"),
  shift: /* @__PURE__ */ floats("features"),
  whiten: flag,
};
