import { ValueError } from "../../core/errors.ts";
import { boolean, type Kind } from "../../core/kinds.ts";
import { checkArguments, describe, options, signature } from "../../core/signature.ts";
import {
  type FittedOf,
  has,
  inPart,
  make,
  type Params,
  type Step,
  type StepMaker,
} from "../compose/step.ts";
import { betweenRounds, type FitControl } from "../fit_options.ts";
import { fitKinds, labels, table } from "../kinds.ts";
import type { Label, LabelInput, LabelKind } from "../labels.ts";
import { type Table, tableOf, takesTables } from "../table.ts";
import { Unfitted } from "../unfitted.ts";
import { type CVResults, FittedGridSearch } from "./fitted_grid_search.ts";
import type { Splitter } from "./folds.ts";
import {
  cvKind,
  type Data,
  type Estimator,
  foldsOf,
  heldOutScore,
  isRegressor,
  readData,
} from "./held_out.ts";
import { combinations, gridKind, type ParamGrid } from "./param_grid.ts";
import { meanAndStd, ranksOf } from "./ranks.ts";
import type { FittedEstimator } from "./scoring.ts";
import { type Scoring, scoringKind } from "./scoring.ts";

/** Options of `GridSearchCV`. */
export interface GridSearchOptions<L extends Label = number> {
  /** As in `crossValScore`. Default 5. */
  readonly cv?: number | Splitter;
  /** As in `crossValScore`. Default: the model's own `score`. */
  readonly scoring?: Scoring<L>;
  /** Whether the best estimator is fitted to all of X. Default true; with false there is no `bestEstimator`. */
  readonly refit?: boolean;
}

/** An estimator that can copy itself with other parameters, as those of the library and pipelines can. */
export interface Tunable extends Step {
  /** A copy with other parameters, by name. */
  withParams(params: Params): Step;
}

/** The object to tune: an estimator, its class, or a function that makes one from parameters. */
export type Tuned = StepMaker | Tunable;

/** The grid for a class has the names and values of its options. */
export type GridOf<E> = E extends new (
  options?: infer O,
) => object
  ? { readonly [Name in keyof O]?: readonly O[Name][] }
  : ParamGrid;

const tuned: Kind = {
  expected: "an estimator, its class, or a function that makes one",
  accepts: (value) =>
    typeof value === "function" || (has(value, "fit") && has(value, "withParams")),
  advice: "pass new SVC(), or (params) => new SVC(params)",
};

const fitSignature = /* @__PURE__ */ signature("GridSearchCV.fit", {
  X: table,
  y: labels,
  options: /* @__PURE__ */ options<FitControl>(fitKinds),
});

interface Candidate {
  readonly params: Params;
  readonly estimator: Step;
}

/**
 * Tries every combination of parameters by cross-validation and fits the best one to all of X. `new GridSearchCV(SVC, { C:
 * [1, 10] })` makes `new SVC({ C: 1 })` and `new SVC({ C: 10
 * })`, and an estimator in place of its class keeps its other options; parameters of a pipeline are named
 * `step__name`. Names and values that an estimator does not take are refused immediately. A fit that fails ends the
 * search with its error. Units of features matter as they do for the estimator. Folds depend on the order and number of
 * the rows; for labels every fold needs a sample of each class. A search has no fromJSON(): save `bestEstimator`, which
 * is also in the JSON of the search.
 *
 * @example
 * ```ts
 * import { GridSearchCV, SVC } from "wgrad/ml";
 * const X = Array.from({ length: 20 }, (_, i) => [i]);
 * const y = X.map(([v = 0]) => Number(v >= 10));
 * const search = await new GridSearchCV(SVC, { C: [1, 10] }, { cv: 2 }).fit(X, y);
 * console.log(search.bestParams); // { C: 1 }
 * ```
 */
export class GridSearchCV<E extends Tuned> {
  static readonly signature = /* @__PURE__ */ signature("GridSearchCV", {
    estimator: tuned,
    paramGrid: gridKind,
    options: options<GridSearchOptions>({ cv: cvKind, scoring: scoringKind, refit: boolean }),
  });

  readonly #candidates: readonly Candidate[];
  readonly #options: GridSearchOptions<Label>;

  constructor(
    estimator: E,
    paramGrid: GridOf<E> | readonly GridOf<E>[],
    options: GridSearchOptions<never> = {},
  ) {
    checkArguments(GridSearchCV.signature, arguments);
    const who = "GridSearchCV";
    const grid = paramGrid as ParamGrid | readonly ParamGrid[];
    this.#candidates = combinations(who, grid).map((params) => ({
      params,
      estimator: make(who, estimator, params) as Step,
    }));
    this.#options = options as GridSearchOptions<Label>;
  }

  /** Throws `ValueError`: there is nothing learned to save. */
  toJSON(): never {
    return Unfitted.prototype.toJSON.call(this as never);
  }

  /** Whether X may have strings, booleans and missing values: if the estimator accepts them. */
  get takesTables(): boolean {
    return takesTables(this.#candidates[0]?.estimator);
  }

  /** Whether the estimator is a regressor. */
  get isRegressor(): boolean {
    return isRegressor(this.#candidates[0]?.estimator);
  }

  /** y: labels or numbers [samples]. Progress counts fits; `value` is the score of the last one. */
  async fit<L extends Label = number>(
    X: Table,
    y: LabelInput<L>,
    options: FitControl = {},
  ): Promise<FittedGridSearch<FittedOf<E>, LabelKind<L>>> {
    checkArguments(fitSignature, arguments);
    const { signal } = options;
    signal?.throwIfAborted();
    const data = await readData("GridSearchCV", this, X, y);
    const cvResults = await this.#results(data, options);
    const bestIndex = cvResults.rankTestScore.indexOf(1);
    const { params, estimator } = this.#candidates[bestIndex] as Candidate;
    const { refit = true } = this.#options;
    const all = tableOf(data.X);
    const best = refit
      ? await inPart("GridSearchCV", `parameters ${show(params)}`, signal, () =>
          estimatorOf<LabelKind<L>>(estimator).fit(
            all,
            data.y as LabelInput<LabelKind<L>>,
            signal ? { signal } : {},
          ),
        )
      : undefined;
    return new FittedGridSearch<FittedOf<E>, LabelKind<L>>({
      bestIndex,
      bestParams: params,
      bestScore: cvResults.meanTestScore[bestIndex] as number,
      bestEstimator: best as (FittedOf<E> & FittedEstimator<LabelKind<L>>) | undefined,
      cvResults,
      scoring: this.#options.scoring as Scoring<LabelKind<L>> | undefined,
    });
  }

  async #results<L extends Label>(data: Data<L>, between: FitControl): Promise<CVResults> {
    const who = "GridSearchCV";
    const { cv = 5, scoring } = this.#options;
    const folds = foldsOf(who, data, cv, this);
    const scores = folds.map(() => new Float64Array(this.#candidates.length));
    const maxIterations = folds.length * this.#candidates.length;
    for (const [c, { params, estimator }] of this.#candidates.entries()) {
      for (const [f, fold] of folds.entries()) {
        const value = await inPart(who, `parameters ${show(params)}`, between.signal, () =>
          heldOutScore(estimatorOf<L>(estimator), data, fold, {
            scoring: scoring as Scoring<L> | undefined,
            ...(between.signal && { signal: between.signal }),
          }),
        );
        (scores[f] as Float64Array)[c] = value;
        const iteration = c * folds.length + f + 1;
        await betweenRounds(between, { iteration, maxIterations, value });
      }
    }
    const { mean, std } = meanAndStd(scores);
    if (mean.every(Number.isNaN)) {
      throw new ValueError(
        `${who}: expected a score that is a number, got NaN for all; check scoring`,
      );
    }
    return {
      params: this.#candidates.map(({ params }) => params),
      splitTestScores: scores,
      meanTestScore: mean,
      stdTestScore: std,
      rankTestScore: ranksOf(mean),
    };
  }
}

/** A step as an estimator to fit and score: `scoreOf` finds out which methods its fitted models have. */
const estimatorOf = <L extends Label>(step: unknown): Estimator<L> => step as Estimator<L>;

/** Parameters as messages show them. */
const show = (params: Params): string =>
  `{ ${Object.entries(params)
    .map(([name, value]) => `${name}: ${describe(value)}`)
    .join(", ")} }`;
