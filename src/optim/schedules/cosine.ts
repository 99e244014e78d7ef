import { number, required } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { optimizerKind } from "../kinds.ts";
import { checkCount, checkRange, Schedule, type Scheduled } from "./schedule.ts";

/** From base (share 0) to least (share 1) along half a cosine. */
function halfCosine(base: number, least: number, share: number): number {
  return least + ((base - least) * (1 + Math.cos(Math.PI * share))) / 2;
}

/** Options of `CosineAnnealingLR`. */
export interface CosineOptions {
  /** Steps from base to etaMin. */
  readonly tMax: number;
  /** Final rate, ≥ 0. Default 0. */
  readonly etaMin?: number;
}

/**
 * Half a cosine from base to etaMin in tMax steps, and back to base in the next tMax, as torch's CosineAnnealingLR
 * (Loshchilov and Hutter 2017, without restarts). Default etaMin 0.
 *
 * @example
 * ```ts
 * import * as nn from "wgrad/nn";
 * import { CosineAnnealingLR, SGD } from "wgrad/optim";
 * const optimizer = new SGD(new nn.Linear(2, 1).parameters(), { lr: 0.1 });
 * const schedule = new CosineAnnealingLR(optimizer, { tMax: 2 });
 * schedule.step();
 * console.log(optimizer.groups[0]?.lr); // 0.05
 * ```
 */
export class CosineAnnealingLR extends Schedule {
  static readonly signature = /* @__PURE__ */ signature("CosineAnnealingLR", {
    optimizer: optimizerKind,
    options: options<CosineOptions>({ tMax: required(number), etaMin: number }),
  });

  constructor(optimizer: Scheduled, given: CosineOptions) {
    checkArguments(CosineAnnealingLR.signature, arguments);
    const { tMax, etaMin = 0 } = given;
    checkCount("CosineAnnealingLR", "tMax", tMax);
    checkRange("CosineAnnealingLR", "etaMin", etaMin, 0);
    super(optimizer, (base, t) => ({ lr: halfCosine(base, etaMin, t / tMax) }));
  }
}

/** Options of `CosineAnnealingWarmRestarts`. */
export interface WarmRestartOptions {
  /** Steps of the first period. */
  readonly t0: number;
  /** Length of each period divided by that of the previous one; default 1. */
  readonly tMult?: number;
  /** The rate at the end of each period, ≥ 0. Default 0. */
  readonly etaMin?: number;
}

/** SGDR (Loshchilov and Hutter 2017): half cosines from base to etaMin, with a restart after each. `at()` takes fractions. */
export class CosineAnnealingWarmRestarts extends Schedule {
  static readonly signature = /* @__PURE__ */ signature("CosineAnnealingWarmRestarts", {
    optimizer: optimizerKind,
    options: options<WarmRestartOptions>({ t0: required(number), tMult: number, etaMin: number }),
  });

  constructor(optimizer: Scheduled, given: WarmRestartOptions) {
    checkArguments(CosineAnnealingWarmRestarts.signature, arguments);
    const { t0, tMult = 1, etaMin = 0 } = given;
    checkCount("CosineAnnealingWarmRestarts", "t0", t0);
    checkCount("CosineAnnealingWarmRestarts", "tMult", tMult);
    checkRange("CosineAnnealingWarmRestarts", "etaMin", etaMin, 0);
    super(optimizer, (base, t) => ({ lr: halfCosine(base, etaMin, sharePassed(t, t0, tMult)) }));
  }
}

/** The fraction of its period that has passed at step t. */
function sharePassed(t: number, t0: number, tMult: number): number {
  if (tMult === 1) return (t % t0) / t0;
  let [start, period] = [0, t0];
  while (t >= start + period) {
    start += period;
    period *= tMult;
  }
  return (t - start) / period;
}
