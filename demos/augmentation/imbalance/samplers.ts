import { RandomOverSampler, RandomUnderSampler, SMOTE } from "wgrad/ml";

/** The samplers (over-sampling or under-sampling), by the names of the methods. */
export const samplers = {
  under: RandomUnderSampler,
  over: RandomOverSampler,
  smote: SMOTE,
} as const;
