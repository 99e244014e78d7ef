import { checkArguments } from "../core/signature.ts";
import { type AdamaxOptions, adamax, adamaxRow } from "../kernels/optim/adamax.ts";
import type { Mutable, Parameters } from "./groups.ts";
import { ofMoments, optimizerSignature } from "./kinds.ts";
import { Optimizer } from "./optimizer.ts";
import type { Rule } from "./rule.ts";

export type { AdamaxOptions } from "../kernels/optim/adamax.ts";

type Options = Mutable<AdamaxOptions>;

const defaults: Options = {
  lr: 2e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  maximize: false,
};

const adamaxRule: Rule<Options, "m" | "u", typeof adamax> = {
  kernel: adamax,
  row: adamaxRow,
  initial: () => ({ m: 0, u: 0 }),
};

/**
 * Adam with the maximum of past gradients in place of the second moment (Kingma and Ba 2015), as torch.optim.Adamax.
 * Default lr 2e-3.
 */
export class Adamax extends Optimizer<Options, "m" | "u"> {
  static readonly signature = /* @__PURE__ */ optimizerSignature<AdamaxOptions>(
    "Adamax",
    ofMoments,
  );

  constructor(parameters: Parameters<Options>, options: Partial<AdamaxOptions> = {}) {
    checkArguments(Adamax.signature, arguments);
    super("Adamax", adamaxRule, parameters, { ...defaults, ...options });
  }
}
