import { ValueError } from "../../core/errors.ts";
import { string } from "../../core/kinds.ts";
import { checked, nearest } from "../../core/signature.ts";
import { moduleKind } from "../kinds.ts";
import type { AnyModule } from "./module.ts";
import { structureChanged } from "./structure.ts";

/**
 * Replaces the module at a path of the model, for example the head, for other classes:
 *
 *     const old = nn.replaceModule(model, "classifier.3", new nn.Linear(1024, 5));
 *     old.dispose(); // unless something else still uses its parameters
 *
 * The state dict has the new module's tensors under the old path. The new module gets the old one's mode (training or
 * evaluation), but is not frozen. A module that occurs in several places is replaced in all of them. Captured steps and
 * `inference` are recorded anew. **Optimisers are not updated**: an existing one still updates the old parameters, so make
 * optimisers afterwards. Returns the old module, which the caller owns. Throws `ValueError` for a path that the model does
 * not have, for the model itself, and for a module that no public field holds.
 */
export const replaceModule = /* @__PURE__ */ checked(
  "replaceModule",
  { model: moduleKind, path: string, module: moduleKind },
  replacing,
);

function replacing(model: AnyModule, path: string, module: AnyModule): AnyModule {
  const old = placed(model, path);
  if (old === module) return old;
  if (module.namedModules().some(([, each]) => each === model)) {
    throw new ValueError(
      `replaceModule: expected a module that does not hold the model, got one that does, for '${path}'; make a new one`,
    );
  }
  const holders = model.namedModules().filter(([, each]) => each.replaceChild(old, module));
  if (holders.length === 0) {
    throw new ValueError(
      `replaceModule: expected a module in a field, a container or a Sequential, got '${path}', which a private field holds; ` +
        "replace a module around it",
    );
  }
  structureChanged();
  if (!old.frozen) module.train(old.training);
  return old;
}

/** The module at a path of the model. */
function placed(model: AnyModule, path: string): AnyModule {
  const all = model.namedModules();
  const found = all.find(([name]) => name === path && name !== "");
  if (found) return found[1];
  const names = all.map(([name]) => name).filter((name) => name !== "");
  const near = nearest(path, names);
  throw new ValueError(
    `replaceModule: expected a path below the model, got "${path}"; ` +
      (near
        ? `did you mean "${near}"?`
        : `those there are begin with ${names.slice(0, 4).join(", ")}`),
  );
}
