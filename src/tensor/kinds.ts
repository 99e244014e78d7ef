import { ValueError } from "../core/errors.ts";
import { either, type Kind, list } from "../core/kinds.ts";
import { Engine } from "../scheduler/engine.ts";
import type { Tensor } from "./tensor.ts";

/** A live tensor. */
export const tensorKind: Kind = {
  expected: "a tensor",
  advice: "make one with tensor()",
  accepts: isTensor,
  check: (value, who) => {
    const { engine } = value as Tensor;
    if (!(engine instanceof Engine)) {
      throw new ValueError(
        `${who}: expected a tensor of this copy of wgrad, got one of another; load it once`,
      );
    }
    (value as Tensor).checkUsable(who);
  },
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
  return !!(value as Partial<Tensor> | null)?.storage && "dtype" in (value as object);
}
