import { ValueError } from "../../core/errors.ts";
import { boolean, either, list, number, oneOf, required } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { optimizerKind } from "../kinds.ts";
import { checkCount, checkRange, forGroups, Schedule, type Scheduled } from "./schedule.ts";

/** Options of `OneCycleLR`. */
export interface OneCycleOptions {
  /** Maximum rate, for all groups or for each. */
  readonly maxLr: number | readonly number[];
  /** Steps of the whole cycle. */
  readonly totalSteps: number;
  /** Fraction of the cycle in which the rate rises; default 0.3. */
  readonly pctStart?: number;
  /** Shape of each phase: half a cosine or a straight line. Default "cos". */
  readonly annealStrategy?: "cos" | "linear";
  /** Whether momentum (or betas[0]) falls while the rate rises; default true. */
  readonly cycleMomentum?: boolean;
  /** Momentum at the maximum of the rate, in 0..1. Default 0.85. */
  readonly baseMomentum?: number;
  /** Momentum at the start and the end, in 0..1. Default 0.95. */
  readonly maxMomentum?: number;
  /** The first rate is maxLr / divFactor; default 25. */
  readonly divFactor?: number;
  /** The last rate is the first / finalDivFactor; default 1e4. */
  readonly finalDivFactor?: number;
  /** Whether the rate falls to the first rate as fast as it rose, and only then to the last; default false. */
  readonly threePhase?: boolean;
}

/** The rate at both ends of a phase; momentum changes in the opposite direction. */
interface RatePhase {
  /** The last step of the phase. */
  readonly end: number;
  readonly lr: readonly [from: number, to: number];
  readonly rising: boolean | undefined;
}

/**
 * The one-cycle policy (Smith and Topin 2018), as torch's OneCycleLR: the rate rises from maxLr / divFactor to maxLr and
 * then falls far below, while momentum changes in the opposite direction. Call `step()` once per batch. The last step of
 * the cycle is totalSteps − 1; one more call keeps its values, and further calls throw `ValueError`.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { parameter } from "wgrad/nn";
 * import { OneCycleLR, SGD } from "wgrad/optim";
 * const optimizer = new SGD([parameter(tensor([1]))], { lr: 0.1 });
 * const schedule = new OneCycleLR(optimizer, { maxLr: 1, totalSteps: 10 });
 * for (let step = 0; step < 2; step++) schedule.step(); // after each optimizer.step()
 * console.log(optimizer.lr); // 1
 * ```
 */
export class OneCycleLR extends Schedule {
  static readonly signature = /* @__PURE__ */ signature("OneCycleLR", {
    optimizer: optimizerKind,
    options: options<OneCycleOptions>({
      maxLr: required(either(number, list(number))),
      totalSteps: required(number),
      pctStart: number,
      annealStrategy: oneOf("cos", "linear"),
      cycleMomentum: boolean,
      baseMomentum: number,
      maxMomentum: number,
      divFactor: number,
      finalDivFactor: number,
      threePhase: boolean,
    }),
  });

  constructor(optimizer: Scheduled, given: OneCycleOptions) {
    checkArguments(OneCycleLR.signature, arguments);
    check(optimizer, given);
    const { maxLr, totalSteps, cycleMomentum = true } = given;
    const { baseMomentum = 0.85, maxMomentum = 0.95, annealStrategy = "cos" } = given;
    const peaks = forGroups("OneCycleLR", "maxLr", maxLr, optimizer);
    const shape = shapes[annealStrategy];
    super(optimizer, (_, t, group) => {
      if (t > totalSteps) {
        throw new ValueError(
          `OneCycleLR: expected at most ${totalSteps} steps, got ${t}; give the number of batches of all epochs`,
        );
      }
      const phases = phasesOf(peaks[group] as number, given);
      const which = Math.max(
        0,
        phases.findIndex(({ end }) => t <= end),
      );
      const found = t > totalSteps - 1 ? phases.length - 1 : which;
      const { end, lr, rising } = phases[found] as RatePhase;
      const begin = phases[found - 1]?.end ?? 0;
      const share = end > begin ? Math.min(1, (t - begin) / (end - begin)) : 1;
      const between = (from: number, to: number) => from + (to - from) * shape(share);
      const rate = between(...lr);
      if (!cycleMomentum) return { lr: rate };
      if (rising === undefined) return { lr: rate, momentum: maxMomentum };
      const ends = rising
        ? ([maxMomentum, baseMomentum] as const)
        : ([baseMomentum, maxMomentum] as const);
      return { lr: rate, momentum: between(...ends) };
    });
  }
}

/** Interpolation: the fraction of the change that is done. */
const shapes = {
  cos: (share: number) => (1 - Math.cos(Math.PI * share)) / 2,
  linear: (share: number) => share,
};

function phasesOf(peak: number, options: OneCycleOptions): RatePhase[] {
  const { totalSteps, pctStart = 0.3, divFactor = 25, finalDivFactor = 1e4 } = options;
  const first = peak / divFactor;
  const last = first / finalDivFactor;
  const rise: RatePhase = { end: pctStart * totalSteps - 1, lr: [first, peak], rising: true };
  const end = totalSteps - 1;
  if (!options.threePhase) return [rise, { end, lr: [peak, last], rising: false }];
  const middle = 2 * pctStart * totalSteps - 2;
  return [
    rise,
    { end: middle, lr: [peak, first], rising: false },
    { end, lr: [first, last], rising: undefined },
  ];
}

function check({ groups }: Scheduled, options: OneCycleOptions): void {
  const { maxLr, totalSteps, pctStart = 0.3, divFactor = 25, finalDivFactor = 1e4 } = options;
  const { cycleMomentum = true, baseMomentum = 0.85, maxMomentum = 0.95 } = options;
  checkCount("OneCycleLR", "totalSteps", totalSteps);
  for (const rate of [maxLr].flat()) checkRange("OneCycleLR", "maxLr", rate, 0);
  checkRange("OneCycleLR", "pctStart", pctStart, 0, options.threePhase ? 0.5 : 1);
  checkRange("OneCycleLR", "divFactor", divFactor, Number.MIN_VALUE);
  checkRange("OneCycleLR", "finalDivFactor", finalDivFactor, Number.MIN_VALUE);
  checkRange("OneCycleLR", "baseMomentum", baseMomentum, 0, 1);
  checkRange("OneCycleLR", "maxMomentum", maxMomentum, 0, 1);
  if (!cycleMomentum || groups.every(({ betas, momentum }) => betas || momentum !== undefined)) {
    return;
  }
  throw new ValueError(
    "OneCycleLR: expected an optimiser with momentum or betas, got one without; pass cycleMomentum: false",
  );
}
