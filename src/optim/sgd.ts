import { packSgdGroup, type SgdOptions, sgd } from "../kernels/optim/sgd.ts";
import { run } from "../tensor/run.ts";
import { type ArenaInputs, type Moments, Optimizer, type Parameters } from "./optimizer.ts";

export type { SgdOptions } from "../kernels/optim/sgd.ts";

type Options = { -readonly [K in keyof SgdOptions]: SgdOptions[K] };

/** Stochastic gradient descent with momentum, Nesterov's momentum and weight decay, as torch.optim.SGD. Default lr 1e-3. */
export class SGD extends Optimizer<Options, "buf"> {
  constructor(parameters: Parameters<Options>, options: Partial<SgdOptions> = {}) {
    super("SGD", parameters, { lr: 1e-3, ...options }, (groups) =>
      groups.some(({ momentum = 0 }) => momentum > 0) ? ["buf"] : [],
    );
  }

  protected override pack(options: SgdOptions, t: number): readonly number[] {
    return packSgdGroup(options, t);
  }

  protected override update(inputs: ArenaInputs, { buf }: Partial<Moments<"buf">>): void {
    run(sgd, { ...inputs, buf }, undefined);
  }
}
