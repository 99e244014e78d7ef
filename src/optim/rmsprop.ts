import { packRmspropGroup, type RmspropOptions, rmsprop } from "../kernels/optim/rmsprop.ts";
import { run } from "../tensor/run.ts";
import { type ArenaInputs, type Moments, Optimizer, type Parameters } from "./optimizer.ts";

/** Options of RMSprop; `centered` holds for all groups. */
export interface RMSpropOptions extends RmspropOptions {
  /** Divide by the deviation around the running mean of the gradients. Default false. */
  readonly centered?: boolean;
}

type Options = { -readonly [K in keyof RMSpropOptions]: RMSpropOptions[K] };
type Moment = "v" | "mean" | "buf";

/** RMSprop (Tieleman and Hinton 2012), plain, centred or with momentum, as torch.optim.RMSprop. Default lr 1e-2. */
export class RMSprop extends Optimizer<Options, Moment> {
  constructor(parameters: Parameters<Options>, options: Partial<RMSpropOptions> = {}) {
    super("RMSprop", parameters, { lr: 1e-2, ...options }, (groups) => [
      "v",
      ...(groups.some(({ centered }) => centered) ? (["mean"] as const) : []),
      ...(groups.some(({ momentum = 0 }) => momentum > 0) ? (["buf"] as const) : []),
    ]);
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
