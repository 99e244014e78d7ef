import { ValueError } from "../../core/errors.ts";
import { integer, number, signalKind } from "../../core/kinds.ts";
import { permutation, type Random, seeded } from "../../core/rng.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { clusterMove as move, stateLength } from "../../kernels/cluster/move.ts";
import { zeros } from "../../ops/shape/create.ts";
import { run } from "../../tensor/run.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkDistinct } from "../distinct.ts";
import { betweenRounds, type FitControl } from "../fit_options.ts";
import { fitKinds, samples } from "../kinds.ts";
import { modelKind } from "../partial_fit.ts";
import { columnsOf, type Frame, frameOf } from "../points.ts";
import { type HostMatrix, readMatrix, rowsOf, type Samples } from "../samples.ts";
import { checkSaved } from "../saved.ts";
import { Unfitted } from "../unfitted.ts";
import { centresFrom, centresOf, massesFrom } from "./centres.ts";
import { FittedKMeans, kMeansFields, type SavedKMeans } from "./fitted_k_means.ts";
import { sumsFor } from "./lloyd.ts";
import { nextPart } from "./part.ts";
import { firstCentres, type Init, initKind, nearest } from "./seeding.ts";

/** Options of `MiniBatchKMeans`, with the names and defaults of scikit-learn. */
export interface MiniBatchKMeansOptions {
  /** Number of clusters. Default 8. */
  readonly nClusters?: number;
  /** Initial centres, chosen from three batches of samples. Default "k-means++". */
  readonly init?: Init;
  /** Number of samples per step. Default 1024. */
  readonly batchSize?: number;
  /** Maximum number of passes over as many samples as X has. Default 100. */
  readonly maxIter?: number;
  /** Number of steps without a better smoothed inertia after which it stops. Default 10. */
  readonly maxNoImprovement?: number;
  /** Seed of the draws. Default 0. */
  readonly randomState?: number;
}

/** Options of `partialFit` besides a part of the samples. */
interface KMeansPartOptions {
  /** The model from the previous parts, which is not changed. Default: this is the first part. */
  readonly model?: FittedKMeans | undefined;
  readonly signal?: AbortSignal | undefined;
}

const fitSignature = /* @__PURE__ */ signature("MiniBatchKMeans.fit", {
  X: samples,
  options: /* @__PURE__ */ options<FitControl>(fitKinds),
});

const partialSignature = /* @__PURE__ */ signature("MiniBatchKMeans.partialFit", {
  X: samples,
  options: /* @__PURE__ */ options<KMeansPartOptions>({
    model: modelKind("MiniBatchKMeans", (value) => value instanceof FittedKMeans),
    signal: signalKind,
  }),
});

/** Number of steps that are queued before the state is read back. */
const STEPS = 8;

/**
 * K-Means on randomly drawn batches (Sculley 2010): every centre is the mean of all samples that were assigned to it. For
 * more samples than Lloyd's algorithm can handle; the inertia is slightly higher. Features are weighted by their units:
 * scale them with `StandardScaler`. Random draws depend on the order and number of the samples. Results have the precision
 * of float64; a feature for which that is not possible is refused by name.
 *
 * @example
 * ```ts
 * import { MiniBatchKMeans } from "wgrad/ml";
 * const rows = [[0], [1], [10], [11]];
 * const { labels } = await new MiniBatchKMeans({ nClusters: 2, randomState: 0 }).fit(rows);
 * console.log(labels[0] === labels[1], labels[0] === labels[2]); // true false
 * ```
 */
export class MiniBatchKMeans extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("MiniBatchKMeans", {
    options: options<MiniBatchKMeansOptions>({
      nClusters: number,
      init: initKind,
      batchSize: number,
      maxIter: number,
      maxNoImprovement: number,
      randomState: integer,
    }),
  });
  readonly #options: Required<MiniBatchKMeansOptions>;

  constructor(options: MiniBatchKMeansOptions = {}) {
    checkArguments(MiniBatchKMeans.signature, arguments);
    super(options);
    const { nClusters = 8, init = "k-means++", batchSize = 1024, maxIter = 100 } = options;
    const { maxNoImprovement = 10, randomState = 0 } = options;
    this.#options = { nClusters, init, batchSize, maxIter, maxNoImprovement, randomState };
    const counts = { nClusters, batchSize, maxIter, maxNoImprovement };
    const wrong = Object.entries(counts).find(([, n]) => !(Number.isInteger(n) && n >= 1));
    if (!wrong) return;
    throw new ValueError(
      `MiniBatchKMeans: expected ${wrong[0]} a whole number ≥ 1, got ${wrong[1]}; leave it out for the default`,
    );
  }

  /** Throws `ShapeError` and `ValueError` for data that do not fit, or fewer samples than clusters. */
  async fit(X: Samples, between: FitControl = {}): Promise<FittedKMeans> {
    checkArguments(fitSignature, arguments);
    between.signal?.throwIfAborted();
    const who = "MiniBatchKMeans";
    const { nClusters: k, init, randomState } = this.#options;
    const matrix = await readMatrix(who, X);
    if (matrix.samples < k) {
      throw new ValueError(
        `${who}: expected as many samples as clusters, ${k}, got ${matrix.samples}; lower nClusters`,
      );
    }
    const frame = frameOf(matrix);
    checkDistinct(matrix, frame.shift);
    const space = { features: matrix.features, ...frame };
    const random = seeded(randomState);
    const first = await this.#first(matrix, frame, random, init, between.signal);
    const centres = centresOf(first, space);
    try {
      const nIter = await this.#steps(matrix, frame, centres, random, between);
      const rows = await centres.read();
      const found = centresFrom(rows, k, space);
      const points = columnsOf(matrix, frame);
      try {
        const { labels, squares } = await nearest(points, matrix, found);
        const inertia = squares.reduce((a, b) => a + b, 0);
        const counts = massesFrom(rows, k, matrix.features);
        const rest = { ...space, shift: [...frame.shift], inertia, nIter, counts };
        return new FittedKMeans({ estimator: who, clusterCenters: [...found], ...rest }, labels);
      } finally {
        points.xt.dispose();
      }
    } finally {
      centres.dispose();
    }
  }

  /**
   * One step on a part of the samples, continuing from `model`, the result of the previous parts, in float64: every centre
   * becomes the mean of all samples that were assigned to it. The first part must have at least as many samples as
   * clusters, since the initial centres are chosen from it. `labels` and `inertia` of the result are those of this part;
   * `nIter` counts the parts. Centres with few samples are not reassigned (scikit-learn's `reassignment_ratio = 0`).
   */
  async partialFit(X: Samples, options: KMeansPartOptions = {}): Promise<FittedKMeans> {
    checkArguments(partialSignature, arguments);
    const { model, signal } = options;
    signal?.throwIfAborted();
    const { nClusters: k, init, randomState } = this.#options;
    return nextPart({ X, k, init, random: seeded(randomState), model, signal });
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedKMeans): FittedKMeans {
    checkSaved("MiniBatchKMeans", saved, kMeansFields);
    return new FittedKMeans(saved, new Uint32Array(0));
  }

  async #first(
    matrix: HostMatrix,
    frame: Frame,
    random: Random,
    init: Init,
    signal: AbortSignal | undefined,
  ) {
    const { nClusters: k, batchSize } = this.#options;
    const count = Math.min(matrix.samples, Math.max(3 * batchSize, 3 * k));
    const some = rowsOf(matrix, permutation(matrix.samples, random).subarray(0, count));
    const sample = { host: some.data, samples: count, features: matrix.features };
    const points = columnsOf(sample, frame);
    try {
      return await firstCentres(init, sample, points, k, random, signal);
    } finally {
      points.xt.dispose();
    }
  }

  /** Updates the centres batch by batch; returns the number of batches. */
  async #steps(
    matrix: HostMatrix,
    frame: Frame,
    centres: Tensor,
    random: Random,
    between: FitControl,
  ): Promise<number> {
    const { batchSize, maxIter, maxNoImprovement, nClusters } = this.#options;
    const size = Math.min(batchSize, matrix.samples);
    const most = maxIter * Math.ceil(matrix.samples / size);
    const share = Math.min(1, (2 * size) / (matrix.samples + 1));
    let [done, smooth, best, waited] = [0, Number.NaN, Number.POSITIVE_INFINITY, 0];
    while (done < most && waited < maxNoImprovement) {
      const count = Math.min(STEPS, most - done);
      const batches = scope(() =>
        Array.from({ length: count }, () => {
          const rows = Uint32Array.from({ length: size }, () =>
            Math.floor(random() * matrix.samples),
          );
          const { data } = rowsOf(matrix, rows);
          return columnsOf({ host: data, samples: size, features: matrix.features }, frame).xt;
        }),
      );
      const state = scope(() => queueBatches(batches, centres, size, nClusters));
      for (const batch of batches) batch.dispose();
      try {
        const told = await state.read();
        for (let step = 0; step < count; step++) {
          const inertia = (told[2 + 2 * step] as number) / size;
          smooth = Number.isNaN(smooth) ? inertia : (1 - share) * smooth + share * inertia;
          waited = smooth < best ? 0 : waited + 1;
          best = Math.min(best, smooth);
        }
      } finally {
        state.dispose();
      }
      done += count;
      await betweenRounds(between, {
        iteration: done,
        maxIterations: most,
        value: smooth / frame.scale ** 2,
      });
    }
    return done;
  }
}

function queueBatches(
  batches: readonly Tensor[],
  centres: Tensor,
  points: number,
  clusters: number,
) {
  const state = zeros([stateLength(batches.length)]);
  for (const xt of batches) {
    const { kernel, parts } = sumsFor({ xt }, centres);
    const partials = zeros([parts, ...centres.shape]);
    run(kernel, { xt, centres, state, partials }, { points, parts });
    const options = { clusters, keep: 1, tol: -1, wait: false };
    run(move, { partials, centres, state }, options).sums.dispose();
  }
  return state;
}
