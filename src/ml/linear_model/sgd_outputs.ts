import { ValueError } from "../../core/errors.ts";
import { seeded } from "../../core/rng.ts";
import { type ClassWeight, classWeightsOf } from "../class_weight.ts";
import { scalingOf } from "../columns.ts";
import type { FitControl } from "../fit_options.ts";
import { type Label, type LabelInput, type LabelKind, named } from "../labels.ts";
import { type PartialFitOptions, readPartLabels } from "../partial_fit.ts";
import { type FitWeights, readClassification, readWeights } from "../sample_weight.ts";
import { type HostMatrix, readMatrix, type Samples } from "../samples.ts";
import {
  type DescentSettings,
  descendSamples,
  loadedWeights,
  noWeights,
  savedWeights,
  type Weights,
} from "./descend_samples.ts";
import { FittedLinearClassifier, type SavedLinearClassifier } from "./fitted_linear_classifier.ts";
import { checkParts } from "./held_back.ts";

/** State of a linear classifier during learning. */
export interface Learning<L extends Label = Label> {
  readonly classes: readonly L[];
  readonly outputs: readonly Weights[];
  /** Near the samples, for predictions; not learned. */
  readonly shift: Float64Array; // [features]
  /** Number of updates of each output, plus 1. */
  readonly step: number;
  /** Number of calls of `fit` and `partialFit`. */
  readonly calls: number;
}

export interface Teaching {
  readonly who: string;
  readonly settings: DescentSettings;
  readonly classWeight: ClassWeight | undefined;
  readonly randomState: number;
}

/** A new fit: checks X and y, then learns from them. */
export async function learnAll(
  teaching: Teaching,
  X: Samples,
  y: LabelInput,
  { sampleWeight, ...between }: FitWeights & FitControl,
) {
  const { who } = teaching;
  between.signal?.throwIfAborted();
  const { matrix, labels, weights } = await readClassification<Label>(who, X, y, sampleWeight);
  return learn(teaching, started(matrix, labels.classes), matrix, labels.index, weights, between);
}

/** One pass over a part of the data, continuing from `model`, which is not changed. */
export async function learnPart<L extends Label>(
  teaching: Teaching,
  X: Samples,
  y: LabelInput<L>,
  options: PartialFitOptions<LabelKind<L>, FittedLinearClassifier<LabelKind<L>>>,
) {
  const { settings } = teaching;
  const who = `${teaching.who}.partialFit`;
  const { model, sampleWeight, signal } = options;
  signal?.throwIfAborted();
  if (teaching.classWeight === "balanced") {
    throw new ValueError(
      `${who}: expected classWeight as numbers, got "balanced"; the classes' shares are not known from a part`,
    );
  }
  checkParts(who, settings);
  const before = model?.toJSON();
  const matrix = await readMatrix(who, X, before && { features: before.shift.length });
  const labels = await readPartLabels<LabelKind<L>>(who, y, matrix.samples, options);
  const weights = await readWeights(who, sampleWeight, matrix.samples);
  const once = { ...settings, maxIter: 1, tol: Number.NEGATIVE_INFINITY };
  const start = before ? resumed(before) : started(matrix, labels.classes);
  return learn(
    { ...teaching, settings: once },
    start,
    matrix,
    labels.index,
    weights,
    signal ? { signal } : {},
  );
}

/** Whether `partialFit` can continue from a model of this estimator. */
export const isLearner =
  (estimator: string) =>
  (value: unknown): boolean =>
    value instanceof FittedLinearClassifier &&
    value.estimator === estimator &&
    value.toJSON().learned !== undefined;

function resumed({ classes, learned, shift }: SavedLinearClassifier): Learning {
  const { outputs = [], step = 1, calls = 0 } = learned ?? {};
  return {
    ...{ classes, step, calls, outputs: outputs.map(loadedWeights) },
    shift: Float64Array.from(shift),
  };
}

function started(matrix: HostMatrix, classes: readonly Label[]): Learning {
  const count = classes.length === 2 ? 1 : classes.length;
  const outputs = Array.from({ length: count }, () => noWeights(matrix.features));
  return { classes, outputs, shift: scalingOf(matrix, true).shift, step: 1, calls: 0 };
}

/** Learns every output: its class against the rest; for two classes, the second against the first. */
async function learn(
  { who, settings, classWeight, randomState }: Teaching,
  before: Learning,
  matrix: HostMatrix,
  index: Uint32Array,
  weights: Float64Array,
  between: FitControl,
) {
  const { classes } = before;
  const ofClass = classWeightsOf(who, classWeight, { classes, index: Uint32Array.from(index) });
  const outputs = before.outputs.map((output) => structuredClone(output));
  let [nIter, converged] = [0, true];
  for (const [k, output] of outputs.entries()) {
    const two = outputs.length === 1;
    const own = two ? 1 : k;
    const counts = (c: number) => (two || c === k ? (ofClass[c] as number) : 1);
    const lessons = {
      y: Float64Array.from(index, (c) => (c === own ? 1 : -1)),
      weight: weights.map((w, i) => w * counts(index[i] as number)),
      called: [
        two ? named(classes.slice(0, 1)) : `other than ${named(classes.slice(own, own + 1))}`,
        named(classes.slice(own, own + 1)),
      ] as const,
    };
    const found = await descendSamples(who, matrix, lessons, output, settings, {
      ...between,
      step: before.step,
      random: seeded(randomState + before.calls),
      before: k * settings.maxIter,
    });
    nIter = Math.max(nIter, found.nIter);
    converged &&= found.converged;
  }
  const step = before.step + nIter * matrix.samples;
  const state: Learning = { ...before, outputs, step, calls: before.calls + 1 };
  return modelOf(who, state, settings.average, { nIter, converged });
}

/** The fitted model; with averaged weights if there have been enough updates. */
function modelOf(
  who: string,
  { classes, outputs, shift, step, calls }: Learning,
  average: number,
  ends: { readonly nIter: number; readonly converged: boolean },
): SavedLinearClassifier {
  const mean = average > 0 && average <= step - 1;
  return {
    estimator: who,
    classes,
    coef: outputs.flatMap(({ coef, meanCoef }) => [...(mean ? meanCoef : coef)]),
    intercept: outputs.map(({ intercept, meanIntercept }) => (mean ? meanIntercept : intercept)),
    shift: [...shift],
    learned: { outputs: outputs.map(savedWeights), step, calls },
    ...ends,
  };
}
