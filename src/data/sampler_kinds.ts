import { either, type Kind, record } from "../core/kinds.ts";
import { numbersKind } from "./kinds.ts";

/** Says in which order samples are visited. */
export interface Sampler {
  /** Indices it gives an epoch. */
  readonly length: number;
  /** The indices of an epoch, counted from 0: the same every time it is asked, for a loader goes on in the middle of one. */
  indices(epoch: number): ArrayLike<number>;
}

/** Says which samples are a batch. */
export interface BatchSampler {
  /** Batches it gives an epoch. */
  readonly length: number;
  /** The batches of an epoch, counted from 0: the same every time it is asked. */
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
