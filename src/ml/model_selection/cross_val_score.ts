import { ValueError } from "../../core/errors.ts";
import { callback, either, type Kind, number } from "../../core/kinds.ts";
import { checkedAsync, options } from "../../core/signature.ts";
import { betweenRounds, type FitOptions } from "../fit_options.ts";
import { fitKinds, labels, samples } from "../kinds.ts";
import {
  type Label,
  type LabelInput,
  type LabelKind,
  type LabelList,
  labelsAt,
  readLabelsOrNumbers,
} from "../labels.ts";
import { readMatrix, rowsOf, type Samples } from "../samples.ts";
import type { ScoreOptions } from "../scoring.ts";
import { KFold, type Splitter, StratifiedKFold } from "./folds.ts";

/** What can be fitted and then scored. */
export interface Estimator<L extends Label = number> {
  fit(X: Samples, y: LabelInput<L>, options?: FitOptions): Promise<FittedEstimator<L>>;
}

/** A fitted model with a score of its own: accuracy of a classifier, R² of a regressor. */
export interface FittedEstimator<L extends Label = number> {
  predict(X: Samples): Promise<ArrayLike<L>>;
  score(X: Samples, y: LabelInput<L>, options?: ScoreOptions): Promise<number>;
  dispose?(): void;
}

export interface CrossValOptions<L extends Label = number> extends FitOptions {
  /**
   * Number of folds, or what makes them. Default 5: `StratifiedKFold` if y is strings, booleans, or whole numbers of at
   * most a tenth as many values as samples, `KFold` otherwise.
   */
  readonly cv?: number | Splitter;
  /** Of the held-out labels and what was predicted. Default the model's own `score`. */
  readonly scoring?: (yTrue: LabelList<L>, yPred: ArrayLike<L>) => number;
}

const having = (expected: string, method: string): Kind => ({
  expected: `${expected} with ${method}()`,
  accepts: (value) => typeof Object(value)[method] === "function",
});

/** Fits on all folds but one and scores on that one, for every fold: [folds]. `value` of its progress is the last score. */
export const crossValScore = /* @__PURE__ */ checkedAsync(
  "crossValScore",
  {
    estimator: having("an estimator", "fit"),
    X: samples,
    y: labels,
    options: options<CrossValOptions>({
      ...fitKinds,
      cv: either(number, having("a splitter", "split")),
      scoring: callback,
    }),
  },
  scoresOf,
);

async function scoresOf<L extends Label = number>(
  estimator: Estimator<LabelKind<L>>,
  X: Samples,
  y: LabelInput<L>,
  { cv = 5, scoring, signal, onProgress }: CrossValOptions<LabelKind<L>> = {},
): Promise<Float64Array<ArrayBuffer>> {
  const who = "crossValScore";
  const matrix = await readMatrix(who, X);
  const targets = await readLabelsOrNumbers<LabelKind<L>>(who, y, matrix.samples);
  const splitter = typeof cv === "number" ? splitterFor(targets, cv) : cv;
  const folds = splitter.split(matrix.samples, targets);
  if (folds.length === 0) {
    throw new ValueError(`${who}: expected one fold at least, got none; check cv.split`);
  }
  const scores = new Float64Array(folds.length);
  for (const [i, { train, test }] of folds.entries()) {
    const of = (rows: Uint32Array) => labelsAt(targets, rows);
    const model = await estimator.fit(rowsOf(matrix, train), of(train), signal ? { signal } : {});
    try {
      const held = rowsOf(matrix, test);
      scores[i] = scoring
        ? scoring(of(test), await model.predict(held))
        : await model.score(held, of(test));
    } finally {
      model.dispose?.();
    }
    const progress = { iteration: i + 1, maxIterations: folds.length, value: scores[i] as number };
    await betweenRounds({ ...(signal && { signal }), ...(onProgress && { onProgress }) }, progress);
  }
  return scores;
}

function splitterFor(y: ArrayLike<Label>, nSplits: number): Splitter {
  const values = Array.from(y);
  const few = () => new Set(values).size <= Math.max(2, values.length / 10);
  const labels = typeof values[0] !== "number" || (values.every(Number.isInteger) && few());
  return labels ? new StratifiedKFold({ nSplits }) : new KFold({ nSplits });
}
