import { ValueError } from "../../core/errors.ts";
import { finite, oneOf } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { momentsOf } from "../columns.ts";
import { labels as labelsKind, type SignalOption, samples, stopKind } from "../kinds.ts";
import {
  type IndexedLabels,
  type Label,
  type LabelInput,
  type LabelKind,
  type LabelList,
  labelList,
  labelsAt,
  readLabels,
  valuesOf,
} from "../labels.ts";
import { type HostMatrix, readMatrix, type Samples } from "../samples.ts";
import { checkSaved, type Saved, sealed } from "../saved.ts";
import { classesOf, type Fields, floats, oneOf as named } from "../saved_fields.ts";
import { type ScoreOptions, scoreLabels } from "../scoring.ts";
import { Unfitted } from "../unfitted.ts";
import { kNearest } from "./search.ts";

/** Options of `NearestCentroid`, with the names and defaults of scikit-learn. */
export interface NearestCentroidOptions {
  /** "euclidean": centroids are means; "manhattan": centroids are medians of the features. Default "euclidean". */
  readonly metric?: "euclidean" | "manhattan";
  /**
   * Number of standard errors by which centroids are moved towards the mean of all samples, in each feature, but not beyond
   * it (nearest shrunken centroids, Tibshirani, Hastie, Narasimhan and Chu 2002): features that do not distinguish classes
   * then have no effect. ≥ 0. Default: no shrinking.
   */
  readonly shrinkThreshold?: number | undefined;
}

/** A fitted `NearestCentroid` as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedNearestCentroid<L extends Label = Label> extends Saved {
  /** [classes], sorted. */
  readonly classes: readonly L[];
  /** [classes, features], row-major. */
  readonly centroids: readonly number[];
  /** Distance to the centroids. */
  readonly metric: "euclidean" | "manhattan";
}

const savedFields: Fields<SavedNearestCentroid> = {
  classes: /* @__PURE__ */ classesOf("classes"),
  centroids: /* @__PURE__ */ floats("classes", "features"),
  metric: /* @__PURE__ */ named("euclidean", "manhattan"),
};

const fitSignature = /* @__PURE__ */ signature("NearestCentroid.fit", {
  X: samples,
  y: labelsKind,
  options: stopKind,
});

/**
 * Represents every class by one point, the centre of its samples, and predicts the class with the nearest one. Features are
 * weighted by their units. An outlier shifts the mean of its class; "manhattan" uses medians.
 *
 * @example
 * ```ts
 * import { NearestCentroid } from "wgrad/ml";
 * const model = await new NearestCentroid().fit([[0], [2], [10], [12]], [0, 0, 1, 1]);
 * console.log(await model.predict([[5], [7]])); // [0, 1]
 * ```
 */
export class NearestCentroid extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("NearestCentroid", {
    options: options<NearestCentroidOptions>({
      metric: oneOf("euclidean", "manhattan"),
      shrinkThreshold: finite,
    }),
  });
  readonly #metric: "euclidean" | "manhattan";
  readonly #shrink: number | undefined;

  constructor(options: NearestCentroidOptions = {}) {
    checkArguments(NearestCentroid.signature, arguments);
    super(options);
    this.#metric = options.metric ?? "euclidean";
    this.#shrink = options.shrinkThreshold;
    if (this.#shrink === undefined || this.#shrink >= 0) return;
    throw new ValueError(
      `NearestCentroid: expected shrinkThreshold ≥ 0, got ${this.#shrink}; leave it out to move no centroid`,
    );
  }

  /**
   * y: labels [samples]. Throws `ShapeError` and `ValueError` for data that do not fit, and with a `shrinkThreshold` for
   * classes whose samples are all equal, or if there are not more samples than classes.
   */
  async fit<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
    options: SignalOption = {},
  ): Promise<FittedNearestCentroid<LabelKind<L>>> {
    checkArguments(fitSignature, arguments);
    options.signal?.throwIfAborted();
    const matrix = await readMatrix("NearestCentroid", X);
    const labels = await readLabels<LabelKind<L>>("NearestCentroid", y, matrix.samples);
    const own = centroidsOf(matrix, labels, this.#metric);
    const centroids =
      this.#shrink === undefined ? own : shrunken(matrix, labels, own, this.#shrink);
    return new FittedNearestCentroid({
      estimator: "NearestCentroid",
      classes: [...labels.classes],
      centroids: [...centroids],
      metric: this.#metric,
    });
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON<L extends Label = number>(
    saved: SavedNearestCentroid<L>,
  ): FittedNearestCentroid<L> {
    checkSaved<SavedNearestCentroid>("NearestCentroid", saved, savedFields);
    return new FittedNearestCentroid(saved);
  }
}

/** Result of `NearestCentroid.fit`: the centroid of every class, and `predict`. */
export class FittedNearestCentroid<L extends Label = number> {
  /** The class that fitted it. */
  readonly estimator = "NearestCentroid";
  /** [classes], sorted. */
  readonly classes: LabelList<L>;
  /** [classes, features], row-major. */
  readonly centroids: Float64Array<ArrayBuffer>;
  /** Distance to the centroids. */
  readonly metric: "euclidean" | "manhattan";

  constructor(saved: SavedNearestCentroid<L>) {
    this.classes = labelList(saved.classes);
    this.centroids = Float64Array.from(saved.centroids);
    this.metric = saved.metric;
  }

  /**
   * `[samples]`: the label of the nearest centroid, the first of equally near ones. Throws `ShapeError` for another number
   * of features than in fit.
   */
  async predict(X: Samples): Promise<LabelList<L>> {
    const who = `${this.estimator}.predict`;
    checkArguments(signature(who, { X: samples }), arguments);
    const classes = this.classes.length;
    const features = this.centroids.length / classes;
    const queries = await readMatrix(who, X, { features });
    const points = { samples: classes, features, host: this.centroids };
    const { indices } = await kNearest(points, queries, 1, this.metric);
    return labelsAt<L>(this.classes, indices);
  }

  /** Accuracy: the fraction of the samples, by weight, whose label is predicted. */
  score(X: Samples, y: LabelInput<L>, options: ScoreOptions = {}): Promise<number> {
    return scoreLabels<L>(this, X, y, options);
  }

  /** The fitted model as plain data, for `fromJSON` of its estimator. */
  toJSON(): SavedNearestCentroid<L> {
    const { estimator, metric } = this;
    return sealed({
      estimator,
      classes: valuesOf<L>(this.classes),
      centroids: [...this.centroids],
      metric,
    });
  }
}

/** Means or medians of each class's samples: [classes, features]. */
function centroidsOf(
  { host, features: d }: HostMatrix,
  { classes, index }: IndexedLabels,
  metric: "euclidean" | "manhattan",
): Float64Array<ArrayBuffer> {
  const rows = classes.map((_, k) => Array.from(index.keys()).filter((i) => index[i] === k));
  return Float64Array.from({ length: classes.length * d }, (_, at) => {
    const own = Float64Array.from(
      rows[Math.floor(at / d)] ?? [],
      (i) => host[i * d + (at % d)] as number,
    );
    return metric === "manhattan" ? medianOf(own) : meanOf(own);
  });
}

/** relative to the first sample as a pivot */
const meanOf = ([first = 0, ...rest]: Float64Array): number =>
  first + rest.reduce((sum, v) => sum + (v - first), 0) / (rest.length + 1);

function medianOf(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  const upper = sorted[sorted.length >> 1] as number;
  if (sorted.length % 2) return upper;
  const lower = sorted[(sorted.length >> 1) - 1] as number;
  return lower + (upper - lower) / 2;
}

/**
 * Centroids c moved towards the mean m of all samples: m + e · sign(t) · max(0, |t| − threshold) with t = (c − m) / e
 * and the standard errors e = √(1 / nₖ − 1 / n) · (s + median of s), s² = Σ (x − c)² / (n − classes).
 */
function shrunken(
  matrix: HostMatrix,
  { classes, index }: IndexedLabels,
  centroids: Float64Array,
  threshold: number,
): Float64Array<ArrayBuffer> {
  const { host, samples: n, features: d } = matrix;
  const { mean } = momentsOf(matrix);
  const counts = new Float64Array(classes.length);
  const squares = new Float64Array(d);
  index.forEach((k, i) => {
    counts[k] = (counts[k] as number) + 1;
    for (let c = 0; c < d; c++) {
      const away = (host[i * d + c] as number) - (centroids[k * d + c] as number);
      squares[c] = (squares[c] as number) + away * away;
    }
  });
  const deviations = squares.map((square) => Math.sqrt(square / (n - classes.length)));
  const usual = medianOf(deviations);
  return Float64Array.from(centroids, (centroid, at) => {
    const [k, c] = [Math.floor(at / d), at % d];
    const share = Math.sqrt(1 / (counts[k] as number) - 1 / n);
    const error = share * ((deviations[c] as number) + usual);
    const away = centroid - (mean[c] as number);
    if (!(n > classes.length && error > 0)) {
      throw new ValueError(
        `NearestCentroid: expected samples that differ within their classes for shrinkThreshold, got ${n} samples of ` +
          `${classes.length} classes with a deviation of ${deviations[c]} in column ${c}; leave shrinkThreshold out`,
      );
    }
    const left = Math.max(0, Math.abs(away) / error - threshold);
    return (mean[c] as number) + Math.sign(away) * error * left;
  });
}
