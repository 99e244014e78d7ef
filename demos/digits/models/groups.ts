import { type FittedKMeans, KMeans } from "wgrad/ml";
import type { Digits } from "../data.ts";
import type { Pixels } from "../own.ts";

/** Clusters found by K-Means, each labelled by the most frequent digit among its members. */
export class NamedGroups {
  readonly #model: FittedKMeans;
  /** [cluster][digit]: number of members. */
  readonly #counts: readonly (readonly number[])[];

  private constructor(model: FittedKMeans, counts: readonly (readonly number[])[]) {
    this.#model = model;
    this.#counts = counts;
  }

  static async fit({ rows, labels }: Digits, nClusters: number, signal: AbortSignal) {
    const model = await new KMeans({ nClusters, nInit: 3, randomState: 0 }).fit(rows, { signal });
    const counts = Array.from({ length: nClusters }, () => new Array<number>(10).fill(0));
    for (const [i, group] of Array.from(await model.predict(rows)).entries()) {
      const own = counts[group];
      const label = Number(labels[i]);
      if (own) own[label] = Number(own[label]) + 1;
    }
    return new NamedGroups(model, counts);
  }

  /** [rows][digit]: shares of each digit in the row's cluster. */
  async shares(rows: readonly Pixels[]): Promise<number[][]> {
    return Array.from(await this.#model.predict(rows), (group) => {
      const own = this.#counts[group] ?? [];
      const all = own.reduce((a, b) => a + b, 0) || 1;
      return own.map((count) => count / all);
    });
  }
}

/** The digit with the largest share. */
export const likeliest = (shares: readonly number[]): number => shares.indexOf(Math.max(...shares));
