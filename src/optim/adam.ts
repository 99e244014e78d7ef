import { adam, type AdamOptions as KernelOptions, packAdamGroup } from "../kernels/optim/adam.ts";
import { run } from "../tensor/run.ts";
import type { ArenaInputs, Moments, Parameters, Writable } from "./groups.ts";
import { Optimizer } from "./optimizer.ts";

export type AdamOptions = Omit<KernelOptions, "decoupled">;

type Options = Writable<AdamOptions>;

const defaults: Options = {
  lr: 1e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  maximize: false,
};

/** Adam (Kingma and Ba 2015); weight decay adds to the gradient, as torch.optim.Adam. Default lr 1e-3. */
export class Adam extends Optimizer<Options, "m" | "v"> {
  constructor(parameters: Parameters<Options>, options: Partial<AdamOptions> = {}, who = "Adam") {
    super(who, parameters, { ...defaults, ...options }, () => ({ m: 0, v: 0 }));
  }

  protected override pack(options: AdamOptions, t: number): readonly number[] {
    return packAdamGroup(options, t);
  }

  protected override update(inputs: ArenaInputs, { m, v }: Moments<"m" | "v">): void {
    run(adam, { ...inputs, m, v }, undefined);
  }
}

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019), as torch.optim.AdamW. Default lr 1e-3, weight decay 1e-2.
 */
export class AdamW extends Adam {
  constructor(parameters: Parameters<Options>, options: Partial<AdamOptions> = {}) {
    super(parameters, { weightDecay: 1e-2, ...options }, "AdamW");
  }

  protected override pack(options: AdamOptions, t: number): readonly number[] {
    return packAdamGroup({ ...options, decoupled: true }, t);
  }
}
