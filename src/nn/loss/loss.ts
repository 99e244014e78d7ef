import { type CallSignature, checkArguments } from "../../core/signature.ts";
import { isTensor } from "../../tensor/kinds.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Module } from "../module/module.ts";
import { buffer } from "../module/parameter.ts";

export type InputAndTarget = [input: Tensor, target: Tensor];

/**
 * A loss as a module that holds the options of its function. Tensor options become buffers under the option's name: new
 * handles to the same bytes.
 */
export abstract class Loss<
  Options extends object,
  Args extends readonly unknown[],
> extends Module<Args> {
  declare static readonly signature: CallSignature;
  readonly #options: Partial<Options> = {};

  constructor(options?: Options) {
    super();
    checkArguments(new.target.signature, arguments);
    Object.assign(this.#options, options);
    for (const [name, value] of Object.entries(this.#options)) {
      if (!isTensor(value)) continue;
      const own = { [name]: buffer(value.detach()) };
      Object.assign(this.#options, own);
      Object.assign(this, own);
    }
  }

  /** The options that the function is called with. */
  protected get options(): Partial<Options> {
    return this.#options;
  }
}
