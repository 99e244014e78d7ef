import { checked } from "../../core/signature.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { declare } from "../../tensor/roles.ts";
import { keep } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/**
 * A tensor that training updates: a leaf that requires a gradient and belongs to no scope. Frozen by `requiresGrad = false`
 * it is still a parameter, but optimisers skip it.
 */
export const parameter = /* @__PURE__ */ checked(
  "parameter",
  { value: tensorKind },
  (value: Tensor): Tensor => {
    value.requiresGrad = true;
    return keep(declare(value, "parameter"));
  },
);

/** A tensor that belongs to a module but is not trained, such as a running mean. */
export const buffer = /* @__PURE__ */ checked(
  "buffer",
  { value: tensorKind },
  (value: Tensor): Tensor => keep(declare(value, "buffer")),
);
