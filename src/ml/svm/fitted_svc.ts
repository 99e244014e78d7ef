import type { KernelFunction } from "../../kernels/svm/kernel_function.ts";
import { type Label, type LabelInput, type LabelList, labelList, labelsAt } from "../labels.ts";
import type { FloatMatrix, Samples } from "../samples.ts";
import { pack, type Saved, unpack } from "../saved.ts";
import { type ScoreOptions, scoreLabels } from "../scoring.ts";
import { type Expansion, evaluate } from "./expansion.ts";
import { placed } from "./kernel_options.ts";
import { type Side, scoresOf } from "./sides.ts";

export interface SavedSVC<L extends Label = Label> extends Saved {
  readonly kernel: KernelFunction;
  /** Where the kernel measures. */
  readonly frame: { readonly shift: readonly number[]; readonly scale: number };
  readonly multiclass: "ovo" | "ovr";
  readonly decisionFunctionShape: "ovo" | "ovr";
  readonly classes: readonly L[];
  readonly features: number;
  readonly sides: readonly Side[];
  readonly support: readonly number[];
  readonly nSupport: readonly number[];
  /** Base64 of f64. */
  readonly supportVectors: string;
  readonly coef: readonly (readonly number[])[];
  readonly intercept: readonly number[];
  readonly dualObjective: readonly number[];
  readonly nIter: readonly number[];
  readonly converged: boolean;
}

/** A fitted `SVC`. */
export class FittedSVC<L extends Label = number> {
  readonly estimator = "SVC";
  /** With the γ that was used. */
  readonly kernel: KernelFunction;
  /** [classes], sorted. */
  readonly classes: LabelList<L>;
  /** [vectors, features], class by class. */
  readonly supportVectors: Float64Array<ArrayBuffer>;
  /** [vectors]: rows of fit's X. */
  readonly support: Uint32Array<ArrayBuffer>;
  /** [classes]: how many of them are of each class. */
  readonly nSupport: readonly number[];
  /**
   * [machines, vectors]: what each vector counts in each machine's decision, 0 where it does not. One machine for two classes;
   * for more one a pair (0 and 1, 0 and 2, …), positive for the first of the two, or one a class.
   */
  readonly dualCoef: Float64Array<ArrayBuffer>;
  /** [machines] */
  readonly intercept: Float64Array<ArrayBuffer>;
  /** [machines]: the least value of each dual. */
  readonly dualObjective: readonly number[];
  /** [machines]: pairs of variables that were moved. */
  readonly nIter: readonly number[];
  /** Whether the violations of all machines came below the tolerance. */
  readonly converged: boolean;
  readonly #saved: SavedSVC<L>;

  constructor(saved: SavedSVC<L>) {
    this.#saved = saved;
    this.kernel = saved.kernel;
    this.classes = labelList(saved.classes);
    this.support = Uint32Array.from(saved.support);
    this.nSupport = saved.nSupport;
    this.dualCoef = Float64Array.from(saved.coef.flat());
    this.intercept = Float64Array.from(saved.intercept);
    this.dualObjective = saved.dualObjective;
    this.nIter = saved.nIter;
    this.converged = saved.converged;
    const length = this.support.length * saved.features;
    this.supportVectors = unpack("SVC.fromJSON", saved.supportVectors, length);
  }

  /**
   * Two classes: [samples, 1], positive for the larger label. More: [samples, classes], of pairs' votes and how sure they are,
   * or with `decisionFunctionShape` "ovo" [samples, pairs].
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
    // within a third of a vote, so that no number of doubts outweighs one
    const data = Float64Array.from(votes, (vote, at) => {
      const own = sure[at] as number;
      return vote + own / (3 * (Math.abs(own) + 1));
    });
    return { data, shape: [samples, k] };
  }

  /** [samples]: the class of most votes, of equals the first; of machines of one class the surest. */
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

  /** Share of the samples, by weight, that get their label. */
  score(X: Samples, y: LabelInput<L>, options: ScoreOptions = {}): Promise<number> {
    return scoreLabels<L>(this, X, y, options);
  }

  toJSON(): SavedSVC<L> {
    return { ...this.#saved, supportVectors: pack(this.supportVectors) };
  }

  get #expansion(): Expansion {
    return {
      ...placed(this.#saved),
      features: this.#saved.features,
      vectors: this.supportVectors,
      coef: this.dualCoef,
      intercept: this.intercept,
    };
  }
}
