import { boolean, number } from "../core/kinds.ts";
import { checkArguments } from "../core/signature.ts";
import { type SgdOptions, sgd, sgdRow } from "../kernels/optim/sgd.ts";
import type { Mutable, Parameters } from "./groups.ts";
import { common, optimizerSignature } from "./kinds.ts";
import { Optimizer } from "./optimizer.ts";
import type { Rule } from "./rule.ts";

export type { SgdOptions } from "../kernels/optim/sgd.ts";

type Options = Mutable<SgdOptions>;

const defaults: Options = {
  lr: 1e-3,
  momentum: 0,
  dampening: 0,
  nesterov: false,
  weightDecay: 0,
  decoupledWeightDecay: false,
  maximize: false,
};

const sgdRule: Rule<Options, "buf", typeof sgd> = {
  kernel: sgd,
  row: sgdRow,
  initial: ({ momentum = 0 }) => (momentum > 0 ? { buf: 0 } : {}),
};

/**
 * Stochastic gradient descent with momentum, Nesterov's momentum and weight decay, as torch.optim.SGD. Default lr 1e-3.
 *
 * @example
 * ```ts
 * import { square, sum, tensor } from "wgrad";
 * import { SGD } from "wgrad/optim";
 * const w = tensor([1, 2]);
 * w.requiresGrad = true;
 * const optimizer = new SGD([w], { lr: 0.1 });
 * sum(square(w)).backward();
 * optimizer.step();
 * console.log(await w.read()); // [0.8, 1.6]
 * ```
 */
export class SGD extends Optimizer<Options, "buf"> {
  static readonly signature = /* @__PURE__ */ optimizerSignature<SgdOptions>("SGD", {
    ...common,
    momentum: number,
    dampening: number,
    nesterov: boolean,
    decoupledWeightDecay: boolean,
  });

  constructor(parameters: Parameters<Options>, options: Partial<SgdOptions> = {}) {
    checkArguments(SGD.signature, arguments);
    super("SGD", sgdRule, parameters, { ...defaults, ...options });
  }
}
