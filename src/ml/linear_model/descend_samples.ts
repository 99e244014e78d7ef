import { ValueError } from "../../core/errors.ts";
import { permutation, type Random } from "../../core/rng.ts";
import { betweenRounds, type FitControl } from "../fit_options.ts";
import { Pauses } from "../pause.ts";
import type { HostMatrix } from "../samples.ts";
import { type HoldBack, holdBack } from "./held_back.ts";
import type { Learned } from "./learned.ts";
import type { SampleLoss } from "./sgd_losses.ts";

/**
 * How the rate η decreases with the step t: "optimal" is 1 / (α · (t₀ + t)) by Bottou, "constant" is η₀, "invscaling" is η₀
 * / t^powerT, "adaptive" is η₀, divided by five after passes without progress.
 */
export type LearningRate = "optimal" | "constant" | "invscaling" | "adaptive";

/** Settings of the descent of one output. */
export interface DescentSettings {
  readonly loss: SampleLoss;
  /** α in the rates of "optimal". */
  readonly alpha: number;
  /** Weight of ‖w‖₁. */
  readonly l1: number;
  /** Weight of ½‖w‖². */
  readonly l2: number;
  readonly learningRate: LearningRate;
  readonly eta0: number;
  readonly powerT: number;
  readonly fitIntercept: boolean;
  readonly shuffle: boolean;
  readonly maxIter: number;
  /** Minimum improvement; −∞: all passes are made. */
  readonly tol: number;
  readonly nIterNoChange: number;
  /** Held-out samples, whose score decides when it ends instead of the mean loss. */
  readonly holdBack?: HoldBack;
  /** Number of updates from which on the weights are averaged; 0: never. */
  readonly average: number;
}

/** The weights of one output, from which the descent continues. */
export interface Weights {
  readonly coef: Float64Array<ArrayBuffer>; // [features]
  readonly meanCoef: Float64Array<ArrayBuffer>; // [features], averaged
  intercept: number;
  meanIntercept: number;
}

/** The weights as plain numbers, which JSON preserves exactly. */
export const savedWeights = ({ coef, meanCoef, intercept, meanIntercept }: Weights) => ({
  ...{ coef: [...coef], meanCoef: [...meanCoef], intercept, meanIntercept },
});

/** Weights restored from the result of `savedWeights`, as copies. */
export const loadedWeights = (saved: Learned["outputs"][number]): Weights => ({
  ...saved,
  ...{ coef: Float64Array.from(saved.coef), meanCoef: Float64Array.from(saved.meanCoef) },
});

export const noWeights = (features: number): Weights => ({
  coef: new Float64Array(features),
  meanCoef: new Float64Array(features),
  intercept: 0,
  meanIntercept: 0,
});

/** Training data of an output: y, ±1 for classes, and the weight of each sample. */
export interface Lessons {
  readonly y: Float64Array; // [samples]
  readonly weight: Float64Array; // [samples]
  /** Names of the classes −1 and 1 in errors. */
  readonly called?: readonly [others: string, own: string];
}

/** State of a descent within its fit. */
export interface Course extends FitControl {
  /** Number of previous updates, plus 1. */
  readonly step: number;
  readonly random: Random;
  /** Number of previous passes of other outputs, for progress. */
  readonly before: number;
}

/** Larger slopes are clipped, so that a single step stays finite. */
const MOST_SLOPE = 1e12;
/** An adaptive rate below this ends the descent. */
const LEAST_RATE = 1e-6;

/**
 * Stochastic gradient descent (Bottou 2010) in float64 on the host: one update per sample, in scikit-learn's order of
 * operations; ‖w‖₁ with cumulative penalties (Tsuruoka, Tsujii and Ananiadou 2009). Changes `weights`. Throws `ValueError`
 * if they overflow.
 */
export async function descendSamples(
  who: string,
  matrix: HostMatrix,
  lessons: Lessons,
  weights: Weights,
  settings: DescentSettings,
  { step, random, before, ...between }: Course,
): Promise<{ readonly nIter: number; readonly converged: boolean }> {
  const { maxIter, tol, nIterNoChange, learningRate, shuffle } = settings;
  const pass = new SamplePass(matrix, lessons, weights, settings, step);
  const held = settings.holdBack && holdBack(who, matrix, lessons, settings.holdBack, random);
  const rows = held?.rows ?? Uint32Array.from(lessons.y.keys());
  const mixed = () => permutation(rows.length, random).map((at) => rows[at] as number);
  const pauses = new Pauses();
  let [best, waited] = [Number.POSITIVE_INFINITY, 0];
  for (let nIter = 1; nIter <= maxIter; nIter++) {
    const loss = pass.over(shuffle ? mixed() : rows) / rows.length;
    checkFinite(who, weights, nIter);
    await betweenRounds(between, {
      iteration: before + nIter,
      maxIterations: before + maxIter,
      value: loss,
    });
    await pauses.turn();
    const reached = held ? -held.score(weights) : loss;
    waited = tol !== Number.NEGATIVE_INFINITY && reached > best - tol ? waited + 1 : 0;
    best = Math.min(best, reached);
    if (waited < nIterNoChange) continue;
    if (learningRate !== "adaptive" || pass.rate <= LEAST_RATE) return { nIter, converged: true };
    pass.rate /= 5;
    waited = 0;
  }
  return { nIter: maxIter, converged: false };
}

function checkFinite(who: string, { coef, intercept }: Weights, nIter: number): void {
  if (Number.isFinite(intercept) && coef.every(Number.isFinite)) return;
  throw new ValueError(
    `${who}: expected weights that stay finite, got an overflow in pass ${nIter}; scale the features (StandardScaler), or lower eta0`,
  );
}

/** Passes over the samples, with the state that updates share. */
class SamplePass {
  /** The current rate, for rates that do not depend on the number of updates. */
  rate: number;
  readonly #matrix: HostMatrix;
  readonly #lessons: Lessons;
  readonly #weights: Weights;
  readonly #settings: DescentSettings;
  readonly #first: number;
  #step: number;
  /** Cumulative ‖w‖₁ penalties: what is due for every weight, and what each has received. */
  #due = 0;
  readonly #had: Float64Array; // [features]

  constructor(
    matrix: HostMatrix,
    lessons: Lessons,
    weights: Weights,
    settings: DescentSettings,
    step: number,
  ) {
    this.#matrix = matrix;
    this.#lessons = lessons;
    this.#weights = weights;
    this.#settings = settings;
    this.#step = step;
    this.rate = settings.eta0;
    this.#first = settings.learningRate === "optimal" ? firstStep(settings) : 0;
    this.#had = new Float64Array(matrix.features);
  }

  /** One pass; returns Σ loss, each before the update with its sample. */
  over(order: Uint32Array): number {
    const { host, features } = this.#matrix;
    const { y, weight } = this.#lessons;
    const { loss } = this.#settings;
    const { coef } = this.#weights;
    let sum = 0;
    for (const i of order) {
      const x = host.subarray(i * features, (i + 1) * features);
      let p = this.#weights.intercept;
      for (let c = 0; c < features; c++) p += (coef[c] as number) * (x[c] as number);
      const target = y[i] as number;
      sum += loss.loss(p, target);
      const slope = Math.max(-MOST_SLOPE, Math.min(MOST_SLOPE, loss.slope(p, target)));
      this.#learn(x, slope * (weight[i] as number));
      this.#step++;
    }
    return sum;
  }

  #learn(x: Float64Array, slope: number): void {
    const { l1, l2, fitIntercept, average } = this.#settings;
    const weights = this.#weights;
    const { coef } = weights;
    const rate = this.#rate();
    const update = -rate * slope;
    const kept = Math.max(0, 1 - rate * l2);
    for (let c = 0; c < coef.length; c++) {
      coef[c] = (coef[c] as number) * kept + update * (x[c] as number);
    }
    if (fitIntercept) weights.intercept += update;
    if (average > 0 && average <= this.#step) addToMean(weights, this.#step - average + 1);
    if (l1 > 0) this.#shrink(rate * l1);
  }

  #rate(): number {
    const { learningRate, alpha, eta0, powerT } = this.#settings;
    if (learningRate === "optimal") return 1 / (alpha * (this.#first + this.#step - 1));
    if (learningRate === "invscaling") return eta0 / this.#step ** powerT;
    return this.rate;
  }

  /** Moves every weight towards 0 by the penalty that is due, but not beyond 0. */
  #shrink(more: number): void {
    this.#due += more;
    const { coef } = this.#weights;
    const had = this.#had;
    for (let c = 0; c < coef.length; c++) {
      const before = coef[c] as number;
      if (before > 0) coef[c] = Math.max(0, before - (this.#due + (had[c] as number)));
      else if (before < 0) coef[c] = Math.min(0, before + (this.#due - (had[c] as number)));
      had[c] = (had[c] as number) + (coef[c] as number) - before;
    }
  }
}

function addToMean(weights: Weights, count: number): void {
  const { coef, meanCoef } = weights;
  for (let c = 0; c < coef.length; c++) {
    const before = meanCoef[c] as number;
    meanCoef[c] = before + ((coef[c] as number) - before) / count;
  }
  weights.meanIntercept += (weights.intercept - weights.meanIntercept) / count;
}

/** Initial count of "optimal" rates, such that the first rate suits weights of a typical size (Bottou). */
function firstStep({ loss, alpha }: DescentSettings): number {
  const typical = Math.sqrt(1 / Math.sqrt(alpha));
  const rate = typical / Math.max(1, loss.slope(-typical, 1));
  return 1 / (rate * alpha);
}
