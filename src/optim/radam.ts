import { boolean } from "../core/kinds.ts";
import { checkArguments } from "../core/signature.ts";
import { adam, type MomentOptions } from "../kernels/optim/adam.ts";
import { radamRow } from "../kernels/optim/radam.ts";
import type { Mutable, Parameters } from "./groups.ts";
import { ofMoments, optimizerSignature } from "./kinds.ts";
import { Optimizer } from "./optimizer.ts";
import type { Rule } from "./rule.ts";

export type { MomentOptions as RAdamOptions } from "../kernels/optim/adam.ts";

type Options = Mutable<MomentOptions>;

const defaults: Options = {
  lr: 1e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  decoupledWeightDecay: false,
  maximize: false,
};

const radamRule: Rule<Options, "m" | "v", typeof adam> = {
  kernel: adam,
  row: radamRow,
  initial: () => ({ m: 0, v: 0 }),
};

/** Adam with an automatic warm-up (Liu et al. 2020), as torch.optim.RAdam. Default lr 1e-3. */
export class RAdam extends Optimizer<Options, "m" | "v"> {
  static readonly signature = /* @__PURE__ */ optimizerSignature<MomentOptions>("RAdam", {
    ...ofMoments,
    decoupledWeightDecay: boolean,
  });

  constructor(parameters: Parameters<Options>, options: Partial<MomentOptions> = {}) {
    checkArguments(RAdam.signature, arguments);
    super("RAdam", radamRule, parameters, { ...defaults, ...options });
  }
}
