import { boolean, number } from "../core/kinds.ts";
import { checkArguments } from "../core/signature.ts";
import { type NadamOptions, nadamMomentum, packNadamGroup } from "../kernels/optim/nadam.ts";
import { updateMoments } from "./adam.ts";
import type { ArenaInputs, Memory, Moments, Parameters, Writable } from "./groups.ts";
import { ofMoments, optimizerSignature } from "./kinds.ts";
import { Optimizer } from "./optimizer.ts";

export type { NadamOptions as NAdamOptions } from "../kernels/optim/nadam.ts";

type Options = Writable<NadamOptions>;

const defaults: Options = {
  lr: 2e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  momentumDecay: 4e-3,
  decoupledWeightDecay: false,
  maximize: false,
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
    super("NAdam", parameters, { ...defaults, ...options }, () => ({ m: 0, v: 0 }));
  }

  /** The product of the momenta so far: they may change between steps, so no formula has it. */
  protected override start(): Memory {
    return { product: 1 };
  }

  protected override advance(options: NadamOptions, t: number, { product = 1 }: Memory): Memory {
    return { product: product * nadamMomentum(options, t) };
  }

  protected override pack(options: NadamOptions, t: number, memory: Memory): readonly number[] {
    return packNadamGroup(options, t, memory.product ?? 1);
  }

  protected override update(inputs: ArenaInputs, moments: Moments<"m" | "v">): void {
    updateMoments(inputs, moments);
  }
}
