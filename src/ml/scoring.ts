import { checkArguments, options, signature } from "../core/signature.ts";
import { labels, samples, targets } from "./kinds.ts";
import { type Label, type LabelInput, type LabelList, readLabelList } from "./labels.ts";
import { accuracyScore } from "./metrics/classification.ts";
import { r2Score } from "./metrics/regression.ts";
import { readWeights } from "./sample_weight.ts";
import { readTargets, type Samples, type Targets } from "./samples.ts";

/** Options of `score` of fitted models. */
export interface ScoreOptions {
  /** [samples], not negative: weight of each sample. Default 1 for all. */
  readonly sampleWeight?: Targets | undefined;
}

const scoreOptions = /* @__PURE__ */ options<ScoreOptions>({ sampleWeight: targets });

interface Classifier<L extends Label> {
  readonly estimator: string;
  readonly classes: LabelList<L>;
  predict(X: Samples): Promise<LabelList<L>>;
}

/** Fraction of the samples, by weight, whose label is predicted: `score` of every classifier. */
export async function scoreLabels<L extends Label>(
  model: Classifier<L>,
  X: Samples,
  y: LabelInput<L>,
  given: ScoreOptions,
): Promise<number> {
  const who = `${model.estimator}.score`;
  checkArguments(signature(who, { X: samples, y: labels, options: scoreOptions }), [X, y, given]);
  const predicted = await model.predict(X);
  const truth = await readLabelList<L>(who, y, predicted.length, model.classes[0]);
  const sampleWeight = await readWeights(who, given.sampleWeight, predicted.length);
  return accuracyScore<L>(truth, predicted, { sampleWeight });
}

interface Regressor {
  readonly estimator: string;
  predict(X: Samples): Promise<ArrayLike<number>>;
}

/** R² of the predictions, weighted: `score` of every regressor. */
export async function scoreNumbers(
  model: Regressor,
  X: Samples,
  y: Targets,
  given: ScoreOptions,
): Promise<number> {
  const who = `${model.estimator}.score`;
  checkArguments(signature(who, { X: samples, y: targets, options: scoreOptions }), [X, y, given]);
  const predicted = await model.predict(X);
  const truth = await readTargets(who, y, predicted.length);
  const sampleWeight = await readWeights(who, given.sampleWeight, predicted.length);
  return r2Score(truth, predicted, { sampleWeight });
}
