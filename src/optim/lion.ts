import { type LionOptions, lion, packLionGroup } from "../kernels/optim/lion.ts";
import { run } from "../tensor/run.ts";
import type { ArenaInputs, Moments, Parameters, Writable } from "./groups.ts";
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
  constructor(parameters: Parameters<Options>, options: Partial<LionOptions> = {}) {
    super("Lion", parameters, { ...defaults, ...options }, () => ({ m: 0 }));
  }

  protected override pack(options: LionOptions): readonly number[] {
    return packLionGroup(options);
  }

  protected override update(inputs: ArenaInputs, { m }: Moments<"m">): void {
    run(lion, { ...inputs, m }, undefined);
  }
}
