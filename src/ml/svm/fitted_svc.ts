import { ValueError } from "../../core/errors.ts";
import type { KernelFunction } from "../../kernels/svm/kernel_function.ts";
import { type Label, type LabelInput, type LabelList, labelList, labelsAt } from "../labels.ts";
import type { FloatMatrix, Samples } from "../samples.ts";
import { pack, sealed, unpack } from "../saved.ts";
import { type ScoreOptions, scoreLabels } from "../scoring.ts";
import { type Expansion, evaluate, linearCoef } from "./expansion.ts";
import { placed } from "./kernel_options.ts";
import { probabilitiesOf } from "./probability.ts";
import type { SavedSVC } from "./saved_svc.ts";
import { scoresOf } from "./sides.ts";

/** Result of `SVC.fit`. */
export class FittedSVC<L extends Label = number> {
  /** The class of the estimator. */
  readonly estimator = "SVC";
  /** The kernel with the γ used. */
  readonly kernel: KernelFunction;
  /** [classes], sorted. */
  readonly classes: LabelList<L>;
  /** [vectors, features], class by class. */
  readonly supportVectors: Float64Array<ArrayBuffer>;
  /** `[vectors]`: their rows in X of fit. */
  readonly support: Uint32Array<ArrayBuffer>;
  /** `[classes]`: the number of support vectors of each class. */
  readonly nSupport: readonly number[];
  /**
   * Weights of the vectors in decisions, as scikit-learn's `dual_coef_`: [1, vectors] for two classes; [classes − 1,
   * vectors] for pairs, where the column of a vector has the machines of its class against the other classes in their
   * order, positive for the first class of a pair; [classes, vectors] for `multiclass` "ovr".
   */
  readonly dualCoef: Float64Array<ArrayBuffer>;
  /** [machines] */
  readonly intercept: Float64Array<ArrayBuffer>;
  /** `[machines]`: the minimum of each dual. */
  readonly dualObjective: readonly number[];
  /** `[machines]`: number of steps, each of a pair of variables. */
  readonly nIter: readonly number[];
  /** Whether the violations of all machines fell below the tolerance. */
  readonly converged: boolean;
  readonly #saved: SavedSVC<L>;

  constructor(saved: SavedSVC<L>) {
    this.#saved = saved;
    this.kernel = saved.kernel;
    this.classes = labelList(saved.classes);
    this.support = Uint32Array.from(saved.support);
    this.nSupport = saved.nSupport;
    this.dualCoef = byOther(saved);
    this.intercept = Float64Array.from(saved.intercept);
    this.dualObjective = saved.dualObjective;
    this.nIter = saved.nIter;
    this.converged = saved.converged;
    const length = this.support.length * saved.features;
    this.supportVectors = unpack("SVC.fromJSON", saved.supportVectors, length);
  }

  /**
   * Two classes: [samples, 1], positive for the larger label. More: [samples, classes], votes of pairs with confidences as
   * fractions, or with `decisionFunctionShape` "ovo" [samples, pairs].
   */
  async decisionFunction(X: Samples): Promise<FloatMatrix> {
    const { sides, decisionFunctionShape, multiclass } = this.#saved;
    const decisions = await evaluate("SVC", this.#expansion, X);
    const samples = decisions.length / sides.length;
    const k = this.classes.length;
    if (k === 2 || multiclass === "ovr" || decisionFunctionShape === "ovo") {
      return { data: Float64Array.from(decisions), shape: [samples, sides.length] };
    }
    const { votes, sure } = scoresOf(decisions, sides, k);
    // less than a third of a vote, so that no sum of confidences outweighs a vote
    const data = Float64Array.from(votes, (vote, at) => {
      const own = sure[at] as number;
      return vote + own / (3 * (Math.abs(own) + 1));
    });
    return { data, shape: [samples, k] };
  }

  /**
   * [machines, features] for a linear kernel: decisions are X · coefᵀ + intercept, one machine per pair or class. Throws
   * `ValueError` for other kernels, which have no coefficients.
   */
  get coef(): Float64Array<ArrayBuffer> {
    return linearCoef("SVC", this.#expansion);
  }

  /**
   * `[samples]`: the class with most votes, the first of equally frequent ones; with one machine per class, the class with
   * the largest decision.
   */
  async predict(X: Samples): Promise<LabelList<L>> {
    const { sides } = this.#saved;
    const decisions = await evaluate("SVC", this.#expansion, X);
    const k = this.classes.length;
    const { votes } = scoresOf(decisions, sides, k);
    const best = Array.from({ length: decisions.length / sides.length }, (_, i) => {
      const own = votes.subarray(i * k, (i + 1) * k);
      return own.indexOf(own.reduce((a, b) => Math.max(a, b)));
    });
    return labelsAt<L>(this.classes, best);
  }

  /**
   * `[samples, classes]`: sigmoids of the decisions (Platt 1999), coupled for more than two classes (Wu, Lin and Weng
   * 2004). The class with the highest probability may differ from that of `predict`. Throws `ValueError` unless the
   * estimator had `probability: true`.
   */
  async predictProba(X: Samples): Promise<FloatMatrix> {
    const { sides, sigmoids } = this.#saved;
    if (!sigmoids) {
      throw new ValueError(
        "SVC.predictProba: expected a model fitted with probability: true, got one without; fit new SVC({ probability: true }), " +
          "which takes about five times as long, or use decisionFunction",
      );
    }
    const decisions = await evaluate("SVC", this.#expansion, X);
    const k = this.classes.length;
    const samples = decisions.length / sides.length;
    const data = new Float64Array(samples * k);
    for (let i = 0; i < samples; i++) {
      const own = decisions.subarray(i * sides.length, (i + 1) * sides.length);
      data.set(probabilitiesOf(own, sides, sigmoids, k), i * k);
    }
    return { data, shape: [samples, k] };
  }

  /** `[samples, classes]`: logarithms of the probabilities. Throws as `predictProba` does. */
  async predictLogProba(X: Samples): Promise<FloatMatrix> {
    const { data, shape } = await this.predictProba(X);
    return { data: data.map(Math.log), shape };
  }

  /** Fraction of the samples, by weight, whose label is predicted. */
  score(X: Samples, y: LabelInput<L>, options: ScoreOptions = {}): Promise<number> {
    return scoreLabels<L>(this, X, y, options);
  }

  /** The fitted model as plain data, for `fromJSON` of its estimator. */
  toJSON(): SavedSVC<L> {
    return sealed({ ...this.#saved, supportVectors: pack(this.supportVectors) });
  }

  get #expansion(): Expansion {
    return {
      ...placed(this.#saved),
      features: this.#saved.features,
      vectors: this.supportVectors,
      coef: Float64Array.from(this.#saved.coef.flat()),
      intercept: this.intercept,
    };
  }
}

/** A column for each vector: its coefficients against every other class, in the order of classes. */
function byOther({ coef, sides, nSupport }: SavedSVC): Float64Array<ArrayBuffer> {
  const classes = nSupport.length;
  const vectors = coef[0]?.length ?? 0;
  if (classes === 2 || sides.some(({ negative }) => negative === undefined)) {
    return Float64Array.from(coef.flat());
  }
  const own = nSupport.flatMap((count, c) => new Array<number>(count).fill(c));
  const columns = new Float64Array((classes - 1) * vectors);
  sides.forEach(({ positive, negative = 0 }, machine) => {
    own.forEach((c, j) => {
      if (c !== positive && c !== negative) return;
      const row = c === positive ? negative - 1 : positive; // positive < negative
      columns[row * vectors + j] = coef[machine]?.[j] as number;
    });
  });
  return columns;
}
