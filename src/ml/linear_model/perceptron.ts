import { ValueError } from "../../core/errors.ts";
import { boolean, integer, number } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import type { ClassWeight } from "../class_weight.ts";
import type { FitControl } from "../fit_options.ts";
import { checkFit, classWeight, labels as labelsKind } from "../kinds.ts";
import type { Label, LabelInput, LabelKind } from "../labels.ts";
import { type PartialFitOptions, partialFitSignature } from "../partial_fit.ts";
import type { FitWeights } from "../sample_weight.ts";
import type { Samples } from "../samples.ts";
import { checkSaved } from "../saved.ts";
import { Unfitted } from "../unfitted.ts";
import {
  FittedLinearClassifier,
  linearClassifierFields,
  type SavedLinearClassifier,
} from "./fitted_linear_classifier.ts";
import { sampleLosses } from "./sgd_losses.ts";
import { isLearner, learnAll, learnPart, type Teaching } from "./sgd_outputs.ts";

/** Options of `Perceptron`, with the names and defaults of scikit-learn. */
export interface PerceptronOptions {
  /** Factor of the updates. Default 1. */
  readonly eta0?: number;
  /** Maximum number of passes over the samples. Default 1000. */
  readonly maxIter?: number;
  /** A pass counts as an improvement if its mean loss is at least this much below the best. Default 1e-3. */
  readonly tol?: number;
  /** Number of passes without improvement after which a class is finished. Default 5. */
  readonly nIterNoChange?: number;
  /**
   * Whether some samples are held out, and passes are judged by the accuracy on them: an improvement is more than `tol`
   * above the best. The split is stratified. Not for `partialFit`. Default false.
   */
  readonly earlyStopping?: boolean;
  /** Fraction of the samples that `earlyStopping` holds out, in (0, 1). Default 0.1. */
  readonly validationFraction?: number;
  /** Whether an intercept is learned. Default true. */
  readonly fitIntercept?: boolean;
  /** Whether the samples are shuffled before every pass. Default true. */
  readonly shuffle?: boolean;
  /**
   * Weight of samples of each class; with more than two classes, only when that class is learned against the rest. Default:
   * equal.
   */
  readonly classWeight?: ClassWeight;
  /** Seed of the shuffle. Default 0. */
  readonly randomState?: number;
}

const partialSignature = /* @__PURE__ */ partialFitSignature(
  "Perceptron",
  /* @__PURE__ */ isLearner("Perceptron"),
);

/**
 * Rosenblatt's perceptron (1958): weights are updated by every misclassified sample, one after the other; with more than
 * two classes, each class is learned against the rest. In float64 on the host, since each update depends on the previous
 * one; with `shuffle: false` the numbers equal scikit-learn's. The result depends on the order, number, units and offset of
 * the samples: centre and scale them first (`StandardScaler`).
 */
export class Perceptron extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("Perceptron", {
    options: options<PerceptronOptions>({
      eta0: number,
      maxIter: number,
      tol: number,
      nIterNoChange: number,
      earlyStopping: boolean,
      validationFraction: number,
      fitIntercept: boolean,
      shuffle: boolean,
      classWeight,
      randomState: integer,
    }),
  });

  readonly #teaching: Teaching;

  constructor(options: PerceptronOptions = {}) {
    checkArguments(Perceptron.signature, arguments);
    super(options);
    const { eta0 = 1, maxIter = 1000, tol = 1e-3, nIterNoChange = 5 } = options;
    const { fitIntercept = true, shuffle = true, randomState = 0 } = options;
    const { earlyStopping = false, validationFraction: fraction = 0.1 } = options;
    const settings = {
      ...({ loss: sampleLosses.perceptron(0), learningRate: "constant", powerT: 0 } as const),
      ...{ alpha: 0, l1: 0, l2: 0, average: 0 },
      ...{ eta0, maxIter, tol, nIterNoChange, fitIntercept, shuffle },
      ...(earlyStopping && { holdBack: { fraction, classes: true } }),
    };
    this.#teaching = { who: "Perceptron", settings, classWeight: options.classWeight, randomState };
    if (!(fraction > 0 && fraction < 1)) {
      throw new ValueError(
        `Perceptron: expected validationFraction in (0, 1), got ${fraction}; leave it out for the default`,
      );
    }
    const whole = (n: number) => Number.isInteger(n) && n >= 1;
    if (eta0 > 0 && Number.isFinite(eta0) && tol >= 0 && whole(maxIter) && whole(nIterNoChange))
      return;
    throw new ValueError(
      `Perceptron: expected eta0 > 0, tol ≥ 0, whole maxIter and nIterNoChange ≥ 1, got ${eta0}, ${tol}, ${maxIter} and ` +
        `${nIterNoChange}; leave them out for the defaults`,
    );
  }

  /** y: labels [samples]. Throws `ShapeError` and `ValueError` for data that do not fit, or with only one class. */
  async fit<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
    options: FitWeights & FitControl = {},
  ): Promise<FittedLinearClassifier<LabelKind<L>>> {
    checkFit("Perceptron", arguments, labelsKind);
    return fitted(await learnAll(this.#teaching, X, y, options));
  }

  /**
   * One pass over a part of the samples, continuing from `model`, the result of the previous parts, which is not changed:
   * for samples that do not fit into memory. `classes` lists all labels for the first part. Throws the errors of `fit`.
   */
  async partialFit<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
    options: PartialFitOptions<LabelKind<L>, FittedLinearClassifier<LabelKind<L>>> = {},
  ): Promise<FittedLinearClassifier<LabelKind<L>>> {
    checkArguments(partialSignature, arguments);
    return fitted(await learnPart<L>(this.#teaching, X, y, options));
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON<L extends Label = number>(
    saved: SavedLinearClassifier<L>,
  ): FittedLinearClassifier<L> {
    checkSaved<SavedLinearClassifier>("Perceptron", saved, linearClassifierFields);
    return new FittedLinearClassifier(saved);
  }
}

const fitted = <L extends Label>(saved: SavedLinearClassifier): FittedLinearClassifier<L> =>
  new FittedLinearClassifier(saved as SavedLinearClassifier<L>);
