import { checkpoint as recomputed } from "../autograd/checkpoint.ts";
import { checked } from "../core/signature.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { moduleKind } from "./kinds.ts";
import type { Module } from "./module/module.ts";

/**
 * Makes a layer or block save nothing for its backward pass, which computes its forward again; see `checkpoint` of wgrad.
 * Names, parameters, results and gradients stay the same. Hooks registered before this call run in both computations.
 * Returns the module.
 *
 *     const model = new nn.Sequential(...blocks.map((block) => nn.checkpoint(block)), head);
 */
export const checkpoint = /* @__PURE__ */ checked(
  "checkpoint",
  { module: moduleKind },
  keepNothing,
);

function keepNothing<M extends Module>(module: M): M {
  const plain = module.forward;
  const value = (x: Tensor, ...rest: unknown[]): Tensor =>
    recomputed((input) => Reflect.apply(plain, module, [input, ...rest]), x);
  Object.defineProperty(module, "forward", { value, configurable: true, writable: true });
  return module;
}
