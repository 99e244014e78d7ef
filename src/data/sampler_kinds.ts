import { either, type Kind, record } from "../core/kinds.ts";
import { numbersKind } from "./kinds.ts";

/** Determines the order in which samples are visited. */
export interface Sampler {
  /** Number of indices per epoch. */
  readonly length: number;
  /**
   * The indices of an epoch, counted from 0. They must be the same at every call, since a loader may continue in the middle
   * of an epoch.
   */
  indices(epoch: number): ArrayLike<number>;
}

/** Determines the samples of each batch. */
export interface BatchSampler {
  /** Number of batches per epoch. */
  readonly length: number;
  /** The batches of an epoch, counted from 0: the same at every call. */
  batches(epoch: number): Iterable<ArrayLike<number>>;
}

const withMethod = (expected: string, advice: string, method: string): Kind => ({
  expected,
  advice,
  accepts: (value) =>
    record.accepts(value) &&
    Number.isInteger(Reflect.get(value as object, "length")) &&
    typeof Reflect.get(value as object, method) === "function",
});

export const samplerKind = /* @__PURE__ */ either(
  withMethod(
    "a sampler",
    "pass a WeightedRandomSampler, indices, or { length, indices(epoch) }",
    "indices",
  ),
  numbersKind,
);

export const batchSamplerKind = /* @__PURE__ */ withMethod(
  "a batch sampler",
  "pass a BalancedBatchSampler or { length, batches(epoch) }",
  "batches",
);
