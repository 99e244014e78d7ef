import { finiteNumber, floats, listOf, recordOf, wholeNumber } from "../saved_fields.ts";

/** State from which a model continues with another part of the samples. */
export interface Learned {
  readonly outputs: readonly {
    readonly coef: readonly number[];
    readonly meanCoef: readonly number[];
    readonly intercept: number;
    readonly meanIntercept: number;
  }[];
  /** Number of the next update of each output, from 1: the t of learning rates and averages. */
  readonly step: number;
  /** Number of calls of `fit` and `partialFit`. */
  readonly calls: number;
}

export const learnedField = /* @__PURE__ */ recordOf({
  outputs: /* @__PURE__ */ listOf(
    /* @__PURE__ */ recordOf({
      coef: /* @__PURE__ */ floats("features"),
      meanCoef: /* @__PURE__ */ floats("features"),
      intercept: finiteNumber,
      meanIntercept: finiteNumber,
    }),
    "machines",
  ),
  step: finiteNumber,
  calls: wholeNumber,
});
