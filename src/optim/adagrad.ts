import { number } from "../core/kinds.ts";
import { checkArguments } from "../core/signature.ts";
import {
  adagrad,
  adagradRow,
  type AdagradKernelOptions as KernelOptions,
} from "../kernels/optim/adagrad.ts";
import { checkNumbers } from "../kernels/optim/arena.ts";
import type { Mutable, Parameters } from "./groups.ts";
import { common, optimizerSignature } from "./kinds.ts";
import { Optimizer } from "./optimizer.ts";
import type { Rule } from "./rule.ts";

/** Options of `Adagrad`. */
export interface AdagradOptions extends KernelOptions {
  /** Initial value of the sum of squares; default 0. */
  readonly initialAccumulatorValue?: number;
}

type Options = Mutable<AdagradOptions>;

const defaults: Options = {
  lr: 1e-2,
  lrDecay: 0,
  eps: 1e-10,
  weightDecay: 0,
  initialAccumulatorValue: 0,
  maximize: false,
};

const adagradRule: Rule<Options, "sum", typeof adagrad> = {
  kernel: adagrad,
  row: (options, t) => {
    checkNumbers("adagrad", { initialAccumulatorValue: options.initialAccumulatorValue ?? 0 });
    return adagradRow(options, t);
  },
  initial: (group) => ({
    sum: group.initialAccumulatorValue ?? 0,
  }),
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
    super("Adagrad", adagradRule, parameters, { ...defaults, ...options });
  }
}
