import { type FloatMatrix, RandomOverSampler, RandomUnderSampler, SMOTE } from "wgrad/ml";

/** What can be done where one class is rare. */
export const methods = {
  plain: "Nothing",
  weighted: "Class weights",
  focal: "Focal loss",
  under: "Under-sampling",
  over: "Over-sampling",
  smote: "SMOTE",
} as const;

export type Method = keyof typeof methods;

export const methodNames = Object.keys(methods) as Method[];

/** Samples of two classes: 0 is common, 1 is rare. */
export interface Samples {
  readonly X: FloatMatrix;
  readonly y: readonly number[];
}

/** The samples that a method trains on; those that it made or repeated come last. */
export async function resampled({ X, y }: Samples, method: Method, seed: number): Promise<Samples> {
  const sampler = {
    under: RandomUnderSampler,
    over: RandomOverSampler,
    smote: SMOTE,
    ...{ plain: undefined, weighted: undefined, focal: undefined },
  }[method];
  if (!sampler) return { X, y };
  const made = await new sampler({ randomState: seed }).fitResample(X, [...y]);
  return { X: made.X, y: [...made.y] };
}
