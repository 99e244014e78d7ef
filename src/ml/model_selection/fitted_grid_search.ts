import { ValueError } from "../../core/errors.ts";
import { describe } from "../../core/signature.ts";
import { Delegate } from "../compose/delegate.ts";
import { ask, has, type Params } from "../compose/step.ts";
import type { Label, LabelInput } from "../labels.ts";
import type { ScoreOptions } from "../scoring.ts";
import type { Table } from "../table.ts";
import { readData } from "./held_out.ts";
import { type FittedEstimator, type Scoring, scoreOf } from "./scoring.ts";

/** Results of cross-validation for each combination of parameters. */
export interface CVResults {
  /** `[combinations]`: the values of each combination. */
  readonly params: readonly Params[];
  /** [folds][combinations] */
  readonly splitTestScores: readonly Float64Array<ArrayBuffer>[];
  /** `[combinations]`: means over the folds. */
  readonly meanTestScore: Float64Array<ArrayBuffer>;
  /** Standard deviations over the folds (divided by the number of folds). */
  readonly stdTestScore: Float64Array<ArrayBuffer>;
  /** 1 is the best; equal ones share the best rank. */
  readonly rankTestScore: Int32Array<ArrayBuffer>;
}

interface SearchResult<F, L extends Label> {
  readonly bestIndex: number;
  readonly bestParams: Params;
  readonly bestScore: number;
  readonly bestEstimator: (F & FittedEstimator<L>) | undefined;
  readonly cvResults: CVResults;
  readonly scoring: Scoring<L> | undefined;
}

/** The best estimator of a grid search; it has the methods of that estimator. */
export class FittedGridSearch<F, L extends Label = number> extends Delegate<F, L> {
  /** Index of the best combination in `cvResults`; of equally good ones the first. */
  readonly bestIndex: number;
  /** The combination with the greatest mean score. */
  readonly bestParams: Params;
  /** Mean score of the best combination over the folds. */
  readonly bestScore: number;
  /** Scores of all combinations. */
  readonly cvResults: CVResults;
  readonly #best: (F & FittedEstimator<L>) | undefined;
  readonly #scoring: Scoring<L> | undefined;

  constructor({
    bestIndex,
    bestParams,
    bestScore,
    bestEstimator,
    cvResults,
    scoring,
  }: SearchResult<F, L>) {
    super();
    this.bestIndex = bestIndex;
    this.bestParams = bestParams;
    this.bestScore = bestScore;
    this.cvResults = cvResults;
    this.#best = bestEstimator;
    this.#scoring = scoring;
  }

  /** The best estimator, fitted to all of X. Throws `ValueError` if the search did not refit. */
  get bestEstimator(): F & FittedEstimator<L> {
    if (this.#best !== undefined) return this.#best;
    throw new ValueError(
      "GridSearchCV: expected a search with refit, got refit false; fit one with bestParams",
    );
  }

  /** Whether X may have strings, booleans and missing values. */
  get takesTables(): boolean {
    return Object(this.#best).takesTables === true;
  }

  /** Score by the search's `scoring`; weights are only for the estimator's own score. */
  override async score(X: Table, y: LabelInput<L>, given?: ScoreOptions): Promise<number> {
    if (this.#scoring === undefined) return super.score(X, y, given);
    if (given?.sampleWeight !== undefined) {
      throw new ValueError(
        "GridSearchCV.score: expected no sampleWeight with scoring, got both; score bestEstimator",
      );
    }
    const data = await readData("GridSearchCV.score", this, X, y);
    return scoreOf(this.bestEstimator, X, data.y as never, this.#scoring);
  }

  /** The results and the best estimator as plain data: `SVC.fromJSON(saved.bestEstimator)` restores that one. */
  toJSON(): Omit<SearchResult<F, L>, "scoring"> {
    const { bestIndex, bestScore } = this;
    return {
      ...{ bestIndex, bestParams: writable(this.bestParams), bestScore },
      cvResults: { ...this.cvResults, params: this.cvResults.params.map(writable) },
      bestEstimator: this.#best,
    };
  }

  /** Frees the GPU memory of the best estimator. */
  dispose(): void {
    this.#best?.dispose?.();
  }

  protected get asked(): unknown {
    return this.bestEstimator;
  }

  protected ask(method: string, X: Table, ...rest: unknown[]): Promise<unknown> {
    return ask(this.bestEstimator, method, X, ...rest);
  }
}

/** Parameters of a search as JSON: estimators, which have nothing to save, by their description. */
const writable = (params: Params): Params =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      has(value, "fit") ? describe(value) : value,
    ]),
  );
