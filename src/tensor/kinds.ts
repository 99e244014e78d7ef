import { either, type Kind, list } from "../core/kinds.ts";
import { Engine } from "../scheduler/engine.ts";
import type { Tensor } from "./tensor.ts";

/** A live tensor. */
export const tensorKind: Kind = {
  expected: "a tensor",
  advice: "make one with tensor()",
  accepts: isTensor,
  check: (value, who) => (value as Tensor).checkUsable(who),
};

/** An engine, from `init()`. */
export const engineKind: Kind = {
  expected: "an engine",
  advice: "pass what init() gave",
  accepts: (value) => value instanceof Engine,
};

/** An operand: a tensor or a number, NaN included. */
export const tensorOrNumber = /* @__PURE__ */ either(tensorKind, {
  expected: "a number",
  accepts: (value) => typeof value === "number",
});
export const tensorList = /* @__PURE__ */ list(tensorKind);

/** Whether a value is a tensor of this library. */
export function isTensor(value: unknown): value is Tensor {
  return typeof value === "object" && value !== null && "storage" in value && "dtype" in value;
}
