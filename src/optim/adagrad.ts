import { number } from "../core/kinds.ts";
import { checkArguments } from "../core/signature.ts";
import {
  adagrad,
  type AdagradOptions as KernelOptions,
  packAdagradGroup,
} from "../kernels/optim/adagrad.ts";
import { checkNumbers } from "../kernels/optim/arena.ts";
import { run } from "../tensor/run.ts";
import type { ArenaInputs, Moments, Parameters, Writable } from "./groups.ts";
import { common, optimizerSignature } from "./kinds.ts";
import { Optimizer } from "./optimizer.ts";

export interface AdagradOptions extends KernelOptions {
  /** What the sum of squares starts as; default 0. */
  readonly initialAccumulatorValue?: number;
}

type Options = Writable<AdagradOptions>;

const defaults: Options = {
  lr: 1e-2,
  lrDecay: 0,
  eps: 1e-10,
  weightDecay: 0,
  initialAccumulatorValue: 0,
  maximize: false,
};

/** Adagrad (Duchi, Hazan and Singer 2011), as torch.optim.Adagrad. Default lr 1e-2. */
export class Adagrad extends Optimizer<Options, "sum"> {
  static readonly signature = /* @__PURE__ */ optimizerSignature<AdagradOptions>("Adagrad", {
    ...common,
    lrDecay: number,
    eps: number,
    initialAccumulatorValue: number,
  });

  constructor(parameters: Parameters<Options>, options: Partial<AdagradOptions> = {}) {
    checkArguments(Adagrad.signature, arguments);
    super("Adagrad", parameters, { ...defaults, ...options }, (group) => ({
      sum: group.initialAccumulatorValue ?? 0,
    }));
  }

  protected override pack(options: AdagradOptions, t: number): readonly number[] {
    checkNumbers("adagrad", { initialAccumulatorValue: options.initialAccumulatorValue ?? 0 });
    return packAdagradGroup(options, t);
  }

  protected override update(inputs: ArenaInputs, { sum }: Moments<"sum">): void {
    run(adagrad, { ...inputs, sum }, undefined);
  }
}
