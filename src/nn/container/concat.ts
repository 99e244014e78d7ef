import type { Kind } from "../../core/kinds.ts";
import { checkArguments, signature } from "../../core/signature.ts";
import { concat } from "../../ops/shape/shape.ts";
import { composed } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { moduleList, modulesByName } from "../kinds.ts";
import { replaceIn } from "../module/members.ts";
import { type AnyModule, Module } from "../module/module.ts";

const branchesKind: Kind = {
  expected: "an array of modules, at least one, or an object with modules as values",
  accepts: (value) =>
    (moduleList.accepts(value) || modulesByName.accepts(value)) &&
    Object.keys(value as object).length > 0,
};

/**
 * Parallel branches: each gets x [N, C, H, W], and their results, which may differ only in the number of channels, are
 * concatenated along axis 1 in the given order. In the state dict branches are named 0, 1, 2 …, or by the keys of an
 * object:
 *
 *     new nn.Concat({ left: new nn.Conv2d(8, 4, 1), right: new nn.MaxPool2d(3, { stride: 1, padding: 1 }) })
 *
 * Throws `ShapeError` if the results do not fit.
 *
 * @example
 * ```ts
 * import { zeros } from "wgrad";
 * import * as nn from "wgrad/nn";
 * const branches = new nn.Concat([new nn.Conv2d(3, 8, 1), new nn.Conv2d(3, 16, 3, { padding: 1 })]);
 * console.log(branches.forward(zeros([1, 3, 8, 8])).shape); // [1, 24, 8, 8]
 * ```
 */
export class Concat extends Module {
  static override readonly signature = /* @__PURE__ */ signature("Concat", {
    branches: branchesKind,
  });
  readonly #branches: [name: string, branch: Module][];

  constructor(branches: readonly Module[] | Readonly<Record<string, Module>>) {
    super();
    checkArguments(Concat.signature, arguments);
    this.#branches = Object.entries(branches);
  }

  override namedChildren(): [name: string, child: AnyModule][] {
    return [...this.#branches];
  }

  override replaceChild(old: AnyModule, next: AnyModule): boolean {
    return replaceIn(this.#branches, old, next);
  }

  override forward(x: Tensor): Tensor {
    return composed((pass) =>
      concat(
        this.#branches.map(([, branch]) => pass(branch.forward(x))),
        1,
      ),
    );
  }
}
