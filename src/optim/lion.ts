import { checkArguments } from "../core/signature.ts";
import { type LionOptions, lion, packLionGroup } from "../kernels/optim/lion.ts";
import { run } from "../tensor/run.ts";
import type { ArenaInputs, Moments, Parameters, Writable } from "./groups.ts";
import { betas, common, optimizerSignature } from "./kinds.ts";
import { Optimizer } from "./optimizer.ts";

export type { LionOptions } from "../kernels/optim/lion.ts";

type Options = Writable<LionOptions>;

const defaults: Options = {
  lr: 1e-4,
  betas: [0.9, 0.99],
  weightDecay: 0,
  maximize: false,
};

/** Steps of ±lr along an averaged gradient (Chen et al. 2023); decay is decoupled. Default lr 1e-4, betas [0.9, 0.99]. */
export class Lion extends Optimizer<Options, "m"> {
  static readonly signature = /* @__PURE__ */ optimizerSignature<LionOptions>("Lion", {
    ...common,
    betas,
  });

  constructor(parameters: Parameters<Options>, options: Partial<LionOptions> = {}) {
    checkArguments(Lion.signature, arguments);
    super("Lion", parameters, { ...defaults, ...options }, () => ({ m: 0 }));
  }

  protected override pack(options: LionOptions): readonly number[] {
    return packLionGroup(options);
  }

  protected override update(inputs: ArenaInputs, { m }: Moments<"m">): void {
    run(lion, { ...inputs, m }, undefined);
  }
}
