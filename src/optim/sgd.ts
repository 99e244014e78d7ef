import { boolean, number } from "../core/kinds.ts";
import { checkArguments } from "../core/signature.ts";
import { packSgdGroup, type SgdOptions, sgd } from "../kernels/optim/sgd.ts";
import { run } from "../tensor/run.ts";
import type { ArenaInputs, Moments, Parameters, Writable } from "./groups.ts";
import { common, optimizerSignature } from "./kinds.ts";
import { Optimizer } from "./optimizer.ts";

export type { SgdOptions } from "../kernels/optim/sgd.ts";

type Options = Writable<SgdOptions>;

const defaults: Options = {
  lr: 1e-3,
  momentum: 0,
  dampening: 0,
  nesterov: false,
  weightDecay: 0,
  decoupledWeightDecay: false,
  maximize: false,
};

/** Stochastic gradient descent with momentum, Nesterov's momentum and weight decay, as torch.optim.SGD. Default lr 1e-3. */
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
    super("SGD", parameters, { ...defaults, ...options }, ({ momentum = 0 }) =>
      momentum > 0 ? { buf: 0 } : {},
    );
  }

  protected override pack(options: SgdOptions, t: number): readonly number[] {
    return packSgdGroup(options, t);
  }

  protected override update(inputs: ArenaInputs, { buf }: Partial<Moments<"buf">>): void {
    run(sgd, { ...inputs, buf }, undefined);
  }
}
