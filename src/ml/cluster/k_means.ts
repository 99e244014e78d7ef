import { ShapeError, ValueError } from "../../core/errors.ts";
import { either, integer, number } from "../../core/kinds.ts";
import { seeded } from "../../core/rng.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { momentsOf } from "../columns.ts";
import { checkDistinct } from "../distinct.ts";
import type { FitControl } from "../fit_options.ts";
import { fitKinds, samples } from "../kinds.ts";
import { columnsOf, frameOf, type Points } from "../points.ts";
import { type Matrix, readMatrix, type Samples } from "../samples.ts";
import { checkSaved } from "../saved.ts";
import { Unfitted } from "../unfitted.ts";
import { FittedKMeans, kMeansFields, type SavedKMeans } from "./fitted_k_means.ts";
import { type Clustering, lloyd } from "./lloyd.ts";
import { firstCentres, type Init, initKind } from "./seeding.ts";

/** Options of `KMeans`, with the names and defaults of scikit-learn. */
export interface KMeansOptions {
  /** Number of clusters, at most the number of samples. Default 8. */
  readonly nClusters?: number;
  /**
   * Initial centres: "k-means++", "k-means||" for very many clusters, "random" samples, or the centres themselves
   * [nClusters, features]. Default "k-means++".
   */
  readonly init?: Init | Matrix | readonly ArrayLike<number>[];
  /** Number of starts, of which the one with the least inertia is kept. Default 10 for "random", otherwise 1. */
  readonly nInit?: number;
  /** Maximum number of rounds of a start. Default 300. */
  readonly maxIter?: number;
  /** Stops when Σ ‖Δcentre‖² is at most this fraction of the features' mean variance. Default 1e-4. */
  readonly tol?: number;
  /** Seed of the draws. Default 0. */
  readonly randomState?: number;
}

/** Kinds of the options except nClusters. */
export const startKinds = {
  init: /* @__PURE__ */ either(initKind, samples),
  nInit: number,
  maxIter: number,
  tol: number,
  randomState: integer,
};

const fitSignature = /* @__PURE__ */ signature("KMeans.fit", {
  X: samples,
  options: /* @__PURE__ */ options<FitControl>(fitKinds),
});

/**
 * K-Means: clusters of least Σ ‖x − centre‖² by Lloyd's algorithm (1982). Distances of all points to all centres are never
 * written; eight to sixteen rounds run on the GPU between two readbacks. Features are weighted by their units: scale them
 * with `StandardScaler`. Results have the precision of float64; a feature for which that is not possible is refused by
 * name.
 *
 * @example
 * ```ts
 * import { KMeans } from "wgrad/ml";
 * const model = await new KMeans({ nClusters: 2 }).fit([[0, 0], [0, 1], [9, 9], [9, 8]]);
 * console.log(model.labels[0] === model.labels[1], model.inertia); // true 1
 * ```
 */
export class KMeans extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("KMeans", {
    options: options<KMeansOptions>({ nClusters: number, ...startKinds }),
  });
  readonly #options: Required<Omit<KMeansOptions, "nInit">> & Pick<KMeansOptions, "nInit">;

  constructor(options: KMeansOptions = {}) {
    checkArguments(KMeans.signature, arguments);
    super(options);
    const { nClusters = 8, init = "k-means++", maxIter = 300, tol = 1e-4 } = options;
    const { randomState = 0, nInit } = options;
    this.#options = { nClusters, init, maxIter, tol, randomState, ...(nInit && { nInit }) };
    check(options.nInit, this.#options);
  }

  /** Throws `ShapeError` and `ValueError` for data that do not fit, or fewer samples than clusters. */
  async fit(X: Samples, options: FitControl = {}): Promise<FittedKMeans> {
    checkArguments(fitSignature, arguments);
    options.signal?.throwIfAborted();
    const who = "KMeans";
    const { nClusters: k, init, maxIter, tol, randomState } = this.#options;
    const matrix = await readMatrix(who, X);
    if (matrix.samples < k) {
      throw new ValueError(
        `${who}: expected ${k} samples or more, got ${matrix.samples}; lower nClusters`,
      );
    }
    const given =
      typeof init === "string" ? undefined : await readCentres(who, init, k, matrix.features);
    const { variance } = momentsOf(matrix);
    const limit = (tol * variance.reduce((a, b) => a + b, 0)) / variance.length;
    const frame = frameOf(matrix);
    checkDistinct(matrix, frame.shift);
    const points = columnsOf(matrix, frame);
    try {
      const random = seeded(randomState);
      const starts = given ? 1 : (this.#options.nInit ?? (init === "random" ? 10 : 1));
      const begin = async (): Promise<Clustering> => {
        const how = typeof init === "string" ? init : "random";
        const first = given ?? (await firstCentres(how, matrix, points, k, random, options.signal));
        return lloyd(points, matrix, first, { ...options, maxIter, tol: limit });
      };
      let best = await begin();
      for (let start = 1; start < starts; start++) {
        const found = await begin();
        if (found.inertia < best.inertia) best = found;
      }
      return new FittedKMeans(toSaved(best, points), best.labels);
    } finally {
      points.xt.dispose();
    }
  }

  /** Throws `ValueError` for another estimator's model. The result has no `labels`, which belong to the samples of fit. */
  static fromJSON(saved: SavedKMeans): FittedKMeans {
    checkSaved("KMeans", saved, kMeansFields);
    return new FittedKMeans(saved, new Uint32Array(0));
  }
}

const toSaved = (
  { centres, inertia, nIter }: Clustering,
  { features, shift, scale }: Points,
): SavedKMeans => ({
  estimator: "KMeans",
  clusterCenters: [...centres],
  features,
  shift: [...shift],
  scale,
  inertia,
  nIter,
});

async function readCentres(who: string, init: Samples, k: number, features: number) {
  const centres = await readMatrix(`${who}: init`, init);
  if (centres.samples === k && centres.features === features) {
    return Float64Array.from(centres.host);
  }
  throw new ShapeError(
    `${who}: expected init [${k}, ${features}], got [${centres.samples}, ${centres.features}]; ` +
      "set nClusters to match",
  );
}

function check(
  nInit: number | undefined,
  { nClusters, maxIter, tol }: Required<Omit<KMeansOptions, "nInit">>,
): void {
  const whole = (value: number) => Number.isInteger(value) && value >= 1;
  const wrong = Object.entries({ nClusters, maxIter, nInit: nInit ?? 1 }).find(
    ([, v]) => !whole(v),
  );
  if (wrong) {
    throw new ValueError(
      `KMeans: expected ${wrong[0]} a whole number ≥ 1, got ${wrong[1]}; leave it out for the default`,
    );
  }
  if (!(tol >= 0 && Number.isFinite(tol))) {
    throw new ValueError(`KMeans: expected tol ≥ 0, got ${tol}; leave it out for 1e-4`);
  }
}
