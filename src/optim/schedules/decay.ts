import { ValueError } from "../../core/errors.ts";
import { callback, either, list, number, required } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { optimizerKind } from "../kinds.ts";
import { checkCount, checkRange, forGroups, Schedule, type Scheduled } from "./schedule.ts";

/** Options of `StepLR`. */
export interface StepOptions {
  /** Steps between reductions of the rate, an integer ≥ 1. */
  readonly stepSize: number;
  /** Factor of each reduction, ≥ 0. Default 0.1. */
  readonly gamma?: number;
}

/**
 * Every `stepSize` steps the rate is multiplied by gamma: lr = base · γ^⌊t / stepSize⌋.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { parameter } from "wgrad/nn";
 * import { SGD, StepLR } from "wgrad/optim";
 * const optimizer = new SGD([parameter(tensor([1]))], { lr: 0.1 });
 * const schedule = new StepLR(optimizer, { stepSize: 2, gamma: 0.1 });
 * for (let epoch = 0; epoch < 3; epoch++) schedule.step();
 * console.log(optimizer.lr); // 0.01
 * ```
 */
export class StepLR extends Schedule {
  static readonly signature = /* @__PURE__ */ signature("StepLR", {
    optimizer: optimizerKind,
    options: options<StepOptions>({ stepSize: required(number), gamma: number }),
  });

  constructor(optimizer: Scheduled, given: StepOptions) {
    checkArguments(StepLR.signature, arguments);
    const { stepSize, gamma = 0.1 } = given;
    checkCount("StepLR", "stepSize", stepSize);
    checkRange("StepLR", "gamma", gamma, 0);
    super(optimizer, (base, t) => ({ lr: base * gamma ** Math.floor(t / stepSize) }));
  }
}

/** Options of `MultiStepLR`. */
export interface MultiStepOptions {
  /** Steps at which the rate is reduced. */
  readonly milestones: readonly number[];
  /** Factor at each milestone, ≥ 0. Default 0.1. */
  readonly gamma?: number;
}

/** At every milestone the rate is multiplied by gamma: lr = base · γ^(milestones reached). */
export class MultiStepLR extends Schedule {
  static readonly signature = /* @__PURE__ */ signature("MultiStepLR", {
    optimizer: optimizerKind,
    options: options<MultiStepOptions>({ milestones: required(list(number)), gamma: number }),
  });

  constructor(optimizer: Scheduled, given: MultiStepOptions) {
    checkArguments(MultiStepLR.signature, arguments);
    const { milestones, gamma = 0.1 } = given;
    for (const milestone of milestones) checkRange("MultiStepLR", "milestones", milestone, 0);
    checkRange("MultiStepLR", "gamma", gamma, 0);
    const reached = (t: number) => milestones.filter((milestone) => milestone <= t).length;
    super(optimizer, (base, t) => ({ lr: base * gamma ** reached(t) }));
  }
}

/** Options of `ExponentialLR`. */
export interface ExponentialOptions {
  /** Factor per step, ≥ 0. */
  readonly gamma: number;
}

/** lr = base · γᵗ. */
export class ExponentialLR extends Schedule {
  static readonly signature = /* @__PURE__ */ signature("ExponentialLR", {
    optimizer: optimizerKind,
    options: options<ExponentialOptions>({ gamma: required(number) }),
  });

  constructor(optimizer: Scheduled, given: ExponentialOptions) {
    checkArguments(ExponentialLR.signature, arguments);
    const { gamma } = given;
    checkRange("ExponentialLR", "gamma", gamma, 0);
    super(optimizer, (base, t) => ({ lr: base * gamma ** t }));
  }
}

/** Options of `ConstantLR`. */
export interface ConstantOptions {
  /** Factor for the first steps, in 0..1. Default 1/3. */
  readonly factor?: number;
  /** Number of steps with `factor`, ≥ 0. Default 5. */
  readonly totalIters?: number;
}

/** base · factor for `totalIters` steps, then base. Defaults 1/3 and 5. */
export class ConstantLR extends Schedule {
  static readonly signature = /* @__PURE__ */ signature("ConstantLR", {
    optimizer: optimizerKind,
    options: options<ConstantOptions>({ factor: number, totalIters: number }),
  });

  constructor(optimizer: Scheduled, given: ConstantOptions = {}) {
    checkArguments(ConstantLR.signature, arguments);
    const { factor = 1 / 3, totalIters = 5 } = given;
    checkRange("ConstantLR", "factor", factor, 0, 1);
    checkRange("ConstantLR", "totalIters", totalIters, 0);
    super(optimizer, (base, t) => ({ lr: t < totalIters ? base * factor : base }));
  }
}

/** Options of `LinearLR`. */
export interface LinearOptions {
  /** Factor at step 0, in (0, 1]. Default 1/3. */
  readonly startFactor?: number;
  /** Factor from step `totalIters` on, in 0..1. Default 1. */
  readonly endFactor?: number;
  /** Steps from startFactor to endFactor; default 5. */
  readonly totalIters?: number;
}

/** A warm-up: the factor changes linearly from startFactor to endFactor, and stays there. */
export class LinearLR extends Schedule {
  static readonly signature = /* @__PURE__ */ signature("LinearLR", {
    optimizer: optimizerKind,
    options: options<LinearOptions>({ startFactor: number, endFactor: number, totalIters: number }),
  });

  constructor(optimizer: Scheduled, given: LinearOptions = {}) {
    checkArguments(LinearLR.signature, arguments);
    const { startFactor = 1 / 3, endFactor = 1, totalIters = 5 } = given;
    checkRange("LinearLR", "startFactor", startFactor, Number.MIN_VALUE, 1);
    checkRange("LinearLR", "endFactor", endFactor, 0, 1);
    checkCount("LinearLR", "totalIters", totalIters);
    super(optimizer, (base, t) => {
      const done = Math.min(t / totalIters, 1);
      return { lr: base * (startFactor + (endFactor - startFactor) * done) };
    });
  }
}

/** Options of `PolynomialLR`. */
export interface PolynomialOptions {
  /** Steps until the rate is 0, an integer ≥ 1. Default 5. */
  readonly totalIters?: number;
  /** Exponent of the fraction of steps that remain, ≥ 0. Default 1: linear. */
  readonly power?: number;
}

/** lr = base · (1 − t / totalIters)^power, then 0. Defaults 5 and 1. */
export class PolynomialLR extends Schedule {
  static readonly signature = /* @__PURE__ */ signature("PolynomialLR", {
    optimizer: optimizerKind,
    options: options<PolynomialOptions>({ totalIters: number, power: number }),
  });

  constructor(optimizer: Scheduled, given: PolynomialOptions = {}) {
    checkArguments(PolynomialLR.signature, arguments);
    const { totalIters = 5, power = 1 } = given;
    checkCount("PolynomialLR", "totalIters", totalIters);
    checkRange("PolynomialLR", "power", power, 0);
    super(optimizer, (base, t) => ({ lr: base * (1 - Math.min(t / totalIters, 1)) ** power }));
  }
}

/** Options of `LambdaLR`. */
export interface LambdaOptions {
  /** One function for all groups, or one for each. */
  readonly lrLambda: Factor | readonly Factor[];
}

/** lr = base · f(t), with one function for all groups or one for each. */
export class LambdaLR extends Schedule {
  static readonly signature = /* @__PURE__ */ signature("LambdaLR", {
    optimizer: optimizerKind,
    options: options<LambdaOptions>({ lrLambda: required(either(callback, list(callback))) }),
  });

  constructor(optimizer: Scheduled, given: LambdaOptions) {
    checkArguments(LambdaLR.signature, arguments);
    const { lrLambda } = given;
    const factors = forGroups<Factor>("LambdaLR", "lrLambda", lrLambda, optimizer);
    super(optimizer, (base, t, group) => {
      const lr = base * (factors[group] as Factor)(t);
      if (Number.isFinite(lr)) return { lr };
      throw new ValueError(
        `LambdaLR: expected a finite factor in step ${t}, got a rate of ${lr}; check what the function returns`,
      );
    });
  }
}

/** Returns the factor of the base rate after `step` steps. */
export type Factor = (step: number) => number;
