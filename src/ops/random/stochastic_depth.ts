import { ShapeError } from "../../core/errors.ts";
import { number, oneOf, optional } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { checked } from "../../core/signature.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { reshape } from "../shape/reshape.ts";
import { dropPlanes } from "./dropout.ts";

/** What is dropped as a whole: each sample ("row") or the batch. */
export type StochasticDepthMode = "row" | "batch";

export const stochasticDepthMode = /* @__PURE__ */ oneOf("row", "batch");

/**
 * Zeroes each sample of x [N, ...] ("row", the default) or the whole batch ("batch") with probability p, and scales the
 * rest by 1/(1 − p): for the end of a residual branch (Huang et al. 2016, torchvision.ops.stochastic_depth). A dropped NaN
 * becomes 0. Throws `ShapeError` for a scalar.
 */
export const stochasticDepth = /* @__PURE__ */ checked(
  "stochasticDepth",
  { x: tensorKind, p: number, mode: /* @__PURE__ */ optional(stochasticDepthMode) },
  (x: Tensor, p: number, mode: StochasticDepthMode = "row"): Tensor => {
    const [n = 0, ...rest] = x.shape;
    if (x.shape.length === 0) {
      throw new ShapeError(
        `stochasticDepth: expected x [N, ...], got ${show(x.shape, "x")}; reshape it`,
      );
    }
    const planes = mode === "row" ? [n, 1, ...rest] : [1, 1, ...x.shape]; // a view in which each draw covers one plane
    using given = reshape(x, planes);
    using y = dropPlanes("stochasticDepth", given, p);
    return reshape(y, x.shape);
  },
);
