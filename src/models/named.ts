import { replaceIn } from "../nn/module/members.ts";
import { type AnyModule, Module } from "../nn/module/module.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Parts of a network by their names in the state dict, in order. */
export type NetworkParts = Readonly<Record<string, Module>>;

/** Consecutive modules with names. */
export class NamedParts extends Module {
  readonly #parts: [name: string, part: Module][];

  constructor(parts: NetworkParts) {
    super();
    this.#parts = Object.entries(parts);
  }

  override namedChildren(): [name: string, child: AnyModule][] {
    return [...this.#parts];
  }

  override replaceChild(old: AnyModule, next: AnyModule): boolean {
    return replaceIn(this.#parts, old, next);
  }

  override forward(x: Tensor): Tensor {
    return this.#parts.reduce((h, [, part]) => part.forward(h), x);
  }
}
