import { checked } from "../../core/signature.ts";
import { clearGrad } from "../../tensor/tensor.ts";
import { moduleKind } from "../kinds.ts";
import type { AnyModule } from "./module.ts";

/**
 * Keeps a module unchanged while the rest of the model trains: its parameters no longer require a gradient, lose the one
 * they have, and are skipped by optimisers. The module and all modules in it stay in evaluation mode, also after
 * `model.train()`: batch norms use their running statistics without updating them, and dropout drops nothing. Captured
 * steps are recorded anew. Returns the module.
 *
 *     nn.freeze(model);
 *     nn.unfreeze(model.classifier); // trains the classifier alone
 *
 * Parameters that another module shares are frozen there, too.
 *
 * @example
 * ```ts
 * import * as nn from "wgrad/nn";
 * const head = new nn.Linear(8, 2);
 * const model = new nn.Sequential(new nn.Linear(4, 8), new nn.ReLU(), head);
 * nn.freeze(model);
 * nn.unfreeze(head); // only the last layer trains
 * console.log(model.parameters().filter((p) => p.requiresGrad).length); // 2
 * ```
 */
export const freeze = /* @__PURE__ */ checked("freeze", { module: moduleKind }, freezing);

/**
 * Undoes `freeze` for a module and all modules in it: every parameter requires a gradient, and every module returns to the
 * mode that `train()` or `eval()` last set. Modules that contain it are not changed. Returns the module.
 */
export const unfreeze = /* @__PURE__ */ checked("unfreeze", { module: moduleKind }, unfreezing);

function freezing<M extends AnyModule>(module: M): M {
  for (const [, each] of module.namedModules()) each.frozen = true;
  for (const p of module.parameters()) {
    p.requiresGrad = false;
    clearGrad(p);
  }
  return module;
}

function unfreezing<M extends AnyModule>(module: M): M {
  for (const [, each] of module.namedModules()) each.frozen = false;
  for (const p of module.parameters()) p.requiresGrad = true;
  return module;
}
