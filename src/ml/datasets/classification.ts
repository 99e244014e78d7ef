import { boolean, count, finite, list, natural, number } from "../../core/kinds.ts";
import { permutation } from "../../core/rng.ts";
import { checked, options } from "../../core/signature.ts";
import {
  type Draws,
  drawsOf,
  evenly,
  expectThat,
  inOrder,
  type Made,
  type ShuffleOptions,
  shuffleKinds,
} from "./draws.ts";

/** Options of `makeClassification`. */
export interface ClassificationOptions extends ShuffleOptions {
  /** Number of samples. Default 100. */
  readonly nSamples?: number;
  /** Number of all features; those of no other kind are noise. Default 20. */
  readonly nFeatures?: number;
  /** Number of features that determine the classes. Default 2. */
  readonly nInformative?: number;
  /** Number of linear combinations of informative features. Default 2. */
  readonly nRedundant?: number;
  /** Number of copies of informative and redundant features. Default 0. */
  readonly nRepeated?: number;
  /** Number of classes. Default 2. */
  readonly nClasses?: number;
  /** Number of clusters of each class. Default 2. */
  readonly nClustersPerClass?: number;
  /** Fraction of the samples of each class; that of the last may be omitted. Default equal fractions. */
  readonly weights?: readonly number[];
  /** Fraction of the samples whose class is drawn randomly. Default 0.01. */
  readonly flipY?: number;
  /** Half the side of the cube in whose corners the clusters are. Default 1. */
  readonly classSep?: number;
  /** Whether clusters are in the corners of a cube, rather than of a random box. Default true. */
  readonly hypercube?: boolean;
  /** Added to every feature. Default 0. */
  readonly shift?: number;
  /** Factor of every feature after that. Default 1. */
  readonly scale?: number;
}

type FeatureCounts = Required<
  Pick<
    ClassificationOptions,
    "nFeatures" | "nInformative" | "nRedundant" | "nRepeated" | "nClasses" | "nClustersPerClass"
  >
>;

const who = "makeClassification";

function check({ nFeatures, nInformative, ...rest }: FeatureCounts): void {
  const used = nInformative + rest.nRedundant + rest.nRepeated;
  expectThat(who, used <= nFeatures, `nFeatures ≥ ${used}, those of the other kinds`, nFeatures);
  const clusters = rest.nClasses * rest.nClustersPerClass;
  const right = clusters <= 2 ** nInformative;
  expectThat(who, right, `at most 2^nInformative = ${2 ** nInformative} clusters`, clusters);
}

/** Number of samples of every cluster; a class's clusters are nClasses apart. */
function clusterSizes(
  n: number,
  { nClasses, nClustersPerClass }: FeatureCounts,
  weights?: readonly number[],
) {
  const sum = weights?.reduce((a, b) => a + b, 0) ?? 0;
  const shares =
    weights?.length === nClasses - 1
      ? [...weights, 1 - sum]
      : (weights ?? new Array<number>(nClasses).fill(1 / nClasses));
  const right =
    shares.length === nClasses && shares.every((share) => share >= 0) && sum <= 1 + 1e-9;
  expectThat(
    who,
    right,
    `weights ≥ 0 of ${nClasses} classes, 1 together`,
    `[${weights?.join(", ")}]`,
  );
  const clusters = nClasses * nClustersPerClass;
  const sizes = Array.from({ length: clusters }, (_, k) =>
    Math.floor((n * (shares[k % nClasses] as number)) / nClustersPerClass),
  );
  const left = n - sizes.reduce((a, b) => a + b, 0);
  return evenly(Math.max(0, left), clusters).map((more, k) => more + (sizes[k] as number));
}

/** Positions of the clusters: different corners of the cube [−sep, sep]^d, or of a random box. */
function cornersOf(
  clusters: number,
  d: number,
  { sep, hypercube }: { readonly sep: number; readonly hypercube: boolean },
  { uniform }: Draws,
): number[][] {
  const taken = new Set<string>();
  while (taken.size < clusters) {
    taken.add(Array.from({ length: d }, () => Number(uniform() < 0.5)).join(""));
  }
  const side = Array.from({ length: d }, () => (hypercube ? 1 : uniform()));
  return [...taken].map((bits) => {
    const by = hypercube ? 1 : uniform();
    return [...bits].map((bit, c) => sep * (2 * Number(bit) - 1) * by * (side[c] as number));
  });
}

const uniformMatrix = (rows: number, columns: number, { uniform }: Draws): number[][] =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => 2 * uniform() - 1));

const times = (row: readonly number[], by: readonly (readonly number[])[]): number[] =>
  (by[0] ?? []).map((_, c) => row.reduce((sum, x, r) => sum + x * (by[r]?.[c] ?? 0), 0));

/**
 * Normally distributed clusters, each with its own correlations, in corners of a cube; followed by redundant, repeated and
 * noisy features.
 */
function rowsOf(
  sizes: readonly number[],
  n: FeatureCounts,
  place: { sep: number; hypercube: boolean },
  draws: Draws,
) {
  const { nFeatures, nInformative, nRedundant, nRepeated } = n;
  const corners = cornersOf(sizes.length, nInformative, place, draws);
  const mixed = uniformMatrix(nInformative, nRedundant, draws);
  const known = nInformative + nRedundant;
  const repeated = Array.from({ length: nRepeated }, () => Math.floor(draws.uniform() * known));
  return sizes.flatMap((size, k) => {
    const turn = uniformMatrix(nInformative, nInformative, draws);
    return Array.from({ length: size }, () => {
      const normal = Array.from({ length: nInformative }, draws.normal);
      const own = times(normal, turn).map((x, c) => x + (corners[k]?.[c] ?? 0));
      const told = [...own, ...times(own, mixed)];
      const copies = repeated.map((c) => told[c] as number);
      const noise = Array.from({ length: nFeatures - known - nRepeated }, draws.normal);
      return [...told, ...copies, ...noise];
    });
  });
}

/**
 * Classes of several normal clusters in the corners of a cube, with redundant and noisy features, after the design of Guyon
 * (2003), as `sklearn.datasets.make_classification`: X [nSamples, nFeatures], classes y. Unless shuffled the order of
 * features is informative, redundant, repeated, noise.
 */
export const makeClassification = /* @__PURE__ */ checked(
  who,
  {
    options: options<ClassificationOptions>({
      ...shuffleKinds,
      nSamples: count,
      nFeatures: count,
      nInformative: count,
      nRedundant: natural,
      nRepeated: natural,
      nClasses: count,
      nClustersPerClass: count,
      weights: list(number),
      flipY: finite,
      classSep: finite,
      hypercube: boolean,
      shift: finite,
      scale: finite,
    }),
  },
  (given: ClassificationOptions = {}): Made => {
    const { nSamples = 100, flipY = 0.01, classSep: sep = 1, hypercube = true } = given;
    const { shift = 0, scale = 1, shuffle = true } = given;
    const { nFeatures = 20, nInformative = 2, nRedundant = 2, nRepeated = 0 } = given;
    const { nClasses = 2, nClustersPerClass = 2 } = given;
    const n: FeatureCounts = {
      nFeatures,
      nInformative,
      nRedundant,
      nRepeated,
      nClasses,
      nClustersPerClass,
    };
    check(n);
    expectThat(who, flipY >= 0 && flipY <= 1, "flipY in [0, 1]", flipY);
    const sizes = clusterSizes(nSamples, n, given.weights);
    const draws = drawsOf(given.randomState);
    const rows = rowsOf(sizes, n, { sep, hypercube }, draws);
    const labels = sizes.flatMap((size, k) => new Array<number>(size).fill(k % nClasses));
    const flipped = labels.map((label) =>
      draws.uniform() < flipY ? Math.floor(draws.uniform() * nClasses) : label,
    );
    const order = shuffle
      ? [...permutation(nFeatures, draws.uniform)]
      : Array.from({ length: nFeatures }, (_, c) => c);
    const placed = rows.map((row) => order.map((c) => ((row[c] as number) + shift) * scale));
    return inOrder(placed, flipped, shuffle, draws);
  },
);
