import { crossValScore, type FitControl, KFold, SVC, SVR } from "wgrad/ml";
import type { Domain, Sample, Scene } from "./scene.ts";
import type { Settings } from "./settings.ts";

/** Points on each side of the grid on which decisions are drawn. */
export const SIDE = 96;
/** Number of points of a curve. */
const ALONG = 241;
/** Iterations after which a fit that has not converged is shown as it is. */
const MOST_STEPS = 300_000;

/** Result of a fit, as far as it can be drawn. */
export interface Learned {
  /**
   * For each class its decision values on the grid, row by row from the top: above 0 where the class is predicted. Two
   * classes have one entry, for the second.
   */
  readonly heights: readonly Float32Array[];
  /** The curve of a regression, from left to right. */
  readonly curve: readonly { readonly x: number; readonly y: number }[];
  /** Indices of the support vectors. */
  readonly support: ReadonlySet<number>;
  /** Accuracy, or R² of a regression. */
  readonly score: number;
  readonly objective: number;
  readonly steps: number;
  readonly converged: boolean;
  readonly gamma: number;
  /** Labels of the classes. */
  readonly classes: readonly number[];
  readonly seconds: number;
}

const kernelOf = ({ kernel, C, gamma, degree, coef0 }: Settings) => ({
  ...{ kernel, C, degree, coef0, maxIter: MOST_STEPS },
  gamma: gamma === 0 ? ("scale" as const) : gamma,
});

/** Fits a machine to the samples of a scene; undefined if there are too few. */
export async function learn(
  { samples, domain }: Scene,
  settings: Settings,
  options: FitControl,
): Promise<Learned | undefined> {
  if (settings.task === "regress") {
    return samples.length < 2 ? undefined : followed(samples, domain, settings, options);
  }
  if (new Set(samples.map(({ label }) => label)).size < 2) return undefined;
  return classified(samples, domain, settings, options);
}

/** Number of parts in cross-validation. */
export const FOLDS = 5;

/**
 * Mean accuracy, or R², of cross-validation with a machine of these settings; undefined if there are too few samples of
 * a class.
 */
export async function heldOutScore(
  { samples }: Scene,
  settings: Settings,
  signal: AbortSignal,
): Promise<number | undefined> {
  const regress = settings.task === "regress";
  const counts = new Map<number, number>();
  for (const { label } of samples) counts.set(label, (counts.get(label) ?? 0) + 1);
  if (Math.min(...counts.values()) < FOLDS || (!regress && counts.size < 2)) return undefined;
  const X = samples.map(({ x, y }) => (regress ? [x] : [x, y]));
  const targets = samples.map(({ y, label }) => (regress ? y : label));
  const { epsilon } = settings;
  const machine = regress
    ? new SVR({ ...kernelOf(settings), epsilon })
    : new SVC(kernelOf(settings));
  const cv = regress ? new KFold({ nSplits: FOLDS, shuffle: true, randomState: 0 }) : FOLDS;
  const scores = await crossValScore(machine, X, targets, { cv, signal });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

async function classified(
  samples: readonly Sample[],
  domain: Domain,
  settings: Settings,
  options: FitControl,
): Promise<Learned> {
  const X = samples.map(({ x, y }) => [x, y]);
  const labels = samples.map(({ label }) => label);
  const began = performance.now();
  const machine = new SVC({ ...kernelOf(settings), decisionFunctionShape: "ovo" });
  const model = await machine.fit(X, labels, options);
  const seconds = (performance.now() - began) / 1000;
  const { data, shape } = await model.decisionFunction(grid(domain));
  return {
    heights: separate(data, shape[1], model.classes.length),
    curve: [],
    support: new Set(model.support),
    score: await model.score(X, labels),
    objective: model.dualObjective.reduce((a, b) => a + b, 0),
    steps: model.nIter.reduce((a, b) => a + b, 0),
    converged: model.converged,
    gamma: model.kernel.gamma,
    classes: [...model.classes],
    seconds,
  };
}

async function followed(
  samples: readonly Sample[],
  [left, right]: Domain,
  settings: Settings,
  options: FitControl,
): Promise<Learned> {
  const X = samples.map(({ x }) => [x]);
  const targets = samples.map(({ y }) => y);
  const began = performance.now();
  const machine = new SVR({ ...kernelOf(settings), epsilon: settings.epsilon });
  const model = await machine.fit(X, targets, options);
  const seconds = (performance.now() - began) / 1000;
  const xs = Array.from({ length: ALONG }, (_, i) => left + ((right - left) * i) / (ALONG - 1));
  const ys = await model.predict(xs.map((x) => [x]));
  return {
    heights: [],
    curve: xs.map((x, i) => ({ x, y: Number(ys[i]) })),
    support: new Set(model.support),
    score: await model.score(X, targets),
    objective: model.dualObjective,
    steps: model.nIter,
    converged: model.converged,
    gamma: model.kernel.gamma,
    classes: [],
    seconds,
  };
}

/** Points of a grid over the plane, row by row from the top left to the bottom right. */
function grid([left, right, bottom, top]: Domain) {
  const data = new Float32Array(2 * SIDE * SIDE);
  for (let j = 0; j < SIDE; j++) {
    for (let i = 0; i < SIDE; i++) {
      data[2 * (j * SIDE + i)] = left + ((right - left) * i) / (SIDE - 1);
      data[2 * (j * SIDE + i) + 1] = top - ((top - bottom) * j) / (SIDE - 1);
    }
  }
  return { data, shape: [SIDE * SIDE, 2] as const };
}

/** Decision values [points, 1] unchanged; of [points, pairs], for each class the smallest of its pairwise values. */
function separate(decisions: Float64Array, machines: number, classes: number): Float32Array[] {
  if (machines === 1) return [Float32Array.from(decisions)];
  const pairs = Array.from({ length: classes }, (_, a) => a).flatMap((a) =>
    Array.from({ length: classes - a - 1 }, (_, b) => [a, a + 1 + b] as const),
  );
  return Array.from({ length: classes }, (_, c) =>
    Float32Array.from({ length: decisions.length / machines }, (_v, at) =>
      pairs.reduce((least, [a, b], k) => {
        if (a !== c && b !== c) return least;
        const decision = Number(decisions[at * machines + k]);
        return Math.min(least, a === c ? decision : -decision);
      }, Number.POSITIVE_INFINITY),
    ),
  );
}
