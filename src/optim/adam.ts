import { boolean } from "../core/kinds.ts";
import { checkArguments } from "../core/signature.ts";
import { type AdamOptions, adam, adamRow } from "../kernels/optim/adam.ts";
import type { Mutable, Parameters } from "./groups.ts";
import { ofMoments, optimizerSignature } from "./kinds.ts";
import { Optimizer } from "./optimizer.ts";
import type { Rule } from "./rule.ts";

export type { AdamOptions } from "../kernels/optim/adam.ts";

/** Moments of Adam's family: the first, the second and, for AMSGrad, the maximum of the second. */
export type AdamMoment = "m" | "v" | "vmax";

type Options = Mutable<AdamOptions>;

const defaults: Options = {
  lr: 1e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  amsgrad: false,
  decoupledWeightDecay: false,
  maximize: false,
};

const adamRule: Rule<Options, AdamMoment, typeof adam> = {
  kernel: adam,
  row: adamRow,
  initial: ({ amsgrad }) => (amsgrad ? { m: 0, v: 0, vmax: 0 } : { m: 0, v: 0 }),
};

/**
 * Adam (Kingma and Ba 2015) and, with `amsgrad`, AMSGrad (Reddi, Kale and Kumar 2018), as torch.optim.Adam. Weight decay
 * adds to the gradient unless `decoupledWeightDecay`. Default lr 1e-3.
 *
 * @example
 * ```ts
 * import { square, sum, tensor } from "wgrad";
 * import { Adam } from "wgrad/optim";
 * const w = tensor([1, 2]);
 * w.requiresGrad = true;
 * const optimizer = new Adam([w], { lr: 0.1 });
 * sum(square(w)).backward();
 * optimizer.step();
 * console.log(await w.read()); // [0.9, 1.9]
 * ```
 */
export class Adam extends Optimizer<Options, AdamMoment> {
  static readonly signature = /* @__PURE__ */ optimizerSignature<AdamOptions>("Adam", {
    ...ofMoments,
    decoupledWeightDecay: boolean,
    amsgrad: boolean,
  });

  constructor(parameters: Parameters<Options>, options: Partial<AdamOptions> = {}) {
    checkArguments(Adam.signature, arguments);
    super("Adam", adamRule, parameters, { ...defaults, ...options });
  }
}

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019), as torch.optim.AdamW. Default lr 1e-3, weight decay 1e-2.
 *
 * @example
 * ```ts
 * import * as nn from "wgrad/nn";
 * import { AdamW } from "wgrad/optim";
 * const model = new nn.Linear(2, 1);
 * const [weights, biases] = [[model.weight], model.bias ? [model.bias] : []];
 * const optimizer = new AdamW([{ parameters: weights }, { parameters: biases, weightDecay: 0 }]);
 * console.log(optimizer.groups.map(({ weightDecay }) => weightDecay)); // [0.01, 0]
 * ```
 */
export class AdamW extends Optimizer<Options, AdamMoment> {
  static readonly signature = /* @__PURE__ */ optimizerSignature<
    Omit<AdamOptions, "decoupledWeightDecay">
  >("AdamW", { ...ofMoments, amsgrad: boolean });

  constructor(
    parameters: Parameters<Options>,
    options: Partial<Omit<AdamOptions, "decoupledWeightDecay">> = {},
  ) {
    checkArguments(AdamW.signature, arguments);
    const own = { weightDecay: 1e-2, decoupledWeightDecay: true };
    super("AdamW", adamRule, parameters, { ...defaults, ...own, ...options });
  }
}
