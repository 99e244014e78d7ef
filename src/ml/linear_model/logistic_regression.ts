import { ValueError } from "../../core/errors.ts";
import { boolean, number } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { type ClassWeight, classWeightsOf } from "../class_weight.ts";
import type { FitControl } from "../fit_options.ts";
import { checkFit, choice, classWeight, labels as labelsKind } from "../kinds.ts";
import type { IndexedLabels, Label, LabelInput, LabelKind } from "../labels.ts";
import { type FitWeights, readWeighted } from "../sample_weight.ts";
import { readMatrix, type Samples } from "../samples.ts";
import { checkSaved } from "../saved.ts";
import { Unfitted } from "../unfitted.ts";
import {
  FittedLogistic,
  logisticFields,
  type MultiClass,
  type SavedLogistic,
} from "./fitted_logistic.ts";
import { type LogisticSolution, solveLogistic } from "./solve_logistic.ts";

/** Options of `LogisticRegression`, with the names and defaults of scikit-learn. */
export interface LogisticRegressionOptions {
  /** Penalty: ½‖w‖², ‖w‖₁, both as given by `l1Ratio`, or none. Default "l2". */
  readonly penalty?: "l2" | "l1" | "elasticnet" | "none";
  /** Factor of the losses relative to the penalty, > 0. Default 1. */
  readonly C?: number;
  /** Fraction of ‖w‖₁ in the penalty of "elasticnet", in [0, 1]. Default 0.5. */
  readonly l1Ratio?: number;
  /** Whether intercepts are learned; they are not penalised. Default true. */
  readonly fitIntercept?: boolean;
  /** Weight of samples of each class. Default: equal. */
  readonly classWeight?: ClassWeight;
  /**
   * For problems that are too large for the host: "lbfgs" supports every penalty; "newton-cholesky" needs few rounds, but
   * memory for (classes · features)² numbers, and does not support penalties with ‖w‖₁. Default "lbfgs".
   */
  readonly solver?: "lbfgs" | "newton-cholesky";
  /**
   * "multinomial": softmax over more than two classes; "ovr": one model for each class against the rest. For two classes
   * both are the same single model, as scikit-learn's "ovr". Default "auto": "multinomial".
   */
  readonly multiClass?: "auto" | MultiClass;
  /**
   * The step at which it stops, relative to the largest coefficient for features of deviation 1; the remaining error is
   * smaller. With ‖w‖₁ and a problem too large for the host: the largest slope of the mean loss with its penalty. Default
   * 1e-4.
   */
  readonly tol?: number;
  /** Maximum number of rounds. Default 100. */
  readonly maxIter?: number;
}

/**
 * Logistic regression: w and intercepts that minimise C · Σ log-losses + ½‖w‖², or ‖w‖₁. Two classes have one w, more
 * classes one each. Features are centred and scaled internally, and the solution is converted back to their units, so this
 * does not affect the result. Up to some millions of products in the second derivatives (1,000 samples of 100 features,
 * say) everything is float64 on the host, by Newton's method. For larger problems, losses and slopes are computed on the
 * GPU until they are small; Newton steps follow, with slopes in float64 and curvature on the GPU by conjugate gradients,
 * which ignore directions with less than 1e-6 of the largest curvature. The penalty depends on the units of features: scale
 * them with `StandardScaler`. X is shifted and scaled in float64, then rounded to f32 for the GPU, without a check of
 * precision: groups of close numbers that are very far apart may become one number each.
 *
 * @example
 * ```ts
 * import { LogisticRegression } from "wgrad/ml";
 * const model = await new LogisticRegression().fit([[0], [1], [4], [5]], [0, 0, 1, 1]);
 * console.log(await model.predict([[0.5], [6]])); // [0, 1]
 * ```
 */
export class LogisticRegression extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("LogisticRegression", {
    options: options<LogisticRegressionOptions>({
      penalty: choice("l2", "l1", "elasticnet", "none"),
      C: number,
      l1Ratio: number,
      fitIntercept: boolean,
      classWeight,
      solver: choice("lbfgs", "newton-cholesky"),
      multiClass: choice("auto", "multinomial", "ovr"),
      tol: number,
      maxIter: number,
    }),
  });

  readonly #options: Required<Omit<LogisticRegressionOptions, "classWeight">>;
  readonly #classWeight: ClassWeight | undefined;

  constructor(options: LogisticRegressionOptions = {}) {
    checkArguments(LogisticRegression.signature, arguments);
    super(options);
    const { penalty = "l2", C = 1, l1Ratio = 0.5, fitIntercept = true } = options;
    const { solver = "lbfgs", tol = 1e-4, maxIter = 100, multiClass = "auto" } = options;
    this.#options = { penalty, C, l1Ratio, fitIntercept, solver, tol, maxIter, multiClass };
    this.#classWeight = options.classWeight;
    check(this.#options);
  }

  /** y: labels [samples]. Throws `ShapeError` and `ValueError` for data that do not fit, or with only one class. */
  async fit<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
    options: FitWeights & FitControl = {},
  ): Promise<FittedLogistic<LabelKind<L>>> {
    checkFit("LogisticRegression", arguments, labelsKind);
    const { sampleWeight, signal, onProgress } = options;
    signal?.throwIfAborted();
    const who = "LogisticRegression";
    const matrix = await readMatrix(who, X);
    const between = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
    const against = this.#options.multiClass === "ovr";
    const given = { sampleWeight, classWeight: this.#classWeight };
    // balanced weights are those of each class and the rest
    const balanced = against && given.classWeight === "balanced";
    const { labels, weights } = await readWeighted<L>(who, y, matrix.samples, {
      ...given,
      ...(balanced && { classWeight: undefined }),
    });
    const found: LogisticSolution[] = [];
    for (const task of against ? sidesOf(labels) : [labels]) {
      const ofSide = classWeightsOf(who, balanced ? "balanced" : undefined, task);
      const own = weights.map((w, i) => w * (ofSide[task.index[i] as number] as number));
      found.push(await solveLogistic(matrix, task, own, this.#options, between));
    }
    return new FittedLogistic({
      estimator: who,
      classes: labels.classes,
      multiClass: against ? "ovr" : "multinomial",
      ...together(found),
    });
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON<L extends Label = number>(saved: SavedLogistic<L>): FittedLogistic<L> {
    checkSaved<SavedLogistic>("LogisticRegression", saved, logisticFields);
    return new FittedLogistic(saved);
  }
}

/** Labels of each class against the rest; for two classes only of the second. */
function sidesOf(labels: IndexedLabels): IndexedLabels[] {
  if (labels.classes.length === 2) return [labels];
  return labels.classes.map((_, k) => ({
    classes: [0, 1],
    index: labels.index.map((own) => Number(own === k)),
  }));
}

/** Combines the models of several outputs. */
function together(models: readonly LogisticSolution[]) {
  return {
    coef: models.flatMap(({ coef }) => coef),
    intercept: models.flatMap(({ intercept }) => intercept),
    shift: models[0]?.shift ?? [],
    nIter: Math.max(...models.map(({ nIter }) => nIter)),
    converged: models.every(({ converged }) => converged),
    loss: models.reduce((sum, { loss }) => sum + loss, 0),
  };
}

function check(options: Required<Omit<LogisticRegressionOptions, "classWeight">>): void {
  const { penalty, C, l1Ratio, solver, tol, maxIter } = options;
  const refuse = (expected: string, got: unknown, advice: string): never => {
    throw new ValueError(`LogisticRegression: expected ${expected}, got ${got}; ${advice}`);
  };
  if (!(C > 0 && Number.isFinite(C))) refuse("C > 0", C, 'penalty "none" leaves the penalty out');
  if (!(l1Ratio >= 0 && l1Ratio <= 1)) refuse("l1Ratio in [0, 1]", l1Ratio, "1 is all ‖w‖₁");
  if (solver === "newton-cholesky" && (penalty === "l1" || penalty === "elasticnet")) {
    refuse("a smooth penalty", penalty, 'use solver "lbfgs" for it');
  }
  if (!(Number.isInteger(maxIter) && maxIter >= 1 && tol >= 0)) {
    refuse("a whole maxIter ≥ 1 and tol ≥ 0", `${maxIter} and ${tol}`, "leave them out");
  }
}
