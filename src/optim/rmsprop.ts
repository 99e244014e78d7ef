import { boolean, number } from "../core/kinds.ts";
import { checkArguments } from "../core/signature.ts";
import { type RmspropOptions, rmsprop, rmspropRow } from "../kernels/optim/rmsprop.ts";
import type { Mutable, Parameters } from "./groups.ts";
import { common, optimizerSignature } from "./kinds.ts";
import { Optimizer } from "./optimizer.ts";
import type { Rule } from "./rule.ts";

export type { RmspropOptions as RMSpropOptions } from "../kernels/optim/rmsprop.ts";

type Options = Mutable<RmspropOptions>;
type Moment = "v" | "mean" | "buf";

const defaults: Options = {
  lr: 1e-2,
  alpha: 0.99,
  eps: 1e-8,
  weightDecay: 0,
  momentum: 0,
  centered: false,
  maximize: false,
};

const rmspropRule: Rule<Options, Moment, typeof rmsprop> = {
  kernel: rmsprop,
  row: rmspropRow,
  initial: ({ centered, momentum = 0 }) => ({
    v: 0,
    ...(centered && { mean: 0 }),
    ...(momentum > 0 && { buf: 0 }),
  }),
};

/**
 * RMSprop (Tieleman and Hinton 2012), plain, centred or with momentum, as torch.optim.RMSprop. Default lr 1e-2.
 *
 * @example
 * ```ts
 * import { square, sum, tensor } from "wgrad";
 * import { parameter } from "wgrad/nn";
 * import { RMSprop } from "wgrad/optim";
 * const w = parameter(tensor([1]));
 * const optimizer = new RMSprop([w], { lr: 0.01 });
 * sum(square(w)).backward();
 * optimizer.step();
 * console.log(await w.item()); // 0.9
 * ```
 */
export class RMSprop extends Optimizer<Options, Moment> {
  static readonly signature = /* @__PURE__ */ optimizerSignature<RmspropOptions>("RMSprop", {
    ...common,
    alpha: number,
    eps: number,
    momentum: number,
    centered: boolean,
  });

  constructor(parameters: Parameters<Options>, options: Partial<RmspropOptions> = {}) {
    checkArguments(RMSprop.signature, arguments);
    super("RMSprop", rmspropRule, parameters, { ...defaults, ...options });
  }
}
