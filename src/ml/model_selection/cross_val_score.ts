import { checkedAsync, options } from "../../core/signature.ts";
import { betweenRounds, type FitControl } from "../fit_options.ts";
import { fitKinds, labels, table } from "../kinds.ts";
import type { Label, LabelInput, LabelKind } from "../labels.ts";
import type { Table } from "../table.ts";
import type { Splitter } from "./folds.ts";
import { cvKind, type Estimator, foldsOf, having, heldOutScore, readData } from "./held_out.ts";
import { type Scoring, scoringKind } from "./scoring.ts";

/** Options of `crossValScore`. */
export interface CrossValOptions<L extends Label = number> extends FitControl {
  /**
   * Number of folds, or a splitter. Default 5. A number: `KFold` for regressors (estimators with `isRegressor`); else
   * `StratifiedKFold` if y are strings, booleans, or integers with at most a tenth as many distinct values as samples.
   */
  readonly cv?: number | Splitter;
  /** The name of a score, or a function of the held-out labels and the predictions. Default: the model's own `score`. */
  readonly scoring?: Scoring<L>;
}

/**
 * Fits on all folds but one and scores on that one, for every fold: [folds]. `value` of its progress is the last score. X
 * may be a table if the estimator accepts tables.
 */
export const crossValScore = /* @__PURE__ */ checkedAsync(
  "crossValScore",
  {
    estimator: /* @__PURE__ */ having("an estimator", "fit"),
    X: table,
    y: labels,
    options: /* @__PURE__ */ options<CrossValOptions>({
      ...fitKinds,
      cv: cvKind,
      scoring: scoringKind,
    }),
  },
  scoresOf,
);

async function scoresOf<L extends Label = number>(
  estimator: Estimator<LabelKind<L>>,
  X: Table,
  y: LabelInput<L>,
  { cv = 5, scoring, signal, onProgress }: CrossValOptions<LabelKind<L>> = {},
): Promise<Float64Array<ArrayBuffer>> {
  const who = "crossValScore";
  const between = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
  const data = await readData(who, estimator, X, y);
  const folds = foldsOf(who, data, cv, estimator);
  const scores = new Float64Array(folds.length);
  for (const [i, fold] of folds.entries()) {
    scores[i] = await heldOutScore(estimator, data, fold, { scoring, ...between });
    const value = scores[i] as number;
    await betweenRounds(between, { iteration: i + 1, maxIterations: folds.length, value });
  }
  return scores;
}
