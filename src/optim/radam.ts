import { boolean } from "../core/kinds.ts";
import { checkArguments } from "../core/signature.ts";
import type { MomentOptions } from "../kernels/optim/adam.ts";
import { packRadamGroup } from "../kernels/optim/radam.ts";
import { updateMoments } from "./adam.ts";
import type { ArenaInputs, Moments, Parameters, Writable } from "./groups.ts";
import { ofMoments, optimizerSignature } from "./kinds.ts";
import { Optimizer } from "./optimizer.ts";

export type { MomentOptions as RAdamOptions } from "../kernels/optim/adam.ts";

type Options = Writable<MomentOptions>;

const defaults: Options = {
  lr: 1e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  decoupledWeightDecay: false,
  maximize: false,
};

/** Adam that warms up by itself (Liu et al. 2020), as torch.optim.RAdam. Default lr 1e-3. */
export class RAdam extends Optimizer<Options, "m" | "v"> {
  static readonly signature = /* @__PURE__ */ optimizerSignature<MomentOptions>("RAdam", {
    ...ofMoments,
    decoupledWeightDecay: boolean,
  });

  constructor(parameters: Parameters<Options>, options: Partial<MomentOptions> = {}) {
    checkArguments(RAdam.signature, arguments);
    super("RAdam", parameters, { ...defaults, ...options }, () => ({ m: 0, v: 0 }));
  }

  protected override pack(options: MomentOptions, t: number): readonly number[] {
    return packRadamGroup(options, t);
  }

  protected override update(inputs: ArenaInputs, moments: Moments<"m" | "v">): void {
    updateMoments(inputs, moments);
  }
}
