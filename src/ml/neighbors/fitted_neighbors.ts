import { ValueError } from "../../core/errors.ts";
import { type Kind, number, oneOf } from "../../core/kinds.ts";
import type { Label } from "../labels.ts";
import { type HostMatrix, readMatrix, type Samples } from "../samples.ts";
import { pack, type Saved, sealed, unpack } from "../saved.ts";
import {
  type Fields,
  labelsOf,
  oneOf as named,
  packed,
  size,
  where,
  wholeNumber,
} from "../saved_fields.ts";
import type { Metric } from "./measures.ts";
import { kNearest, type Neighbors } from "./search.ts";

/** Options of `KNeighborsClassifier` and `KNeighborsRegressor`, with the names and defaults of scikit-learn. */
export interface NeighborsOptions {
  /** Number of neighbours, from 1 to the number of samples in fit. Default 5. */
  readonly nNeighbors?: number;
  /**
   * Weights of neighbours: "uniform", or "distance" for 1 / distance (if some are at distance 0, only those count). Default
   * "uniform".
   */
  readonly weights?: "uniform" | "distance";
  /** Distance. Default "euclidean". */
  readonly metric?: Metric;
}

export const neighborKinds: { readonly [Name in keyof NeighborsOptions]-?: Kind } = {
  nNeighbors: number,
  weights: {
    .../* @__PURE__ */ oneOf("uniform", "distance"),
    advice: "the default is uniform",
  },
  metric: {
    .../* @__PURE__ */ oneOf("euclidean", "manhattan", "cosine"),
    advice: "the default is euclidean",
  },
};

/** A fitted neighbours estimator as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedNeighbors<Y extends Label = Label> extends Saved, Required<NeighborsOptions> {
  /** Number of samples in fit. */
  readonly samples: number;
  /** Number of features in fit. */
  readonly features: number;
  /** Samples of fit: base64 of f64. */
  readonly X: string;
  /** `[samples]`: labels or targets of fit. */
  readonly y: readonly Y[];
}

export const neighborFields: Fields<SavedNeighbors> = {
  samples: /* @__PURE__ */ size("samples"),
  features: /* @__PURE__ */ size("features"),
  X: /* @__PURE__ */ packed("samples", "features"),
  y: /* @__PURE__ */ labelsOf("samples"),
  nNeighbors: /* @__PURE__ */ where(
    wholeNumber,
    "an integer from 1 to the number of samples",
    (k: number, sizes) => k >= 1 && k <= (sizes.get("samples") as number),
  ),
  weights: /* @__PURE__ */ named("uniform", "distance"),
  metric: /* @__PURE__ */ named("euclidean", "manhattan", "cosine"),
};

/** Throws `ValueError` unless the number of neighbours is an integer ≥ 1. */
export function withNeighborDefaults(
  who: string,
  { nNeighbors = 5, weights = "uniform", metric = "euclidean" }: NeighborsOptions,
): Required<NeighborsOptions> {
  if (!(Number.isInteger(nNeighbors) && nNeighbors >= 1)) {
    throw new ValueError(
      `${who}: expected a whole nNeighbors ≥ 1, got ${nNeighbors}; the default is 5`,
    );
  }
  return { nNeighbors, weights, metric };
}

/** Throws `ValueError` for fewer samples than neighbours. */
export function checkEnough(who: string, samples: number, k: number): void {
  if (samples >= k) return;
  throw new ValueError(
    `${who}: expected at least ${k} samples, one for each neighbour, got ${samples}; lower nNeighbors`,
  );
}

/** Data that `fit` keeps. */
export interface KeptData<Y extends Label = Label> {
  readonly matrix: HostMatrix;
  readonly y: readonly Y[];
  readonly options: Required<NeighborsOptions>;
}

/** Restores the data from the result of `toJSON`. */
export function keptOf<Y extends Label>({
  estimator,
  samples,
  features,
  X,
  y,
  ...options
}: SavedNeighbors<Y>): KeptData<Y> {
  const host = unpack(estimator, X, samples * features);
  return { matrix: { samples, features, host }, y, options };
}

/** Base of both fitted estimators: the samples, and the search for neighbours. */
export abstract class FittedNeighbors<Y extends Label = number> {
  abstract readonly estimator: string;
  readonly #kept: KeptData<Y>;

  constructor(kept: KeptData<Y>) {
    this.#kept = kept;
  }

  /** The k nearest samples of fit for each of X, nearest first, the first of equally near ones. Default k: `nNeighbors`. */
  async kneighbors(X: Samples, k: number = this.#kept.options.nNeighbors): Promise<Neighbors> {
    const who = `${this.estimator}.kneighbors`;
    withNeighborDefaults(who, { nNeighbors: k });
    const { matrix, options } = this.#kept;
    checkEnough(who, matrix.samples, k);
    const queries = await readMatrix(who, X, { features: matrix.features });
    return kNearest(matrix, queries, k, options.metric);
  }

  /** The fitted model as plain data, for `fromJSON` of its estimator. */
  toJSON(): SavedNeighbors<Y> {
    const { matrix, y, options } = this.#kept;
    const { samples, features, host } = matrix;
    return sealed({
      estimator: this.estimator,
      samples,
      features,
      X: pack(host),
      y: [...y],
      ...options,
    });
  }

  /** The neighbours of each row of X, with their weights. */
  protected async weighed(
    X: Samples,
  ): Promise<readonly (readonly { readonly row: number; readonly weight: number }[])[]> {
    const { distances, indices, k } = await this.kneighbors(X);
    const uniform = this.#kept.options.weights === "uniform";
    return Array.from({ length: indices.length / k }, (_, i) => {
      const own = distances.subarray(i * k, (i + 1) * k);
      const met = own[0] === 0;
      return Array.from(own, (far, rank) => ({
        row: indices[i * k + rank] as number,
        weight: uniform ? 1 : met ? Number(far === 0) : 1 / far,
      }));
    });
  }
}
