import { checkArguments, options, signature } from "../../core/signature.ts";
import type { ClassWeight } from "../class_weight.ts";
import type { FitControl } from "../fit_options.ts";
import { checkFit, choice, classWeight, labels as labelsKind } from "../kinds.ts";
import type { IndexedLabels, Label, LabelInput, LabelKind } from "../labels.ts";
import {
  FittedLinearClassifier,
  linearClassifierFields,
  type SavedLinearClassifier,
} from "../linear_model/fitted_linear_classifier.ts";
import { type FitWeights, readWeighted } from "../sample_weight.ts";
import { type HostMatrix, readMatrix, type Samples } from "../samples.ts";
import { checkSaved } from "../saved.ts";
import { Unfitted } from "../unfitted.ts";
import {
  checkLinearMachine,
  type LinearMachineOptions,
  linearMachineKinds,
  withLinearDefaults,
} from "./linear_options.ts";
import { type LinearMachine, solveHinges, solveSquared, together } from "./linear_solve.ts";

/** Options of `LinearSVC`. */
export interface LinearSVCOptions extends LinearMachineOptions {
  /** "hinge" (1 − y·f)₊ or "squaredHinge", its square. Default "squaredHinge". */
  readonly loss?: "hinge" | "squaredHinge";
  /** Factor of C for each class. Default: 1 for all. */
  readonly classWeight?: ClassWeight;
}

/**
 * Linear support vector classification: w and b that minimize ½‖w‖² + ½·(b / interceptScaling)² + C·Σ loss, the optimum of
 * liblinear; for more than two classes one w per class, against all others. Up to some 100 million products in second
 * derivatives everything is computed in float64 on the host: the squared hinge by Newton's method, the hinge by an
 * interior-point method, each in some tens of rounds. Beyond, the squared hinge is minimized by L-BFGS, with losses and
 * gradients from the GPU, and the hinge by coordinate descent in its dual. Because b has a penalty, the origin of the
 * features matters: a shift changes the result, and a constant feature acts as another b. `interceptScaling: Infinity`
 * removes this penalty. The penalty depends on the units of features: scale them with `StandardScaler`. X is shifted and
 * scaled in float64, then rounded to f32 for the GPU, without a check of precision: groups of close numbers that are very
 * far apart may become one number each.
 *
 * @example
 * ```ts
 * import { LinearSVC } from "wgrad/ml";
 * const model = await new LinearSVC({ C: 1 }).fit([[0], [1], [3], [4]], [0, 0, 1, 1]);
 * console.log(await model.predict([[0.5], [3.5]])); // [0, 1]
 * ```
 */
export class LinearSVC extends Unfitted {
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
    super(options);
    const { loss = "squaredHinge", classWeight, ...rest } = options;
    this.#options = { ...withLinearDefaults(rest), loss };
    this.#classWeight = classWeight;
    checkLinearMachine("LinearSVC", this.#options, loss === "squaredHinge");
  }

  /** y: labels [samples]. Throws `ShapeError` and `ValueError` for invalid data, or labels of only one class. */
  async fit<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
    options: FitWeights & FitControl = {},
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
    const { loss, C } = this.#options;
    const solve = loss === "hinge" ? hinges : squares;
    const prices = weights.map((w) => C * w);
    const found = await solve(matrix, labels, prices, { ...this.#options, ...between });
    return new FittedLinearClassifier({ estimator: who, classes: [...labels.classes], ...found });
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON<L extends Label = number>(
    saved: SavedLinearClassifier<L>,
  ): FittedLinearClassifier<L> {
    checkSaved<SavedLinearClassifier>("LinearSVC", saved, linearClassifierFields);
    return new FittedLinearClassifier(saved);
  }
}

type Solve = (
  x: HostMatrix,
  labels: IndexedLabels,
  prices: Float64Array,
  options: Required<LinearMachineOptions> & FitControl,
) => Promise<LinearMachine>;

const squares: Solve = (x, labels, prices, options) => {
  const classes = sidesOf(labels);
  const target = new Float64Array(x.samples * classes.length);
  labels.index.forEach((own, i) => {
    classes.forEach((c, k) => {
      target[i * classes.length + k] = own === c ? 1 : -1;
    });
  });
  return solveSquared(x, target, prices, { kind: "hinge" }, options);
};

const hinges: Solve = async (x, labels, prices, options) => {
  const found: LinearMachine[] = [];
  for (const c of sidesOf(labels)) {
    const dual = {
      sign: Int8Array.from(labels.index, (own) => (own === c ? 1 : -1)),
      row: Uint32Array.from(labels.index.keys()),
      p: new Float64Array(x.samples).fill(-1),
      C: prices,
    };
    found.push(await solveHinges(x, dual, options));
  }
  return together(found);
};

/** The classes with a function of their own: the larger of two, or all of more. */
const sidesOf = ({ classes }: IndexedLabels): number[] =>
  classes.length === 2 ? [1] : Array.from(classes.keys());
