import { checked } from "../../core/signature.ts";
import { clearGrad } from "../../tensor/tensor.ts";
import { moduleKind } from "../kinds.ts";
import type { AnyModule } from "./module.ts";

/**
 * Keeps a module as it is while the rest of the model trains: its parameters require no gradient any more, lose the one they
 * have, and optimisers leave them alone; it and all modules in it stay in evaluation mode, also after `model.train()`, so that
 * batch norms normalise by their running statistics and leave them untouched, and dropout passes everything. Captured steps
 * follow, by a recording of their own. Returns the module.
 *
 *     nn.freeze(model);
 *     nn.unfreeze(model.classifier); // trains the classifier alone
 *
 * Parameters that another module shares are frozen there, too.
 */
export const freeze = /* @__PURE__ */ checked("freeze", { module: moduleKind }, freezing);

/**
 * Takes `freeze` back, for a module and all in it: every parameter requires a gradient, and every module is in the mode that
 * `train()` or `eval()` last set. Modules around it stay as they are. Returns the module.
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
