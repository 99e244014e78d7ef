import { boolean, number } from "../core/kinds.ts";
import { checkArguments } from "../core/signature.ts";
import { packRmspropGroup, type RmspropOptions, rmsprop } from "../kernels/optim/rmsprop.ts";
import { run } from "../tensor/run.ts";
import type { ArenaInputs, Moments, Parameters, Writable } from "./groups.ts";
import { common, optimizerSignature } from "./kinds.ts";
import { Optimizer } from "./optimizer.ts";

export type { RmspropOptions as RMSpropOptions } from "../kernels/optim/rmsprop.ts";

type Options = Writable<RmspropOptions>;
type Moment = "v" | "mean" | "buf";

const defaults: Options = {
  lr: 1e-2,
  alpha: 0.99,
  eps: 1e-8,
  weightDecay: 0,
  momentum: 0,
  centered: false,
  maximize: false,
};

/** RMSprop (Tieleman and Hinton 2012), plain, centred or with momentum, as torch.optim.RMSprop. Default lr 1e-2. */
export class RMSprop extends Optimizer<Options, Moment> {
  static readonly signature = /* @__PURE__ */ optimizerSignature<RmspropOptions>("RMSprop", {
    ...common,
    alpha: number,
    eps: number,
    momentum: number,
    centered: boolean,
  });

  constructor(parameters: Parameters<Options>, options: Partial<RmspropOptions> = {}) {
    checkArguments(RMSprop.signature, arguments);
    super("RMSprop", parameters, { ...defaults, ...options }, ({ centered, momentum = 0 }) => ({
      v: 0,
      ...(centered && { mean: 0 }),
      ...(momentum > 0 && { buf: 0 }),
    }));
  }

  protected override pack(options: RmspropOptions, t: number): readonly number[] {
    return packRmspropGroup(options, t);
  }

  protected override update(
    inputs: ArenaInputs,
    { v, mean, buf }: Moments<"v"> & Partial<Moments<Moment>>,
  ): void {
    run(rmsprop, { ...inputs, v, mean, buf }, undefined);
  }
}
