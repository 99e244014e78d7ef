import { count, integer } from "../../core/kinds.ts";
import { permutation, seeded } from "../../core/rng.ts";
import { checkedAsync, options } from "../../core/signature.ts";
import { betweenRounds, type FitControl } from "../fit_options.ts";
import { fitKinds, labels, table } from "../kinds.ts";
import type { Label, LabelInput, LabelKind } from "../labels.ts";
import { having, readData } from "../model_selection/held_out.ts";
import { meanAndStd } from "../model_selection/ranks.ts";
import {
  type FittedEstimator,
  type Scoring,
  scoreOf,
  scoringKind,
} from "../model_selection/scoring.ts";
import { columnOf, matrixOf, type Table } from "../table.ts";

/** Options of `permutationImportance`. */
export interface PermutationImportanceOptions<L extends Label = number> extends FitControl {
  /** Number of permutations of each feature. Default 5. */
  readonly nRepeats?: number;
  /** Seed of the permutations. Default 0. */
  readonly randomState?: number;
  /** Score, as in `crossValScore`. Default: the model's own `score`. */
  readonly scoring?: Scoring<L>;
}

/** Result of `permutationImportance` for every feature. */
export interface PermutationImportance {
  /** [features] */
  readonly importancesMean: Float64Array<ArrayBuffer>;
  /** `[features]`: standard deviations over the repeats (divided by the number of repeats). */
  readonly importancesStd: Float64Array<ArrayBuffer>;
  /** `[features][repeats]`: decrease of the score when the feature's values are permuted among the samples. */
  readonly importances: readonly Float64Array<ArrayBuffer>[];
}

/**
 * How much a fitted model depends on each feature (Breiman 2001): the score on X and y minus the score on X with the
 * feature's column permuted. `value` of its progress is the last importance. X may be a table if the model accepts tables.
 * Random draws depend on the order and number of the samples and of the features. The units of features matter as they do
 * for the model, and X must be valid for the model.
 */
export const permutationImportance = /* @__PURE__ */ checkedAsync(
  "permutationImportance",
  {
    model: /* @__PURE__ */ having("a fitted model", "predict"),
    X: table,
    y: labels,
    options: /* @__PURE__ */ options<PermutationImportanceOptions>({
      ...fitKinds,
      nRepeats: count,
      randomState: integer,
      scoring: scoringKind,
    }),
  },
  importancesOf,
);

async function importancesOf<L extends Label = number>(
  model: FittedEstimator<LabelKind<L>>,
  X: Table,
  y: LabelInput<L>,
  given: PermutationImportanceOptions<LabelKind<L>> = {},
): Promise<PermutationImportance> {
  const { nRepeats = 5, randomState = 0, scoring, ...between } = given;
  const data = await readData("permutationImportance", model, X, y);
  const { samples, features, cells } = data.X;
  const shape = [samples, features] as const;
  const whole = await scoreOf(model, matrixOf(cells, shape), data.y, scoring);
  const random = seeded(randomState);
  const importances = Array.from({ length: features }, () => new Float64Array(nRepeats));
  for (const [feature, own] of importances.entries()) {
    const column = columnOf(data.X, feature);
    for (let repeat = 0; repeat < nRepeats; repeat++) {
      const order = permutation(samples, random);
      const mixed = Array.from(cells);
      order.forEach((from, row) => {
        mixed[row * features + feature] = column[from];
      });
      own[repeat] = whole - (await scoreOf(model, matrixOf(mixed, shape), data.y, scoring));
      const iteration = feature * nRepeats + repeat + 1;
      const value = own[repeat] as number;
      await betweenRounds(between, { iteration, maxIterations: features * nRepeats, value });
    }
  }
  const repeats = Array.from({ length: nRepeats }, (_, r) =>
    Float64Array.from(importances, (own) => own[r] as number),
  );
  const { mean, std } = meanAndStd(repeats);
  return { importancesMean: mean, importancesStd: std, importances };
}
