import * as models from "../../../src/models/index.ts";
import type { ModelOptions } from "../../../src/models/options.ts";
import type { AnyModule } from "../../../src/nn/module/module.ts";
import { Tensor } from "../../../src/tensor/tensor.ts";

/** Exports that build a network from options instead of a published network. */
const generic: readonly string[] = ["ResNet", "resNet"];

export interface NamedBuilder {
  readonly name: string;
  readonly build: (options?: ModelOptions) => AnyModule;
}

/** Every builder of wgrad/models. */
export const builders: readonly NamedBuilder[] = Object.entries(models).flatMap(([name, value]) =>
  typeof value === "function" && !generic.includes(name)
    ? [{ name, build: value as NamedBuilder["build"] }]
    : [],
);

/** Outputs of a network: its logits first, then, in training, those of the auxiliary heads. */
export function outputsOf(y: unknown): [name: string, logits: Tensor][] {
  return y instanceof Tensor ? [["logits", y]] : Object.entries(y as Record<string, Tensor>);
}
