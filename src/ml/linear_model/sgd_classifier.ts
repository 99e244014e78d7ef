import { checkArguments, options, signature } from "../../core/signature.ts";
import type { ClassWeight } from "../class_weight.ts";
import type { FitControl } from "../fit_options.ts";
import { checkFit, choice, classWeight, labels as labelsKind } from "../kinds.ts";
import type { Label, LabelInput, LabelKind } from "../labels.ts";
import { type PartialFitOptions, partialFitSignature } from "../partial_fit.ts";
import type { FitWeights } from "../sample_weight.ts";
import type { Samples } from "../samples.ts";
import { checkSaved } from "../saved.ts";
import { Unfitted } from "../unfitted.ts";
import { FittedSGDClassifier, type SavedSGD, sgdFields } from "./fitted_sgd.ts";
import type { ClassificationLoss } from "./sgd_losses.ts";
import { type SGDOptions, sgdKinds, sgdSettings } from "./sgd_options.ts";
import { isLearner, learnAll, learnPart, type Teaching } from "./sgd_outputs.ts";

/** Options of `SGDClassifier`. */
export interface SGDClassifierOptions extends SGDOptions {
  /** "hinge" is a linear SVM, "logLoss" logistic regression. Default "hinge". */
  readonly loss?: ClassificationLoss;
  /**
   * Weight of samples of each class; with more than two classes, only when that class is learned against the rest. Default:
   * equal.
   */
  readonly classWeight?: ClassWeight;
}

const partialSignature = /* @__PURE__ */ partialFitSignature(
  "SGDClassifier",
  /* @__PURE__ */ isLearner("SGDClassifier"),
);

/**
 * Linear classifiers by stochastic gradient descent: one update per sample, in float64 on the host, since each update
 * depends on the previous one; with `shuffle: false` the numbers equal scikit-learn's. With more than two classes, each is
 * learned against the rest. The result depends on the order, number, units and offset of the samples: centre and scale them
 * first (`StandardScaler`). Weights that overflow are refused.
 */
export class SGDClassifier extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("SGDClassifier", {
    options: options<SGDClassifierOptions>({
      ...sgdKinds,
      loss: choice(
        "hinge",
        "logLoss",
        "modifiedHuber",
        "squaredHinge",
        "perceptron",
        "squaredError",
        "huber",
        "epsilonInsensitive",
        "squaredEpsilonInsensitive",
      ),
      classWeight,
    }),
  });

  readonly #loss: ClassificationLoss;
  readonly #teaching: Teaching;

  constructor(options: SGDClassifierOptions = {}) {
    checkArguments(SGDClassifier.signature, arguments);
    super(options);
    const { loss = "hinge", classWeight, ...rest } = options;
    const rates = { learningRate: "optimal", eta0: 0, powerT: 0.5 } as const;
    const defaults = { loss, classes: true, ...rates };
    this.#loss = loss;
    this.#teaching = {
      who: "SGDClassifier",
      settings: sgdSettings("SGDClassifier", rest, defaults),
      classWeight,
      randomState: rest.randomState ?? 0,
    };
  }

  /** y: labels [samples]. Throws `ShapeError` and `ValueError` for data that do not fit, or with only one class. */
  async fit<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
    options: FitWeights & FitControl = {},
  ): Promise<FittedSGDClassifier<LabelKind<L>>> {
    checkFit("SGDClassifier", arguments, labelsKind);
    return this.#fitted(await learnAll(this.#teaching, X, y, options));
  }

  /**
   * One pass over a part of the samples, continuing from `model`, the result of the previous parts, which is not changed:
   * for samples that do not fit into memory. `classes` lists all labels for the first part. Throws the errors of `fit`.
   */
  async partialFit<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
    options: PartialFitOptions<LabelKind<L>, FittedSGDClassifier<LabelKind<L>>> = {},
  ): Promise<FittedSGDClassifier<LabelKind<L>>> {
    checkArguments(partialSignature, arguments);
    return this.#fitted(await learnPart<L>(this.#teaching, X, y, options));
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON<L extends Label = number>(saved: SavedSGD<L>): FittedSGDClassifier<L> {
    checkSaved<SavedSGD>("SGDClassifier", saved, sgdFields);
    return new FittedSGDClassifier(saved);
  }

  #fitted<L extends Label>(model: Omit<SavedSGD, "loss">): FittedSGDClassifier<L> {
    return new FittedSGDClassifier({ ...(model as Omit<SavedSGD<L>, "loss">), loss: this.#loss });
  }
}
