import { boolean, number } from "../core/kinds.ts";
import { checkArguments } from "../core/signature.ts";
import { adam } from "../kernels/optim/adam.ts";
import { type NadamOptions, nadamMomentum, nadamRow } from "../kernels/optim/nadam.ts";
import type { Mutable, Parameters } from "./groups.ts";
import { ofMoments, optimizerSignature } from "./kinds.ts";
import { Optimizer } from "./optimizer.ts";
import type { Rule } from "./rule.ts";

export type { NadamOptions as NAdamOptions } from "../kernels/optim/nadam.ts";

type Options = Mutable<NadamOptions>;

const defaults: Options = {
  lr: 2e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  momentumDecay: 4e-3,
  decoupledWeightDecay: false,
  maximize: false,
};

const nadamRule: Rule<Options, "m" | "v", typeof adam> = {
  kernel: adam,
  row: (options, t, { product = 1 }) => nadamRow(options, t, product),
  initial: () => ({ m: 0, v: 0 }),
  start: { product: 1 }, // of the momenta so far: they may change between steps, so there is no closed formula
  advance: (options, t, { product = 1 }) => ({ product: product * nadamMomentum(options, t) }),
};

/** Adam with Nesterov's momentum (Dozat 2016), as torch.optim.NAdam. Default lr 2e-3. */
export class NAdam extends Optimizer<Options, "m" | "v"> {
  static readonly signature = /* @__PURE__ */ optimizerSignature<NadamOptions>("NAdam", {
    ...ofMoments,
    decoupledWeightDecay: boolean,
    momentumDecay: number,
  });

  constructor(parameters: Parameters<Options>, options: Partial<NadamOptions> = {}) {
    checkArguments(NAdam.signature, arguments);
    super("NAdam", nadamRule, parameters, { ...defaults, ...options });
  }
}
