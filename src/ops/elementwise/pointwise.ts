import { checked } from "../../core/signature.ts";
import { unary } from "../../kernels/elementwise/unary.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { mapped, maximum, minimum } from "./elementwise.ts";
import { asFloat } from "./operands.ts";

/** Rounding leaves integers unchanged. */
const same = (x: Tensor): Tensor => x.detach();

/** −1, 0 or 1; 0 for NaN, as torch.sign. The gradient is 0. */
export const sign = /* @__PURE__ */ mapped("sign", (x) => {
  const most = minimum(x, 1);
  if (x.dtype === "u32") return most;
  using above = most;
  return maximum(above, -1);
});

/** Rounds to the nearest integer, ties to even: 0.5 and −0.5 become 0, 1.5 and 2.5 become 2. The gradient is 0. */
export const round = /* @__PURE__ */ mapped("round", same);

/** The greatest integer ≤ x. The gradient is 0. */
export const floor = /* @__PURE__ */ mapped("floor", same);

/** The least integer ≥ x. The gradient is 0. */
export const ceil = /* @__PURE__ */ mapped("ceil", same);

/** x without its fraction, rounded towards 0. The gradient is 0. */
export const trunc = /* @__PURE__ */ mapped("trunc", same);

/** log(1 + x), as accurate near 0 as elsewhere. −∞ at −1, NaN below. */
export const log1p = /* @__PURE__ */ mapped("log1p");

/** eˣ − 1, as accurate near 0 as elsewhere. */
export const expm1 = /* @__PURE__ */ mapped("expm1");

/** 1 / √x: ∞ at 0, NaN below. */
export const rsqrt = /* @__PURE__ */ mapped("rsqrt");

/** The error function 2/√π ∫₀ˣ e^(−t²) dt, as accurate near 0 as elsewhere. */
export const erf = /* @__PURE__ */ mapped("erf");

/** Makes a predicate of every element, without a gradient. */
function asked(op: "isnan" | "isfinite") {
  return checked(op, { x: tensorKind }, (x: Tensor): Tensor => {
    const { y } = asFloat(x, (float) => run(unary, { x: float }, { op }));
    y.name = op;
    return y;
  });
}

/** 1 where x is NaN, else 0 (f32). No gradient. */
export const isnan = /* @__PURE__ */ asked("isnan");

/** 0 where x is NaN, ∞ or −∞, else 1 (f32). No gradient. */
export const isfinite = /* @__PURE__ */ asked("isfinite");
