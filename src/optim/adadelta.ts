import { boolean, number } from "../core/kinds.ts";
import { checkArguments } from "../core/signature.ts";
import { type AdadeltaOptions, adadelta, packAdadeltaGroup } from "../kernels/optim/adadelta.ts";
import { run } from "../tensor/run.ts";
import type { ArenaInputs, Moments, Parameters, Writable } from "./groups.ts";
import { common, optimizerSignature } from "./kinds.ts";
import { Optimizer } from "./optimizer.ts";

export type { AdadeltaOptions } from "../kernels/optim/adadelta.ts";

type Options = Writable<AdadeltaOptions>;

const defaults: Options = {
  lr: 1,
  rho: 0.9,
  eps: 1e-6,
  weightDecay: 0,
  rmsUpdates: true,
  maximize: false,
};

/** Adadelta (Zeiler 2012), as torch.optim.Adadelta, or without the RMS of the updates. Default lr 1. */
export class Adadelta extends Optimizer<Options, "v" | "acc"> {
  static readonly signature = /* @__PURE__ */ optimizerSignature<AdadeltaOptions>("Adadelta", {
    ...common,
    rho: number,
    eps: number,
    rmsUpdates: boolean,
  });

  constructor(parameters: Parameters<Options>, options: Partial<AdadeltaOptions> = {}) {
    checkArguments(Adadelta.signature, arguments);
    super("Adadelta", parameters, { ...defaults, ...options }, ({ rmsUpdates }) =>
      rmsUpdates ? { v: 0, acc: 0 } : { v: 0 },
    );
  }

  protected override pack(options: AdadeltaOptions): readonly number[] {
    return packAdadeltaGroup(options);
  }

  protected override update(
    inputs: ArenaInputs,
    { v, acc }: Moments<"v"> & Partial<Moments<"acc">>,
  ): void {
    run(adadelta, { ...inputs, v, acc }, undefined);
  }
}
