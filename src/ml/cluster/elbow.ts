import { ValueError } from "../../core/errors.ts";
import { numbers } from "../../core/kinds.ts";
import { checkedAsync, options } from "../../core/signature.ts";
import { betweenRounds, type FitControl } from "../fit_options.ts";
import { fitKinds, samples } from "../kinds.ts";
import { type FloatMatrix, readMatrix, type Samples } from "../samples.ts";
import { KMeans, type KMeansOptions, startKinds } from "./k_means.ts";

/** Options of `elbow`: those of `KMeans`, and the numbers of clusters to try. */
export interface ElbowOptions extends Omit<KMeansOptions, "nClusters">, FitControl {
  /** Numbers of clusters to try, ascending. Default 1 to 10. */
  readonly ks?: readonly number[];
}

/** Result of `elbow`: the inertia for each number of clusters, and the suggested number. */
export interface Elbow {
  /** The numbers of clusters that were tried, ascending. */
  readonly ks: readonly number[];
  /** [ks] */
  readonly inertias: readonly number[];
  /** The elbow of the curve: the point farthest below the line from its first to its last point (Satopää et al. 2011). */
  readonly suggestion: number;
}

/**
 * Inertia by number of clusters, and the number from which more clusters improve it little. `value` of its progress is the
 * last inertia.
 */
export const elbow = /* @__PURE__ */ checkedAsync(
  "elbow",
  { X: samples, options: options<ElbowOptions>({ ...startKinds, ...fitKinds, ks: numbers }) },
  async (X: Samples, options: ElbowOptions = {}): Promise<Elbow> => {
    const {
      ks = Array.from({ length: 10 }, (_, i) => i + 1),
      signal,
      onProgress,
      ...rest
    } = options;
    if (ks.length === 0 || ks.some((k, i) => i > 0 && k <= (ks[i - 1] as number))) {
      throw new ValueError(
        `elbow: expected ks ascending, got ${ks.join(", ")}; 1 to 10 is the default`,
      );
    }
    const estimators = ks.map((nClusters) => new KMeans({ ...rest, nClusters }));
    const { host, samples: n, features } = await readMatrix("elbow", X);
    const most = ks.at(-1) as number;
    if (most > n) {
      throw new ValueError(
        `elbow: expected ks of at most ${n}, the number of samples, got ${most}; lower ks`,
      );
    }
    const matrix: FloatMatrix = { data: host, shape: [n, features] };
    const between = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
    const inertias: number[] = [];
    for (const estimator of estimators) {
      const { inertia } = await estimator.fit(matrix, signal ? { signal } : {});
      inertias.push(inertia);
      const progress = { iteration: inertias.length, maxIterations: ks.length, value: inertia };
      await betweenRounds(between, progress);
    }
    return { ks, inertias, suggestion: bend(ks, inertias) };
  },
);

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
