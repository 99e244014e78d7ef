import { type AnyModule, Module } from "../nn/module.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Parts of a network by their names in the state dict, in order. */
export type Parts = Readonly<Record<string, Module>>;

/** Modules one after the other, called by their names. */
export class Named extends Module {
  readonly #parts: readonly [name: string, part: Module][];

  constructor(parts: Parts) {
    super();
    this.#parts = Object.entries(parts);
  }

  override namedChildren(): [name: string, child: AnyModule][] {
    return [...this.#parts];
  }

  override forward(x: Tensor): Tensor {
    return this.#parts.reduce((h, [, part]) => part.forward(h), x);
  }
}
