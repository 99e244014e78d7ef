import { ValueError } from "../../core/errors.ts";
import { boolean, number } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import type { ClassWeight } from "../class_weight.ts";
import type { FitOptions } from "../fit_options.ts";
import { checkFit, choice, classWeight, labels as labelsKind } from "../kinds.ts";
import type { Label, LabelInput, LabelKind } from "../labels.ts";
import { type FitWeights, readWeighted } from "../sample_weight.ts";
import { readMatrix, type Samples } from "../samples.ts";
import { checkSaved } from "../saved.ts";
import { FittedLogistic, type SavedLogistic } from "./fitted_logistic.ts";
import { LogisticProblem } from "./logistic_problem.ts";
import { type Minimum, minimise } from "./minimise.ts";
import { newton } from "./newton.ts";

export interface LogisticRegressionOptions {
  /** Default "l2". */
  readonly penalty?: "l2" | "l1" | "elasticnet" | "none";
  /** Weight of the losses beside the penalty, > 0. Default 1. */
  readonly C?: number;
  /** Share of ‖w‖₁ in the penalty of "elasticnet", in [0, 1]. Default 0.5. */
  readonly l1Ratio?: number;
  /** Whether constants are learned, too; they have no penalty. Default true. */
  readonly fitIntercept?: boolean;
  /** Default: all samples count the same. */
  readonly classWeight?: ClassWeight;
  /**
   * "lbfgs" takes any penalty; "newton-cholesky" takes few rounds, and needs as many numbers as (classes · features)²: not for
   * penalties with ‖w‖₁. Default "lbfgs".
   */
  readonly solver?: "lbfgs" | "newton-cholesky";
  /** The largest slope of the mean loss with its penalty, by a coefficient of a feature of deviation 1. Default 1e-4. */
  readonly tol?: number;
  /** Default 100. */
  readonly maxIter?: number;
}

/**
 * Logistic regression: w and intercepts of least C · Σ log-losses + ½‖w‖², or ‖w‖₁. Two classes have one w, more have one
 * each and share by softmax. Losses and slopes are computed on the GPU, the steps are chosen in float64. Scale features of
 * very different sizes first (`StandardScaler`): a penalty that barely touches some of them leaves a problem that needs more
 * digits than f32 has.
 */
export class LogisticRegression {
  static readonly signature = /* @__PURE__ */ signature("LogisticRegression", {
    options: options<LogisticRegressionOptions>({
      penalty: choice("l2", "l1", "elasticnet", "none"),
      C: number,
      l1Ratio: number,
      fitIntercept: boolean,
      classWeight,
      solver: choice("lbfgs", "newton-cholesky"),
      tol: number,
      maxIter: number,
    }),
  });

  readonly #options: Required<Omit<LogisticRegressionOptions, "classWeight">>;
  readonly #classWeight: ClassWeight | undefined;

  constructor(options: LogisticRegressionOptions = {}) {
    checkArguments(LogisticRegression.signature, arguments);
    const { penalty = "l2", C = 1, l1Ratio = 0.5, fitIntercept = true } = options;
    const { solver = "lbfgs", tol = 1e-4, maxIter = 100 } = options;
    this.#options = { penalty, C, l1Ratio, fitIntercept, solver, tol, maxIter };
    this.#classWeight = options.classWeight;
    check(this.#options);
  }

  /** y: labels [samples]. Throws `ShapeError` and `ValueError` for data that do not fit, or of one class only. */
  async fit<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
    options: FitWeights & FitOptions = {},
  ): Promise<FittedLogistic<LabelKind<L>>> {
    checkFit("LogisticRegression", arguments, labelsKind);
    const { sampleWeight, signal, onProgress } = options;
    signal?.throwIfAborted();
    const who = "LogisticRegression";
    const matrix = await readMatrix(who, X);
    const { labels, weights } = await readWeighted(who, y, matrix.samples, {
      sampleWeight,
      classWeight: this.#classWeight,
    });
    const problem = new LogisticProblem(matrix, labels, weights, this.#options.fitIntercept);
    try {
      const between = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
      const found = await this.#solve(problem, weights, between);
      return fitted(problem, found, labels.classes);
    } finally {
      problem.dispose();
    }
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON<L extends Label = number>(saved: SavedLogistic<L>): FittedLogistic<L> {
    checkSaved("LogisticRegression", saved);
    return new FittedLogistic(saved);
  }

  #solve(problem: LogisticProblem, weights: Float64Array, between: FitOptions): Promise<Minimum> {
    const { penalty, C, l1Ratio, solver, tol, maxIter } = this.#options;
    const share = { l2: 0, l1: 1, elasticnet: l1Ratio, none: 0 }[penalty];
    const strength = penalty === "none" ? 0 : 1 / (C * weights.reduce((a, b) => a + b, 0));
    const columns = Array.from({ length: problem.columns }, (_, c) => c);
    problem.free = strength === 0 ? columns : columns.slice(problem.factor.length);
    problem.l2 = problem.penalties((factor) => strength * (1 - share) * factor * factor);
    if (solver === "newton-cholesky") return newton(problem, { maxIter, tol, ...between });
    return minimise(problem, {
      maxIter,
      tol,
      l1: problem.penalties((f) => strength * share * f),
      ...between,
    });
  }
}

function fitted<L extends Label>(
  problem: LogisticProblem,
  { v, nIter, converged, value }: Minimum,
  classes: readonly L[],
): FittedLogistic<L> {
  return new FittedLogistic({
    estimator: "LogisticRegression",
    classes: [...classes],
    ...problem.inUnits(v),
    nIter,
    converged,
    loss: value,
  });
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
