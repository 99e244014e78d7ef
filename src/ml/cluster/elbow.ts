import { ValueError } from "../../core/errors.ts";
import { betweenRounds, type FitOptions } from "../fit_options.ts";
import type { Samples } from "../samples.ts";
import { KMeans, type KMeansOptions } from "./k_means.ts";

export interface ElbowOptions extends Omit<KMeansOptions, "nClusters">, FitOptions {
  /** Numbers of clusters to try, ascending. Default 1 to 10. */
  readonly ks?: readonly number[];
}

export interface Elbow {
  readonly ks: readonly number[];
  /** [ks] */
  readonly inertias: readonly number[];
  /** Where the curve bends most: farthest below the line from its first to its last point (Satopää et al. 2011). */
  readonly suggestion: number;
}

/** Inertia by number of clusters, and where more of them stop helping. `value` of its progress is the last inertia. */
export async function elbow(X: Samples, options: ElbowOptions = {}): Promise<Elbow> {
  const { ks = Array.from({ length: 10 }, (_, i) => i + 1), signal, onProgress, ...rest } = options;
  if (ks.length === 0 || ks.some((k, i) => i > 0 && k <= (ks[i - 1] as number))) {
    throw new ValueError(
      `elbow: expected ks ascending, got ${ks.join(", ")}; 1 to 10 is the default`,
    );
  }
  const inertias: number[] = [];
  for (const nClusters of ks) {
    const between = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
    const { inertia } = await new KMeans({ ...rest, nClusters }).fit(X, signal ? { signal } : {});
    inertias.push(inertia);
    const progress = { iteration: inertias.length, maxIterations: ks.length, value: inertia };
    await betweenRounds(between, progress);
  }
  return { ks, inertias, suggestion: bend(ks, inertias) };
}

function bend(ks: readonly number[], inertias: readonly number[]): number {
  const at = (list: readonly number[], i: number) => list[i] as number;
  const last = ks.length - 1;
  const [width, height] = [at(ks, last) - at(ks, 0), at(inertias, 0) - at(inertias, last)];
  if (width === 0 || height === 0) return at(ks, 0);
  const below = ks.map(
    (k, i) => 1 - (k - at(ks, 0)) / width - (at(inertias, i) - at(inertias, last)) / height,
  );
  return at(ks, below.indexOf(Math.max(...below)));
}
