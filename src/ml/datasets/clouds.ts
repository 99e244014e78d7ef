import { count, either, finite, type Kind, list } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import type { FloatMatrix } from "../samples.ts";
import {
  drawsOf,
  evenly,
  expectThat,
  inOrder,
  type Made,
  matrix,
  type ShuffleOptions,
  shuffleKinds,
} from "./draws.ts";

/** Options of `makeBlobs`. */
export interface BlobsOptions extends ShuffleOptions {
  /** Total number of samples, or the number for each cluster. Default 100. */
  readonly nSamples?: number | readonly number[];
  /** Number of columns of X. Default 2, or that of the given centres. */
  readonly nFeatures?: number;
  /** Number of clusters, or their centres [clusters, features]. Default 3. */
  readonly centers?: number | readonly (readonly number[])[];
  /** Standard deviation of all clusters, or of each. Default 1. */
  readonly clusterStd?: number | readonly number[];
  /** Range from which centres are drawn. Default [−10, 10]. */
  readonly centerBox?: readonly number[];
}

/** Result of `makeBlobs`: samples, the cluster of each, and the centres. */
export interface Blobs extends Made {
  /** [clusters, features] */
  readonly centers: FloatMatrix;
}

const each = (kind: Kind): Kind => either(kind, list(kind));

/**
 * Isotropic normally distributed clusters, as `sklearn.datasets.make_blobs`: X [nSamples, nFeatures], the cluster of each
 * y.
 */
export const makeBlobs = /* @__PURE__ */ checked(
  "makeBlobs",
  {
    options: options<BlobsOptions>({
      ...shuffleKinds,
      nSamples: each(count),
      nFeatures: count,
      centers: either(count, list(list(finite))),
      clusterStd: each(finite),
      centerBox: list(finite),
    }),
  },
  (given: BlobsOptions = {}): Blobs => {
    const { nSamples = 100, clusterStd = 1, shuffle = true } = given;
    const draws = drawsOf(given.randomState);
    const centers = centersOf(given, draws.uniform);
    const sizes = typeof nSamples === "number" ? evenly(nSamples, centers.length) : nSamples;
    const stds = typeof clusterStd === "number" ? centers.map(() => clusterStd) : clusterStd;
    for (const [name, sized] of Object.entries({ nSamples: sizes, clusterStd: stds })) {
      const right = sized.length === centers.length && sized.every((number) => number >= 0);
      expectThat(
        "makeBlobs",
        right,
        `${name} ≥ 0 of ${centers.length} clouds`,
        `[${sized.join(", ")}]`,
      );
    }
    const labels = sizes.flatMap((size, c) => new Array<number>(size).fill(c));
    const rows = labels.map((c) =>
      (centers[c] as readonly number[]).map((m) => m + (stds[c] as number) * draws.normal()),
    );
    return { ...inOrder(rows, labels, shuffle, draws), centers: matrix(centers) };
  },
);

function centersOf(
  { nSamples, nFeatures = 2, centers = 3, centerBox = [-10, 10] }: BlobsOptions,
  uniform: () => number,
): readonly (readonly number[])[] {
  const [low = 0, high = 0] = centerBox;
  expectThat(
    "makeBlobs",
    centerBox.length === 2 && low <= high,
    "centerBox [low, high]",
    `[${centerBox.join(", ")}]`,
  );
  if (typeof centers !== "number") {
    const width = centers[0]?.length ?? 0;
    const right = width > 0 && centers.every((row) => row.length === width);
    expectThat(
      "makeBlobs",
      right,
      "centers of the same length",
      centers.map((row) => row.length).join(", "),
    );
    return centers;
  }
  const clouds = typeof nSamples === "object" ? nSamples.length : centers;
  return Array.from({ length: clouds }, () =>
    Array.from({ length: nFeatures }, () => low + (high - low) * uniform()),
  );
}

/** Options of `makeGaussianQuantiles`. */
export interface GaussianQuantilesOptions extends ShuffleOptions {
  /** Mean of the distribution, [nFeatures]. Default 0. */
  readonly mean?: readonly number[];
  /** Variance of every feature. Default 1. */
  readonly cov?: number;
  /** Number of samples. Default 100. */
  readonly nSamples?: number;
  /** Number of columns of X. Default 2, or that of the given `mean`. */
  readonly nFeatures?: number;
  /** Number of classes. Default 3. */
  readonly nClasses?: number;
}

/**
 * One isotropic normal distribution whose samples are divided into classes of equal size by their distance from the mean
 * (the last class has the remainder), as `sklearn.datasets.make_gaussian_quantiles`.
 */
export const makeGaussianQuantiles = /* @__PURE__ */ checked(
  "makeGaussianQuantiles",
  {
    options: options<GaussianQuantilesOptions>({
      ...shuffleKinds,
      mean: list(finite),
      cov: finite,
      nSamples: count,
      nFeatures: count,
      nClasses: count,
    }),
  },
  (given: GaussianQuantilesOptions = {}): Made => {
    const { nSamples = 100, nClasses = 3, cov = 1, shuffle = true } = given;
    const mean = given.mean ?? new Array<number>(given.nFeatures ?? 2).fill(0);
    expectThat("makeGaussianQuantiles", cov >= 0, "cov ≥ 0", cov);
    expectThat(
      "makeGaussianQuantiles",
      nSamples >= nClasses,
      `nSamples ≥ nClasses = ${nClasses}`,
      nSamples,
    );
    const draws = drawsOf(given.randomState);
    const away = Array.from({ length: nSamples }, () =>
      mean.map(() => Math.sqrt(cov) * draws.normal()),
    );
    const far = (row: readonly number[]) => row.reduce((sum, x) => sum + x * x, 0);
    away.sort((a, b) => far(a) - far(b));
    const step = Math.floor(nSamples / nClasses);
    const labels = away.map((_, i) => Math.min(nClasses - 1, Math.floor(i / step)));
    const rows = away.map((row) => row.map((x, c) => x + (mean[c] as number)));
    return inOrder(rows, labels, shuffle, draws);
  },
);
