import { boolean, number } from "../core/kinds.ts";
import { checkArguments } from "../core/signature.ts";
import { type AdadeltaOptions, adadelta, adadeltaRow } from "../kernels/optim/adadelta.ts";
import type { Mutable, Parameters } from "./groups.ts";
import { common, optimizerSignature } from "./kinds.ts";
import { Optimizer } from "./optimizer.ts";
import type { Rule } from "./rule.ts";

export type { AdadeltaOptions } from "../kernels/optim/adadelta.ts";

type Options = Mutable<AdadeltaOptions>;

const defaults: Options = {
  lr: 1,
  rho: 0.9,
  eps: 1e-6,
  weightDecay: 0,
  rmsUpdates: true,
  maximize: false,
};

const adadeltaRule: Rule<Options, "v" | "acc", typeof adadelta> = {
  kernel: adadelta,
  row: adadeltaRow,
  initial: ({ rmsUpdates }) => (rmsUpdates ? { v: 0, acc: 0 } : { v: 0 }),
};

/** Adadelta (Zeiler 2012), as torch.optim.Adadelta, optionally without the RMS of the updates. Default lr 1. */
export class Adadelta extends Optimizer<Options, "v" | "acc"> {
  static readonly signature = /* @__PURE__ */ optimizerSignature<AdadeltaOptions>("Adadelta", {
    ...common,
    rho: number,
    eps: number,
    rmsUpdates: boolean,
  });

  constructor(parameters: Parameters<Options>, options: Partial<AdadeltaOptions> = {}) {
    checkArguments(Adadelta.signature, arguments);
    super("Adadelta", adadeltaRule, parameters, { ...defaults, ...options });
  }
}
