import { RandomOverSampler, RandomUnderSampler, SMOTE } from "wgrad/ml";

/** What makes or leaves out samples, by the names of the methods. */
export const samplers = {
  under: RandomUnderSampler,
  over: RandomOverSampler,
  smote: SMOTE,
} as const;
