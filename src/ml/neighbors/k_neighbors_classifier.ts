import { checkArguments, options, signature } from "../../core/signature.ts";
import { labels as labelsKind, type SignalOption, samples, stopKind } from "../kinds.ts";
import {
  encoded,
  type Label,
  type LabelInput,
  type LabelKind,
  type LabelList,
  labelList,
  labelsAt,
  readLabelList,
  valuesOf,
} from "../labels.ts";
import { type FloatMatrix, readMatrix, type Samples } from "../samples.ts";
import { checkSaved } from "../saved.ts";
import { type ScoreOptions, scoreLabels } from "../scoring.ts";
import { Unfitted } from "../unfitted.ts";
import {
  checkEnough,
  FittedNeighbors,
  type KeptData,
  keptOf,
  type NeighborsOptions,
  neighborFields,
  neighborKinds,
  type SavedNeighbors,
  withNeighborDefaults,
} from "./fitted_neighbors.ts";

const fitSignature = /* @__PURE__ */ signature("KNeighborsClassifier.fit", {
  X: samples,
  y: labelsKind,
  options: stopKind,
});

/**
 * Classification by the vote of the nearest samples (Fix and Hodges 1951; Cover and Hart 1967). Exact: the neighbours are
 * those of float64. Up to 2^26 differences of numbers, the host compares every query with every sample; beyond that, the
 * GPU finds candidates. The full matrix of distances is never stored. Features are weighted by their units: scale them with
 * `StandardScaler`. Results have the precision of float64; a feature for which that is not possible is refused by name.
 *
 * @example
 * ```ts
 * import { KNeighborsClassifier } from "wgrad/ml";
 * const model = await new KNeighborsClassifier({ nNeighbors: 1 }).fit([[0], [5]], ["low", "high"]);
 * console.log(await model.predict([[1], [4]])); // [low, high]
 * ```
 */
export class KNeighborsClassifier extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("KNeighborsClassifier", {
    options: options<NeighborsOptions>(neighborKinds),
  });
  readonly #options: Required<NeighborsOptions>;

  constructor(options: NeighborsOptions = {}) {
    checkArguments(KNeighborsClassifier.signature, arguments);
    super(options);
    this.#options = withNeighborDefaults("KNeighborsClassifier", options);
  }

  /** y: labels [samples]. Keeps the samples. Throws `ShapeError` and `ValueError` for data that do not fit. */
  async fit<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
    options: SignalOption = {},
  ): Promise<FittedKNeighborsClassifier<LabelKind<L>>> {
    checkArguments(fitSignature, arguments);
    options.signal?.throwIfAborted();
    const who = "KNeighborsClassifier";
    const matrix = await readMatrix(who, X);
    checkEnough(who, matrix.samples, this.#options.nNeighbors);
    const labels = valuesOf<LabelKind<L>>(await readLabelList(who, y, matrix.samples));
    return new FittedKNeighborsClassifier({ matrix, y: labels, options: this.#options });
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON<L extends Label = number>(
    saved: SavedNeighbors<L>,
  ): FittedKNeighborsClassifier<L> {
    checkSaved<SavedNeighbors>("KNeighborsClassifier", saved, neighborFields);
    return new FittedKNeighborsClassifier(keptOf(saved));
  }
}

/** The samples that `KNeighborsClassifier.fit` keeps, with `predict` and `predictProba`. */
export class FittedKNeighborsClassifier<L extends Label = number> extends FittedNeighbors<L> {
  /** The class that fitted it. */
  readonly estimator = "KNeighborsClassifier";
  /** [classes], sorted. */
  readonly classes: LabelList<L>;
  readonly #index: Uint32Array;

  constructor(kept: KeptData<L>) {
    super(kept);
    const { classes, index } = encoded(kept.y);
    this.classes = labelList(classes);
    this.#index = index;
  }

  /** `[samples, classes]`: fractions of the neighbours' weights. */
  async predictProba(X: Samples): Promise<FloatMatrix> {
    const all = await this.weighed(X);
    const k = this.classes.length;
    const data = new Float64Array(all.length * k);
    all.forEach((neighbors, i) => {
      const total = neighbors.reduce((sum, { weight }) => sum + weight, 0);
      const votes = new Float64Array(k);
      for (const { row, weight } of neighbors) {
        const c = this.#index[row] as number;
        votes[c] = (votes[c] as number) + weight / total;
      }
      data.set(votes, i * k);
    });
    return { data, shape: [all.length, k] };
  }

  /** `[samples]`: the label with the largest weight, the first of equal ones. */
  async predict(X: Samples): Promise<LabelList<L>> {
    const { data, shape } = await this.predictProba(X);
    const k = shape[1];
    const best = Array.from({ length: shape[0] }, (_, i) => {
      const own = data.subarray(i * k, (i + 1) * k);
      return own.indexOf(own.reduce((a, b) => Math.max(a, b)));
    });
    return labelsAt<L>(this.classes, best);
  }

  /** Accuracy: the fraction of the samples, by weight, whose label is predicted. */
  score(X: Samples, y: LabelInput<L>, options: ScoreOptions = {}): Promise<number> {
    return scoreLabels<L>(this, X, y, options);
  }
}
