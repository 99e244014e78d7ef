import { either, type Kind, list, number } from "../core/kinds.ts";
import type { Tensor } from "./tensor.ts";

/** A live tensor. */
export const tensorKind: Kind = {
  expected: "a tensor",
  advice: "make one with tensor()",
  accepts: isTensor,
  check: (value, who) => (value as Tensor).checkUsable(who),
};

export const tensorOrNumber = /* @__PURE__ */ either(tensorKind, number);
export const tensorList = /* @__PURE__ */ list(tensorKind);

/** Whether a value is a tensor of this library. */
export function isTensor(value: unknown): value is Tensor {
  return typeof value === "object" && value !== null && "storage" in value && "dtype" in value;
}
