import { adam, type AdamOptions as KernelOptions, packAdamGroup } from "../kernels/optim/adam.ts";
import { run } from "../tensor/run.ts";
import { type ArenaInputs, type Moments, Optimizer, type Parameters } from "./optimizer.ts";

export type AdamOptions = Omit<KernelOptions, "decoupled">;

type Options = { -readonly [K in keyof AdamOptions]: AdamOptions[K] };

/** Adam (Kingma and Ba 2015); weight decay adds to the gradient, as torch.optim.Adam. Default lr 1e-3. */
export class Adam extends Optimizer<Options, "m" | "v"> {
  constructor(parameters: Parameters<Options>, options: Partial<AdamOptions> = {}) {
    super("Adam", parameters, { lr: 1e-3, ...options }, () => ["m", "v"]);
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
    super(parameters, { weightDecay: 1e-2, ...options });
  }

  protected override pack(options: AdamOptions, t: number): readonly number[] {
    return packAdamGroup({ ...options, decoupled: true }, t);
  }
}
