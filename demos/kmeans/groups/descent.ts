import { KMeans, kmeansPlusplus } from "wgrad/ml";
import { uniform } from "../../shared/random.ts";
import * as words from "../../words/en/kmeans/groups.ts";

/** Ways to initialise centroids. */
export const starts = { plusplus: "k-means++", random: words.randomStart } as const;

export type Start = keyof typeof starts;

/** Most steps of a descent, the usual limit of K-Means. */
const MOST = 300;

/** K-Means from one initialisation, one step of Lloyd's algorithm at a time. */
export class Descent {
  readonly #rows: readonly (readonly number[])[];
  /** Centroids [clusters, 2] after every step, from the initial ones on. */
  readonly trail: Float32Array[];
  /** Inertia after every step. */
  readonly inertias: number[] = [];
  /** Cluster of every point after the last step. */
  labels: ArrayLike<number> | undefined;
  /** True once a step has moved no centroid. */
  done = false;

  private constructor(rows: readonly (readonly number[])[], start: Float32Array) {
    this.#rows = rows;
    this.trail = [start];
  }

  /** `points`: [count, 2]. */
  static async begin(
    points: Float32Array,
    { clusters, start, seed }: { clusters: number; start: Start; seed: number },
  ): Promise<Descent> {
    const rows = rowsOf(points);
    const centres =
      start === "plusplus"
        ? await kmeansPlusplus(rows, clusters, { randomState: seed })
        : someOf(rows, clusters, seed);
    return new Descent(rows, Float32Array.from(centres));
  }

  get steps(): number {
    return this.trail.length - 1;
  }

  /** Assigns every point to its nearest centroid and moves every centroid to the mean of its points. */
  async step(signal?: AbortSignal): Promise<void> {
    if (this.done) return;
    const before = this.trail.at(-1) ?? new Float32Array();
    const init = rowsOf(before);
    const kmeans = new KMeans({ nClusters: init.length, init, maxIter: 1, tol: 0 });
    const model = await kmeans.fit(this.#rows, signal ? { signal } : {});
    const after = Float32Array.from(model.clusterCenters);
    this.labels = model.labels;
    this.inertias.push(model.inertia);
    this.trail.push(after);
    const moved = after.some((value, i) => Math.abs(value - Number(before[i])) > 1e-5);
    this.done = !moved || this.steps >= MOST;
  }
}

/** Points [count, 2] as rows. */
export function rowsOf(points: Float32Array): number[][] {
  return Array.from({ length: points.length / 2 }, (_, i) => [
    Number(points[2 * i]),
    Number(points[2 * i + 1]),
  ]);
}

/** Distinct rows drawn by the seed, one after the other. */
function someOf(rows: readonly (readonly number[])[], count: number, seed: number): Float32Array {
  const random = uniform(seed);
  const left = [...rows];
  const taken = Array.from({ length: count }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  );
  return Float32Array.from(taken.flat(2));
}
