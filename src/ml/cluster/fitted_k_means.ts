import { columnsOf, type Frame } from "../points.ts";
import { type FloatMatrix, readMatrix, type Samples } from "../samples.ts";
import { type Saved, sealed } from "../saved.ts";
import {
  type Fields,
  finiteNumber,
  floats,
  optional,
  positive,
  size,
  wholeNumber,
} from "../saved_fields.ts";
import { nearest, squareBetween } from "./seeding.ts";

/** Fitted clusters as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedKMeans extends Saved {
  /** Number of features in fit. */
  readonly features: number;
  /** [clusters, features], row-major. */
  readonly clusterCenters: readonly number[];
  /** `[features]`: origin of the frame in which distances are measured. */
  readonly shift: readonly number[];
  /** Unit of the frame, one power of two for all features. */
  readonly scale: number;
  /** Σ ‖x − centre‖² over the samples of fit. */
  readonly inertia: number;
  /** Number of rounds from the initial centres that gave the lowest inertia. */
  readonly nIter: number;
  /** For MiniBatchKMeans: the number of samples that each centre is the mean of. */
  readonly counts?: readonly number[];
}

export const kMeansFields: Fields<SavedKMeans> = {
  features: /* @__PURE__ */ size("features"),
  clusterCenters: /* @__PURE__ */ floats("clusters", "features"),
  shift: /* @__PURE__ */ floats("features"),
  scale: positive,
  inertia: finiteNumber,
  nIter: wholeNumber,
  counts: /* @__PURE__ */ optional(/* @__PURE__ */ floats("clusters")),
};

/** Fitted clusters. */
export class FittedKMeans {
  /** The class that fitted it. */
  readonly estimator: string;
  /** [clusters, features], row-major. */
  readonly clusterCenters: Float64Array<ArrayBuffer>;
  /** `[samples]`: the cluster of every sample of fit; empty in a model from JSON. */
  readonly labels: Uint32Array<ArrayBuffer>;
  /** Σ ‖x − centre‖² over the samples of fit. */
  readonly inertia: number;
  /** Number of rounds from the initial centres that gave the lowest inertia. */
  readonly nIter: number;
  /** [clusters], for MiniBatchKMeans: the number of samples that each centre is the mean of; empty for KMeans. */
  readonly counts: Float64Array<ArrayBuffer>;
  readonly #features: number;
  readonly #frame: Frame;

  constructor(saved: SavedKMeans, labels: Uint32Array<ArrayBuffer>) {
    this.estimator = saved.estimator;
    this.clusterCenters = Float64Array.from(saved.clusterCenters);
    this.labels = labels;
    this.inertia = saved.inertia;
    this.nIter = saved.nIter;
    this.counts = Float64Array.from(saved.counts ?? []);
    this.#features = saved.features;
    this.#frame = { shift: Float64Array.from(saved.shift), scale: saved.scale };
  }

  /**
   * `[samples]`: the nearest cluster, the first of equally near ones. Throws `ShapeError` for another number of features
   * than in fit.
   */
  async predict(X: Samples): Promise<Uint32Array<ArrayBuffer>> {
    return (await this.#nearest("KMeans.predict", X)).labels;
  }

  /** −Σ ‖x − centre‖²: greater is better. */
  async score(X: Samples): Promise<number> {
    const { squares } = await this.#nearest("KMeans.score", X);
    return -squares.reduce((a, b) => a + b, 0);
  }

  /** `[samples, clusters]`: distances to all centres. */
  async transform(X: Samples): Promise<FloatMatrix> {
    const d = this.#features;
    const { host, samples } = await readMatrix("KMeans.transform", X, { features: d });
    const k = this.clusterCenters.length / d;
    const data = new Float64Array(samples * k);
    for (let i = 0; i < samples; i++) {
      for (let c = 0; c < k; c++) {
        data[i * k + c] = Math.sqrt(squareBetween(host, i, this.clusterCenters, c, d));
      }
    }
    return { data, shape: [samples, k] };
  }

  /** The fitted model as plain data, for `fromJSON` of its estimator. */
  toJSON(): SavedKMeans {
    const { estimator, inertia, nIter } = this;
    return sealed({
      estimator,
      features: this.#features,
      clusterCenters: [...this.clusterCenters],
      shift: [...this.#frame.shift],
      scale: this.#frame.scale,
      inertia,
      nIter,
      ...(this.counts.length > 0 && { counts: [...this.counts] }),
    });
  }

  async #nearest(who: string, X: Samples) {
    const matrix = await readMatrix(who, X, { features: this.#features });
    const points = columnsOf(matrix, this.#frame);
    try {
      return await nearest(points, matrix, this.clusterCenters);
    } finally {
      points.xt.dispose();
    }
  }
}
