import { finiteNumber, floats, oneOf, positive, recordOf, wholeNumber } from "../saved_fields.ts";

/** A kernel with its parameters, in a saved model. */
export const kernelField = /* @__PURE__ */ recordOf({
  kind: /* @__PURE__ */ oneOf("linear", "poly", "rbf", "sigmoid"),
  gamma: finiteNumber,
  coef0: finiteNumber,
  degree: wholeNumber,
});

/** Origin and unit of points for a kernel. */
export const frameField = /* @__PURE__ */ recordOf({
  shift: /* @__PURE__ */ floats("features"),
  scale: positive,
});
