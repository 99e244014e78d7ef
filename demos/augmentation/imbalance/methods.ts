import type { FloatMatrix } from "wgrad/ml";
import * as words from "../../words/en/augmentation/imbalance.ts";

/** Methods against class imbalance. */
export const methods = {
  plain: words.nothing,
  weighted: words.classWeights,
  focal: words.focalLoss,
  under: words.underSampling,
  over: words.overSampling,
  smote: "SMOTE",
} as const;

export type Method = keyof typeof methods;

export const methodNames = Object.keys(methods) as Method[];

/** Samples of two classes: 0 is common, 1 is rare. */
export interface Samples {
  readonly X: FloatMatrix;
  readonly y: readonly number[];
}

/** The training set of a method; samples that it synthesised or repeated come last. */
export async function resampled({ X, y }: Samples, method: Method, seed: number): Promise<Samples> {
  if (method === "plain" || method === "weighted" || method === "focal") return { X, y };
  const { samplers } = await import("./samplers.ts");
  const made = await new samplers[method]({ randomState: seed }).fitResample(X, [...y]);
  return { X: made.X, y: [...made.y] };
}
