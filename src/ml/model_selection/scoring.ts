import { ValueError } from "../../core/errors.ts";
import { callback, either, type Kind, oneOf } from "../../core/kinds.ts";
import type { Label, LabelList } from "../labels.ts";
import { accuracyScore } from "../metrics/classification.ts";
import { type Average, f1Score, precisionScore, recallScore } from "../metrics/precision.ts";
import { meanAbsoluteError, meanSquaredError, r2Score } from "../metrics/regression.ts";
import { rocAucScore } from "../metrics/roc.ts";
import type { FloatMatrix } from "../samples.ts";
import type { ScoreOptions } from "../scoring.ts";
import type { Table } from "../table.ts";

/** A fitted model with a score of its own: accuracy of a classifier, R² of a regressor. */
export interface FittedEstimator<L extends Label = number> {
  /** `[samples]`: labels or numbers. */
  predict(X: Table): Promise<ArrayLike<L>>;
  /** Accuracy of a classifier, R² of a regressor; higher is better. */
  score(X: Table, y: LabelList<L>, options?: ScoreOptions): Promise<number>;
  /** Frees its GPU memory, if it has any. */
  dispose?(): void;
}

type ScoreModel = (
  model: FittedEstimator<Label>,
  X: Table,
  y: LabelList<Label>,
) => number | Promise<number>;

/** A score of predicted labels or numbers. */
const predicted =
  (score: (yTrue: never, yPred: never) => number): ScoreModel =>
  async (model, X, y) =>
    score(y as never, (await model.predict(X)) as never);

const averaged = (score: typeof f1Score, average: Average): ScoreModel =>
  predicted((yTrue: LabelList<Label>, yPred: LabelList<Label>) =>
    score<Label>(yTrue, yPred, { average }),
  );

/** From decision values for two classes, or from probabilities for several. */
const area: ScoreModel = async (model, X, y) => {
  const { predictProba, decisionFunction } = model as Partial<
    Record<"predictProba" | "decisionFunction", (X: Table) => Promise<FloatMatrix>>
  >;
  const method = predictProba ?? decisionFunction;
  if (!method) {
    throw new ValueError(
      'scoring: expected a model with predictProba() or decisionFunction() for "rocAuc", got one without; use "accuracy"',
    );
  }
  const scores = await Reflect.apply(method, model, [X]);
  return rocAucScore<Label>(y, scores.shape[1] === 1 ? scores.data : scores);
};

/** Scores by name: higher is better, so errors are negated. */
const judges = {
  accuracy: /* @__PURE__ */ predicted(accuracyScore),
  precision: /* @__PURE__ */ averaged(precisionScore, "binary"),
  precisionMacro: /* @__PURE__ */ averaged(precisionScore, "macro"),
  precisionMicro: /* @__PURE__ */ averaged(precisionScore, "micro"),
  precisionWeighted: /* @__PURE__ */ averaged(precisionScore, "weighted"),
  recall: /* @__PURE__ */ averaged(recallScore, "binary"),
  recallMacro: /* @__PURE__ */ averaged(recallScore, "macro"),
  recallMicro: /* @__PURE__ */ averaged(recallScore, "micro"),
  recallWeighted: /* @__PURE__ */ averaged(recallScore, "weighted"),
  f1: /* @__PURE__ */ averaged(f1Score, "binary"),
  f1Macro: /* @__PURE__ */ averaged(f1Score, "macro"),
  f1Micro: /* @__PURE__ */ averaged(f1Score, "micro"),
  f1Weighted: /* @__PURE__ */ averaged(f1Score, "weighted"),
  rocAuc: area,
  r2: /* @__PURE__ */ predicted(r2Score),
  negMeanSquaredError: /* @__PURE__ */ predicted((a, b) => -meanSquaredError(a, b)),
  negRootMeanSquaredError: /* @__PURE__ */ predicted((a, b) => -Math.sqrt(meanSquaredError(a, b))),
  negMeanAbsoluteError: /* @__PURE__ */ predicted((a, b) => -meanAbsoluteError(a, b)),
} satisfies Readonly<Record<string, ScoreModel>>;

/** The name of a score, or a function of the held-out and the predicted labels; higher is better. */
export type Scoring<L extends Label = number> =
  | keyof typeof judges
  | ((yTrue: LabelList<L>, yPred: ArrayLike<L>) => number);

export const scoringKind: Kind = {
  .../* @__PURE__ */ either(callback, /* @__PURE__ */ oneOf(...Object.keys(judges))),
  advice: "names are scikit-learn's in camelCase; a function gets (yTrue, yPred)",
};

/** The score of a fitted model: its own by default. */
export async function scoreOf<L extends Label>(
  model: FittedEstimator<L>,
  X: Table,
  y: LabelList<L>,
  scoring: Scoring<L> | undefined,
): Promise<number> {
  if (scoring === undefined) return model.score(X, y);
  if (typeof scoring === "function") return scoring(y, await model.predict(X));
  const judge: ScoreModel = judges[scoring];
  return judge(model as never, X, y as never);
}
