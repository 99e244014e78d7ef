import { ValueError } from "../core/errors.ts";
import { type ClassWeight, classWeightsOf } from "./class_weight.ts";
import {
  type IndexedLabels,
  type Label,
  type LabelInput,
  type LabelKind,
  readLabels,
} from "./labels.ts";
import { type HostMatrix, readMatrix, readTargets, type Samples, type Targets } from "./samples.ts";

/** Options of fits with weights of samples. */
export interface FitWeights {
  /** [samples], not negative: weight of each sample, as if it occurred so many times. Default 1 for all. */
  readonly sampleWeight?: Targets | undefined;
  /** Aborts the fit: it throws the signal's reason, and frees its memory on the GPU. */
  readonly signal?: AbortSignal | undefined;
}

/** Checks sample weights: none is negative, and not all are 0. */
export async function readWeights(
  who: string,
  given: Targets | undefined,
  samples: number,
): Promise<Float64Array<ArrayBuffer>> {
  if (given === undefined) return new Float64Array(samples).fill(1);
  const weights = await readTargets(who, given, samples, {
    name: "sampleWeight",
    advice: "a weight of 0 leaves a sample out",
  });
  if (weights.every((w) => w >= 0) && weights.some((w) => w > 0)) return weights;
  throw new ValueError(
    `${who}: expected sampleWeight of numbers ≥ 0, not all 0, got a minimum of ${Math.min(...weights)}; drop such samples`,
  );
}

/** Reads X, y and weights of a regression; `features`: the number of features that earlier parts had, if any. */
export async function readRegression(
  who: string,
  X: Samples,
  y: Targets,
  sampleWeight: Targets | undefined,
  known?: { readonly features: number },
) {
  const matrix = await readMatrix(who, X, known);
  const targets = await readTargets(who, y, matrix.samples);
  return { matrix, targets, weights: await readWeights(who, sampleWeight, matrix.samples) };
}

/** Reads X, y and weights of a classification; `check` may refuse the samples. */
export async function readClassification<L extends Label>(
  who: string,
  X: Samples,
  y: LabelInput<L>,
  sampleWeight: Targets | undefined,
  check: (matrix: HostMatrix) => void = () => {},
) {
  const matrix = await readMatrix(who, X);
  check(matrix);
  const labels = await readLabels<LabelKind<L>>(who, y, matrix.samples);
  return { matrix, labels, weights: await readWeights(who, sampleWeight, matrix.samples) };
}

/** Labels, and the total weight of each sample: its own times that of its class. */
export async function readWeighted<L extends Label>(
  who: string,
  y: LabelInput<L>,
  samples: number,
  given: {
    readonly sampleWeight: Targets | undefined;
    readonly classWeight: ClassWeight | undefined;
  },
): Promise<{
  readonly labels: IndexedLabels<LabelKind<L>>;
  readonly weights: Float64Array<ArrayBuffer>;
}> {
  const labels = await readLabels<LabelKind<L>>(who, y, samples);
  const ofClass = classWeightsOf(who, given.classWeight, labels);
  const own = await readWeights(who, given.sampleWeight, samples);
  return {
    labels,
    weights: own.map((w, i) => w * (ofClass[labels.index[i] as number] as number)),
  };
}
