import { ValueError } from "../../core/errors.ts";
import { seeded } from "../../core/rng.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { type ClassWeight, classWeightsOf } from "../class_weight.ts";
import { scalingOf } from "../columns.ts";
import type { FitOptions } from "../fit_options.ts";
import { fitKinds, labels as labelsKind, labelValues, samples, targets } from "../kinds.ts";
import {
  checkLabels,
  distinct,
  type Label,
  type LabelInput,
  type Labels,
  type LabelValues,
  named,
  readLabels,
  valuesOf,
} from "../labels.ts";
import { type FitWeights, readWeights } from "../sample_weight.ts";
import { type HostMatrix, readMatrix, type Samples } from "../samples.ts";
import {
  type DescentSettings,
  descendSamples,
  noWeights,
  type Weights,
} from "./descend_samples.ts";
import type { SavedLinearClassifier } from "./fitted_linear_classifier.ts";

/** What `partialFit` of classifiers takes besides X and y. */
export interface SGDPartialFitOptions extends FitWeights, FitOptions {
  readonly signal?: AbortSignal;
  /** All labels there will be, in the first call. Default those of its y. */
  readonly classes?: LabelValues;
}

/** Checks the arguments of `partialFit` of a classifier. */
export function checkPartialFit(name: string, args: ArrayLike<unknown>): void {
  const given = options<SGDPartialFitOptions>({
    ...fitKinds,
    sampleWeight: targets,
    classes: labelValues,
  });
  const kinds = { X: samples, y: labelsKind, options: given };
  checkArguments(signature(`${name}.partialFit`, kinds), args);
}

/** A linear classifier while it learns. */
export interface Learning<L extends Label = Label> {
  readonly classes: readonly L[];
  readonly outputs: readonly Weights[];
  /** Where its samples are, for predictions: not part of what is learned. */
  readonly shift: Float64Array; // [features]
  /** Updates made of each output, plus 1. */
  readonly step: number;
  /** Calls of `partialFit` made. */
  readonly calls: number;
}

export interface Teaching {
  readonly who: string;
  readonly settings: DescentSettings;
  readonly classWeight: ClassWeight | undefined;
  readonly randomState: number;
}

/** A fit from nothing: X and y are checked, then learned from. */
export async function learnAll(
  teaching: Teaching,
  X: Samples,
  y: LabelInput,
  { sampleWeight, ...between }: FitWeights & FitOptions,
) {
  const { who } = teaching;
  between.signal?.throwIfAborted();
  const matrix = await readMatrix(who, X);
  const labels = await readLabels<Label>(who, y, matrix.samples);
  const weights = await readWeights(who, sampleWeight, matrix.samples);
  return learn(teaching, started(matrix, labels.classes), matrix, labels.index, weights, between);
}

/** One pass over a part of the data; goes on from `before`, which stays as it is. */
export async function learnPart(
  teaching: Teaching,
  before: Learning | undefined,
  X: Samples,
  y: LabelInput,
  { sampleWeight, classes, ...between }: SGDPartialFitOptions,
) {
  const { who, settings } = teaching;
  between.signal?.throwIfAborted();
  if (teaching.classWeight === "balanced") {
    throw new ValueError(
      `${who}: expected classWeight as numbers in partialFit, got "balanced"; the classes' shares are not known from a part`,
    );
  }
  const features = before && { features: before.shift.length };
  const matrix = await readMatrix(who, X, features);
  const labels = await readLabels<Label>(who, y, matrix.samples, { atLeast: 1 });
  const weights = await readWeights(who, sampleWeight, matrix.samples);
  const all = before?.classes ?? allClasses(who, labels, classes);
  const index = positionsIn(who, all, labels);
  const once = { ...settings, maxIter: 1, tol: Number.NEGATIVE_INFINITY };
  return learn(
    { ...teaching, settings: once },
    before ?? started(matrix, all),
    matrix,
    index,
    weights,
    between,
  );
}

function allClasses(who: string, found: Labels, given: LabelValues | undefined): readonly Label[] {
  const list = given && checkLabels<Label>(who, given, { name: "classes" });
  const classes = list ? distinct(valuesOf<Label>(list)) : found.classes;
  if (classes.length >= 2) return classes;
  throw new ValueError(
    `${who}: expected at least 2 classes, got only ${named(classes)}; name all there will be in classes of the first partialFit`,
  );
}

function positionsIn(who: string, all: readonly Label[], { classes, index }: Labels) {
  const places = classes.map((label) => all.indexOf(label));
  const stranger = places.indexOf(-1);
  if (stranger >= 0) {
    throw new ValueError(
      `${who}: expected labels of classes ${named(all)}, got ${named([classes[stranger] as Label])}; name all in classes of the first partialFit`,
    );
  }
  return index.map((own) => places[own] as number);
}

function started(matrix: HostMatrix, classes: readonly Label[]): Learning {
  const count = classes.length === 2 ? 1 : classes.length;
  const outputs = Array.from({ length: count }, () => noWeights(matrix.features));
  return { classes, outputs, shift: scalingOf(matrix, true).shift, step: 1, calls: 0 };
}

/** Every output learns its class against all others; of two classes, the second against the first. */
async function learn(
  { who, settings, classWeight, randomState }: Teaching,
  before: Learning,
  matrix: HostMatrix,
  index: Uint32Array,
  weights: Float64Array,
  between: FitOptions,
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
  return { state, model: modelOf(who, state, settings.average, { nIter, converged }) };
}

/** The model as it goes out; averaged weights where there are enough updates for them. */
function modelOf(
  who: string,
  { classes, outputs, shift, step }: Learning,
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
    ...ends,
  };
}
