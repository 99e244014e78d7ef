import { checkArguments } from "../core/signature.ts";
import { type LionOptions, lion, lionRow } from "../kernels/optim/lion.ts";
import type { Mutable, Parameters } from "./groups.ts";
import { betas, common, optimizerSignature } from "./kinds.ts";
import { Optimizer } from "./optimizer.ts";
import type { Rule } from "./rule.ts";

export type { LionOptions } from "../kernels/optim/lion.ts";

type Options = Mutable<LionOptions>;

const defaults: Options = {
  lr: 1e-4,
  betas: [0.9, 0.99],
  weightDecay: 0,
  maximize: false,
};

const lionRule: Rule<Options, "m", typeof lion> = {
  kernel: lion,
  row: lionRow,
  initial: () => ({ m: 0 }),
};

/**
 * Steps of ±lr in the direction of an averaged gradient (Chen et al. 2023); weight decay is decoupled. Default lr 1e-4,
 * betas [0.9, 0.99].
 *
 * @example
 * ```ts
 * import { square, sum, tensor } from "wgrad";
 * import { parameter } from "wgrad/nn";
 * import { Lion } from "wgrad/optim";
 * const w = parameter(tensor([1, -100]));
 * const optimizer = new Lion([w], { lr: 0.1 });
 * sum(square(w)).backward();
 * optimizer.step(); // by ±lr, however large the gradient
 * console.log(await w.read()); // [0.9, -99.9]
 * ```
 */
export class Lion extends Optimizer<Options, "m"> {
  static readonly signature = /* @__PURE__ */ optimizerSignature<LionOptions>("Lion", {
    ...common,
    betas,
  });

  constructor(parameters: Parameters<Options>, options: Partial<LionOptions> = {}) {
    checkArguments(Lion.signature, arguments);
    super("Lion", lionRule, parameters, { ...defaults, ...options });
  }
}
