import { checkArguments } from "../core/signature.ts";
import { type AdamaxOptions, adamax, packAdamaxGroup } from "../kernels/optim/adamax.ts";
import { run } from "../tensor/run.ts";
import type { ArenaInputs, Moments, Parameters, Writable } from "./groups.ts";
import { ofMoments, optimizerSignature } from "./kinds.ts";
import { Optimizer } from "./optimizer.ts";

export type { AdamaxOptions } from "../kernels/optim/adamax.ts";

type Options = Writable<AdamaxOptions>;

const defaults: Options = {
  lr: 2e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  maximize: false,
};

/** Adam with the greatest gradient in place of the second moment (Kingma and Ba 2015), as torch.optim.Adamax. Default lr 2e-3. */
export class Adamax extends Optimizer<Options, "m" | "u"> {
  static readonly signature = /* @__PURE__ */ optimizerSignature<AdamaxOptions>(
    "Adamax",
    ofMoments,
  );

  constructor(parameters: Parameters<Options>, options: Partial<AdamaxOptions> = {}) {
    checkArguments(Adamax.signature, arguments);
    super("Adamax", parameters, { ...defaults, ...options }, () => ({ m: 0, u: 0 }));
  }

  protected override pack(options: AdamaxOptions, t: number): readonly number[] {
    return packAdamaxGroup(options, t);
  }

  protected override update(inputs: ArenaInputs, { m, u }: Moments<"m" | "u">): void {
    run(adamax, { ...inputs, m, u }, undefined);
  }
}
