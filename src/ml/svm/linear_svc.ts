import { checkArguments, options, signature } from "../../core/signature.ts";
import type { ClassWeight } from "../class_weight.ts";
import type { FitOptions } from "../fit_options.ts";
import { checkFit, choice, classWeight, labels as labelsKind } from "../kinds.ts";
import type { Label, LabelInput, LabelKind, Labels } from "../labels.ts";
import {
  FittedLinearClassifier,
  type SavedLinearClassifier,
} from "../linear_model/fitted_linear_classifier.ts";
import { minimise } from "../linear_model/minimise.ts";
import { type FitWeights, readWeighted } from "../sample_weight.ts";
import { type HostMatrix, readMatrix, type Samples } from "../samples.ts";
import { checkSaved } from "../saved.ts";
import {
  checkLinearMachine,
  type LinearMachineOptions,
  linearMachineKinds,
  solveLinear,
} from "./linear_options.ts";
import { PrimalProblem } from "./primal.ts";

export interface LinearSVCOptions extends LinearMachineOptions {
  /** "hinge" (1 − y·f)₊ or "squaredHinge", its square. Default "squaredHinge". */
  readonly loss?: "hinge" | "squaredHinge";
  /** C of a class is C times this. Default: 1 for all. */
  readonly classWeight?: ClassWeight;
}

/**
 * Linear support vector classification: w of least ½‖w‖² + C·Σ loss; of more than two classes one w each, against all others. The
 * squared hinge is made small in the primal by L-BFGS, with losses and slopes from the GPU; the hinge through its dual, as
 * `SVC`'s. Unlike liblinear's, the constant has no penalty.
 * The penalty counts features by their units: `StandardScaler` makes them alike.
 * X is shifted and scaled in float64, then f32 where the GPU computes: the rule at the head of `ml/samples.ts`, unchecked.
 */
export class LinearSVC {
  static readonly signature = /* @__PURE__ */ signature("LinearSVC", {
    options: options<LinearSVCOptions>({
      ...linearMachineKinds,
      loss: choice("hinge", "squaredHinge"),
      classWeight,
    }),
  });

  readonly #options: Required<Omit<LinearSVCOptions, "classWeight">>;
  readonly #classWeight: ClassWeight | undefined;

  constructor(options: LinearSVCOptions = {}) {
    checkArguments(LinearSVC.signature, arguments);
    const { C = 1, fitIntercept = true, tol = 1e-4, maxIter = 1000 } = options;
    const { loss = "squaredHinge" } = options;
    this.#options = { C, fitIntercept, tol, maxIter, loss };
    this.#classWeight = options.classWeight;
    checkLinearMachine("LinearSVC", this.#options, loss === "squaredHinge");
  }

  /** y: labels [samples]. Throws `ShapeError` and `ValueError` for data that do not fit, or of one class only. */
  async fit<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
    options: FitWeights & FitOptions = {},
  ): Promise<FittedLinearClassifier<LabelKind<L>>> {
    checkFit("LinearSVC", arguments, labelsKind);
    const { sampleWeight, ...between } = options;
    between.signal?.throwIfAborted();
    const who = "LinearSVC";
    const matrix = await readMatrix(who, X);
    const { labels, weights } = await readWeighted(who, y, matrix.samples, {
      sampleWeight,
      classWeight: this.#classWeight,
    });
    const found =
      this.#options.loss === "hinge"
        ? await this.#throughDual(matrix, labels, weights, between)
        : await this.#inPrimal(matrix, labels, weights, between);
    return new FittedLinearClassifier({ estimator: who, classes: [...labels.classes], ...found });
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON<L extends Label = number>(
    saved: SavedLinearClassifier<L>,
  ): FittedLinearClassifier<L> {
    checkSaved("LinearSVC", saved);
    return new FittedLinearClassifier(saved);
  }

  async #inPrimal(x: HostMatrix, labels: Labels, weights: Float64Array, between: FitOptions) {
    const { C, fitIntercept, tol, maxIter } = this.#options;
    const classes = sidesOf(labels);
    const target = new Float32Array(x.samples * classes.length);
    labels.index.forEach((own, i) => {
      classes.forEach((c, k) => {
        target[i * classes.length + k] = own === c ? 1 : -1;
      });
    });
    const miss = { kind: "hinge" } as const;
    const problem = new PrimalProblem(x, target, weights, { miss, C, fitIntercept });
    try {
      const l1 = new Float64Array(problem.size);
      const { v, nIter, converged } = await minimise(problem, { maxIter, tol, l1, ...between });
      return { ...problem.inUnits(v), nIter, converged };
    } finally {
      problem.dispose();
    }
  }

  async #throughDual(x: HostMatrix, labels: Labels, weights: Float64Array, between: FitOptions) {
    const { C, tol } = this.#options;
    const [coef, intercept]: [number[], number[]] = [[], []];
    let [nIter, converged] = [0, true];
    let shift: number[] = [];
    for (const c of sidesOf(labels)) {
      const dual = {
        sign: Int8Array.from(labels.index, (own) => (own === c ? 1 : -1)),
        row: Uint32Array.from(labels.index.keys()),
        p: new Float64Array(x.samples).fill(-1),
        C: weights.map((w) => C * w),
      };
      const found = await solveLinear(x, dual, { tol, maxIter: -1, ...between });
      coef.push(...found.coef);
      intercept.push(found.intercept);
      nIter += found.nIter;
      converged &&= found.converged;
      shift = [...found.shift];
    }
    return { coef, intercept, shift, nIter, converged };
  }
}

/** The classes that have a function of their own: of two the larger, of more all. */
const sidesOf = ({ classes }: Labels): number[] =>
  classes.length === 2 ? [1] : Array.from(classes.keys());
