import { ValueError } from "../../core/errors.ts";
import { checkCount, checkRange, forGroups, Schedule, type Scheduled } from "./schedule.ts";

/** Every `stepSize` steps the rate is multiplied by gamma: lr = base · γ^⌊t / stepSize⌋. */
export class StepLR extends Schedule {
  constructor(
    optimizer: Scheduled,
    { stepSize, gamma = 0.1 }: { readonly stepSize: number; readonly gamma?: number },
  ) {
    checkCount("StepLR", "stepSize", stepSize);
    checkRange("StepLR", "gamma", gamma, 0);
    super(optimizer, (base, t) => ({ lr: base * gamma ** Math.floor(t / stepSize) }));
  }
}

/** At every milestone the rate is multiplied by gamma: lr = base · γ^(milestones reached). */
export class MultiStepLR extends Schedule {
  constructor(
    optimizer: Scheduled,
    {
      milestones,
      gamma = 0.1,
    }: { readonly milestones: readonly number[]; readonly gamma?: number },
  ) {
    for (const milestone of milestones) checkRange("MultiStepLR", "milestones", milestone, 0);
    checkRange("MultiStepLR", "gamma", gamma, 0);
    const reached = (t: number) => milestones.filter((milestone) => milestone <= t).length;
    super(optimizer, (base, t) => ({ lr: base * gamma ** reached(t) }));
  }
}

/** lr = base · γᵗ. */
export class ExponentialLR extends Schedule {
  constructor(optimizer: Scheduled, { gamma }: { readonly gamma: number }) {
    checkRange("ExponentialLR", "gamma", gamma, 0);
    super(optimizer, (base, t) => ({ lr: base * gamma ** t }));
  }
}

/** base · factor for `totalIters` steps, then base. Defaults 1/3 and 5. */
export class ConstantLR extends Schedule {
  constructor(
    optimizer: Scheduled,
    {
      factor = 1 / 3,
      totalIters = 5,
    }: { readonly factor?: number; readonly totalIters?: number } = {},
  ) {
    checkRange("ConstantLR", "factor", factor, 0, 1);
    checkRange("ConstantLR", "totalIters", totalIters, 0);
    super(optimizer, (base, t) => ({ lr: t < totalIters ? base * factor : base }));
  }
}

export interface LinearOptions {
  /** Default 1/3. */
  readonly startFactor?: number;
  /** Default 1. */
  readonly endFactor?: number;
  /** Steps from the one to the other; default 5. */
  readonly totalIters?: number;
}

/** A warm-up: the factor goes from startFactor to endFactor in a straight line, and stays there. */
export class LinearLR extends Schedule {
  constructor(optimizer: Scheduled, options: LinearOptions = {}) {
    const { startFactor = 1 / 3, endFactor = 1, totalIters = 5 } = options;
    checkRange("LinearLR", "startFactor", startFactor, Number.MIN_VALUE, 1);
    checkRange("LinearLR", "endFactor", endFactor, 0, 1);
    checkCount("LinearLR", "totalIters", totalIters);
    super(optimizer, (base, t) => {
      const done = Math.min(t / totalIters, 1);
      return { lr: base * (startFactor + (endFactor - startFactor) * done) };
    });
  }
}

/** lr = base · (1 − t / totalIters)^power, and 0 from there on. Defaults 5 and 1. */
export class PolynomialLR extends Schedule {
  constructor(
    optimizer: Scheduled,
    { totalIters = 5, power = 1 }: { readonly totalIters?: number; readonly power?: number } = {},
  ) {
    checkCount("PolynomialLR", "totalIters", totalIters);
    checkRange("PolynomialLR", "power", power, 0);
    super(optimizer, (base, t) => ({ lr: base * (1 - Math.min(t / totalIters, 1)) ** power }));
  }
}

/** lr = base · f(t), with one function for all groups or one for each. */
export class LambdaLR extends Schedule {
  constructor(
    optimizer: Scheduled,
    { lrLambda }: { readonly lrLambda: Factor | readonly Factor[] },
  ) {
    const factors = forGroups<Factor>("LambdaLR", "lrLambda", lrLambda, optimizer);
    super(optimizer, (base, t, group) => {
      const lr = base * (factors[group] as Factor)(t);
      if (Number.isFinite(lr)) return { lr };
      throw new ValueError(`LambdaLR: expected a finite factor in step ${t}, got a rate of ${lr}`);
    });
  }
}

/** What a learning rate is multiplied by after `step` steps. */
export type Factor = (step: number) => number;
