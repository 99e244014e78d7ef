import { ValueError } from "../../core/errors.ts";
import { type Kind, number, oneOf } from "../../core/kinds.ts";
import type { Label } from "../labels.ts";
import { type HostMatrix, readMatrix, type Samples } from "../samples.ts";
import { pack, type Saved, unpack } from "../saved.ts";
import { kNearest, type Metric, type Neighbors } from "./search.ts";

export interface NeighborsOptions {
  /** Default 5. */
  readonly nNeighbors?: number;
  /** "uniform": all count the same; "distance": as 1 / distance, those at distance 0 alone. Default "uniform". */
  readonly weights?: "uniform" | "distance";
  /** Default "euclidean". */
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

export interface SavedNeighbors<Y extends Label = Label> extends Saved, Required<NeighborsOptions> {
  readonly samples: number;
  readonly features: number;
  /** Base64 of f32. */
  readonly X: string;
  readonly y: readonly Y[];
}

/** Throws `ValueError` for no whole number of neighbours. */
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

/** What both fitted estimators share: the samples, and who is near. */
export abstract class FittedNeighbors<Y extends Label = number> {
  abstract readonly estimator: string;
  readonly #saved: SavedNeighbors<Y>;
  readonly #matrix: HostMatrix;

  constructor(saved: SavedNeighbors<Y>) {
    const { samples, features, X } = saved;
    this.#saved = saved;
    this.#matrix = { samples, features, host: unpack(saved.estimator, X, samples * features) };
  }

  /** The k nearest samples of fit for each of X, nearest first, of equals the first. Default k: `nNeighbors`. */
  async kneighbors(X: Samples, k: number = this.#saved.nNeighbors): Promise<Neighbors> {
    const who = `${this.estimator}.kneighbors`;
    withNeighborDefaults(who, { nNeighbors: k });
    checkEnough(who, this.#matrix.samples, k);
    const queries = await readMatrix(who, X, { features: this.#matrix.features });
    return kNearest(this.#matrix, queries, k, this.#saved.metric);
  }

  toJSON(): SavedNeighbors<Y> {
    return this.#saved;
  }

  /** For each of X its neighbours with their weights. */
  protected async weighed(
    X: Samples,
  ): Promise<readonly (readonly { readonly row: number; readonly weight: number }[])[]> {
    const { distances, indices, k } = await this.kneighbors(X);
    const uniform = this.#saved.weights === "uniform";
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

/** What `fit` keeps. */
export function saveNeighbors<Y extends Label>(
  estimator: string,
  { samples, features, host }: HostMatrix,
  y: ArrayLike<Y>,
  options: Required<NeighborsOptions>,
): SavedNeighbors<Y> {
  return { estimator, samples, features, X: pack(host), y: Array.from(y), ...options };
}
