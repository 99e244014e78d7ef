import * as ml from "../../../src/ml/index.ts";
import { type Entry, entry } from "./estimator.ts";
import { draws, inOrder } from "./reasons.ts";

const sampler = entry("sampler");

/** Samplers, which balance classes, by their exported names. */
export const samplers: Readonly<Record<string, Entry>> = {
  ADASYN: sampler(() => new ml.ADASYN({ nNeighbors: 2 }), {
    exempt: { ...draws, "an outlier of 1e6": "lacks so few samples that all shares round to 0" },
  }),
  BorderlineSMOTE: sampler(() => new ml.BorderlineSMOTE({ kNeighbors: 2, mNeighbors: 3 }), {
    exempt: draws,
  }),
  NearMiss: sampler(() => new ml.NearMiss({ nNeighbors: 2 }), { exempt: inOrder }),
  TomekLinks: sampler(() => new ml.TomekLinks(), {
    exempt: { ...inOrder, units: "Features are weighted by their units" },
  }),
  SMOTE: sampler(() => new ml.SMOTE({ kNeighbors: 2 }), { exempt: draws }),
  RandomOverSampler: sampler(() => new ml.RandomOverSampler(), { exempt: draws }),
  RandomUnderSampler: sampler(() => new ml.RandomUnderSampler(), { exempt: draws }),
};
