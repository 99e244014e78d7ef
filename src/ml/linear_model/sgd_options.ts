import { ValueError } from "../../core/errors.ts";
import { boolean, either, integer, number } from "../../core/kinds.ts";
import { choice } from "../kinds.ts";
import type { DescentSettings, LearningRate } from "./descend_samples.ts";
import { type ClassificationLoss, sampleLosses } from "./sgd_losses.ts";

/** Options shared by `SGDClassifier` and `SGDRegressor`. */
export interface SGDOptions {
  /** Penalty: ½‖w‖², ‖w‖₁, both as given by `l1Ratio`, or none. Default "l2". */
  readonly penalty?: "l2" | "l1" | "elasticnet" | "none";
  /** Factor of the penalty, ≥ 0; it also determines the rates of "optimal". Default 1e-4. */
  readonly alpha?: number;
  /** Fraction of ‖w‖₁ in the penalty of "elasticnet", in [0, 1]. Default 0.15. */
  readonly l1Ratio?: number;
  /** Whether an intercept is learned. Default true. */
  readonly fitIntercept?: boolean;
  /** Maximum number of passes over the samples. Default 1000. */
  readonly maxIter?: number;
  /**
   * A pass counts as an improvement if its mean loss is this much below the best or, with `earlyStopping`, its score above
   * the best; −Infinity: all passes are made. Default 1e-3.
   */
  readonly tol?: number;
  /** Number of passes without improvement after which it ends. Default 5. */
  readonly nIterNoChange?: number;
  /**
   * Whether some samples are held out, and passes are judged by the predictions for them: by accuracy, or R² for the
   * regressor. For classes the split is stratified. Not for `partialFit`. Default false.
   */
  readonly earlyStopping?: boolean;
  /** Fraction of the samples that `earlyStopping` holds out, in (0, 1). Default 0.1. */
  readonly validationFraction?: number;
  /** Whether the samples are shuffled before every pass. Default true. */
  readonly shuffle?: boolean;
  /** Width of the interval that is quadratic for "huber" and without loss for "epsilonInsensitive". Default 0.1. */
  readonly epsilon?: number;
  /**
   * The rate of update t: "optimal" 1 / (alpha · (t + t₀)), "invscaling" eta0 / t^powerT, "constant" eta0, "adaptive" eta0,
   * divided by 5 whenever passes bring no improvement. Default "optimal" for the classifier, "invscaling" for the
   * regressor.
   */
  readonly learningRate?: LearningRate;
  /** Initial rate. Default 0 for the classifier, since "optimal" does not use it; 0.01 for the regressor. */
  readonly eta0?: number;
  /** Exponent of "invscaling". Default 0.5 for the classifier, 0.25 for the regressor. */
  readonly powerT?: number;
  /** Whether the weights are averaged over all updates, or from a number of updates on. Default false. */
  readonly average?: boolean | number;
  /** Seed of the shuffle. Default 0. */
  readonly randomState?: number;
}

export const sgdKinds = {
  penalty: /* @__PURE__ */ choice("l2", "l1", "elasticnet", "none"),
  alpha: number,
  l1Ratio: number,
  fitIntercept: boolean,
  maxIter: number,
  tol: number,
  nIterNoChange: number,
  earlyStopping: boolean,
  validationFraction: number,
  shuffle: boolean,
  epsilon: number,
  learningRate: /* @__PURE__ */ choice("optimal", "constant", "invscaling", "adaptive"),
  eta0: number,
  powerT: number,
  average: /* @__PURE__ */ either(boolean, integer),
  randomState: integer,
};

type Defaults = Required<Pick<SGDOptions, "learningRate" | "eta0" | "powerT">> & {
  readonly loss: ClassificationLoss;
  /** Whether y are labels. */
  readonly classes: boolean;
};

/** The settings of a descent. Throws `ValueError` for numbers out of range. */
export function sgdSettings(
  who: string,
  { penalty = "l2", l1Ratio = 0.15, epsilon = 0.1, average = false, ...given }: SGDOptions,
  defaults: Defaults,
): DescentSettings {
  const { loss, learningRate, eta0, powerT } = { ...defaults, ...given };
  const { alpha = 1e-4, maxIter = 1000, tol = 1e-3, nIterNoChange = 5 } = given;
  const { fitIntercept = true, shuffle = true } = given;
  const { earlyStopping = false, validationFraction: fraction = 0.1 } = given;
  const fixed = learningRate !== "optimal";
  const whole = (n: number) => Number.isInteger(n) && n >= 1;
  const positive = (n: number) => n > 0 && Number.isFinite(n);
  const rules: readonly (readonly [holds: boolean, expected: string, got: number])[] = [
    [Number.isFinite(alpha) && alpha >= 0, "alpha ≥ 0", alpha],
    [fixed || alpha > 0, 'alpha > 0 for learningRate "optimal"', alpha],
    [l1Ratio >= 0 && l1Ratio <= 1, "l1Ratio in [0, 1]", l1Ratio],
    [!fixed || positive(eta0), `eta0 > 0 for learningRate "${learningRate}"`, eta0],
    [Number.isFinite(powerT), "a finite powerT", powerT],
    [Number.isFinite(epsilon) && epsilon >= 0, "epsilon ≥ 0", epsilon],
    [whole(maxIter), "a whole maxIter ≥ 1", maxIter],
    [fraction > 0 && fraction < 1, "validationFraction in (0, 1)", fraction],
    [whole(nIterNoChange), "a whole nIterNoChange ≥ 1", nIterNoChange],
    [tol >= 0 || tol === Number.NEGATIVE_INFINITY, "tol ≥ 0 or −Infinity", tol],
    [Number(average) >= 0, "average ≥ 0", Number(average)],
  ];
  const broken = rules.find(([holds]) => !holds);
  if (broken) {
    const [, expected, got] = broken;
    throw new ValueError(`${who}: expected ${expected}, got ${got}; leave it out for the default`);
  }
  const share = { l2: 0, l1: 1, elasticnet: l1Ratio, none: 0 }[penalty];
  return {
    ...{ loss: sampleLosses[loss](epsilon), learningRate, eta0, powerT, alpha },
    l1: alpha * share,
    l2: penalty === "none" ? 0 : alpha * (1 - share),
    ...{ fitIntercept, shuffle, maxIter, tol, nIterNoChange },
    ...(earlyStopping && { holdBack: { fraction, classes: defaults.classes } }),
    average: Number(average),
  };
}
