import {
  callback,
  either,
  type Kind,
  natural,
  number,
  objectWith,
  record,
  required,
} from "../core/kinds.ts";
import { options, signature } from "../core/signature.ts";
import type { BatchOptions } from "./batches.ts";
import { batchOptions, indicesKind } from "./kinds.ts";
import type { BatchSampler, Sampler } from "./sampler_kinds.ts";
import { batchSamplerKind, samplerKind } from "./sampler_kinds.ts";

/** Options of every `DataLoader`: those of batches, which samples, and how far ahead. */
export interface LoaderOptions extends BatchOptions {
  /** Which samples to visit, for example one part of a split or a bootstrap sample. Default: all. */
  readonly indices?: Uint32Array;
  /** Decides the order in place of `shuffle`: a sampler, or indices to visit as they stand. */
  readonly sampler?: Sampler | ArrayLike<number>;
  /** Decides the batches in place of batchSize, shuffle, sampler and dropLast. */
  readonly batchSampler?: BatchSampler;
  /**
   * Batches that are made while the one before them trains: reading, decoding and upload, not `transform`. The order, the bits
   * and the place in it are those without. They take memory. Default 0; 2 is plenty for data sets whose `batch` waits.
   */
  readonly prefetch?: number;
}

/** Where in its order a loader is. */
export interface LoaderPlace {
  /** Epochs finished. */
  readonly epoch: number;
  /** Batches given in this epoch. */
  readonly position: number;
}

/**
 * Changes a batch just before it is given: augmentation on the GPU. It queues work and returns; tensors that it leaves out
 * and those it makes on the way are freed. `place` is that of the batch. An object is asked by `forward`.
 */
export type BatchTransform<Raw, Batch> =
  | ((batch: Raw, place: LoaderPlace) => Batch)
  | { forward(batch: Raw, place: LoaderPlace): Batch };

/** Options of a loader that changes its batches. */
export interface TransformOptions<Raw, Batch> extends LoaderOptions {
  /** Changes every batch just before it is given, such as an augmentation, in the order of the batches. */
  readonly transform: BatchTransform<Raw, Batch>;
}

/** Options of a loader that makes batches of samples, which come from `get(index)` of the data set, or from a stream. */
export interface CollateOptions<Sample, Batch> extends LoaderOptions {
  /** Makes a batch of samples, in their order. Tensors of samples that are not in the batch are freed. */
  readonly collate: (samples: readonly Sample[]) => Batch | Promise<Batch>;
}

/** Where a loader is and the order it keeps: plain data. */
export interface LoaderState extends LoaderPlace {
  /** What the order of the samples follows from; `loadStateDict` refuses a state of another. */
  readonly order: LoaderOrder;
}

/** What decides the order of the samples. */
export interface LoaderOrder {
  /** Samples an epoch; with a batchSampler, batches; 0 of a stream. */
  readonly samples: number;
  /** 0 with a batchSampler. */
  readonly batchSize: number;
  /** Whether each epoch has an order of its own, drawn from `seed`. */
  readonly shuffle: boolean;
  /** Seed of the order: that of the sampler where there is one. */
  readonly seed: number;
  /** Whether a last batch that is not full is left out. */
  readonly dropLast: boolean;
  /** The class of the sampler, where there is one. */
  readonly sampler?: string;
}

/** A batch and what it is of. */
export interface LoadedBatch<Batch> {
  /** The batch, after `transform`. */
  readonly batch: Batch;
  /** Undefined for samples of a stream. */
  readonly indices: Uint32Array<ArrayBuffer> | undefined;
}

/** The next batch; undefined behind the last one of a stream. */
export type Taken<Batch> = LoadedBatch<Batch> | undefined;

/** What a training asks of a loader. */
export interface BatchLoader<Batch> extends LoaderPlace {
  /** Batches of an epoch; Infinity for a stream. */
  readonly batchesPerEpoch: number;
  /** The indices of the next batch; the place moves on. */
  next(): Uint32Array<ArrayBuffer>;
  /** The next batch as the training gets it; undefined behind the last one of a stream. */
  take(): Taken<Batch> | Promise<Taken<Batch>>;
  /** Stops what is being made ahead, and frees it. */
  stop(): void;
  /** The place and the order: plain data. */
  stateDict(): LoaderState;
  /** Goes on at the place of a state. Throws `ValueError` for one of another order. */
  loadStateDict(state: LoaderState): void;
}

/** Every option of a loader. */
export interface AllLoaderOptions
  extends LoaderOptions,
    Partial<Omit<TransformOptions<unknown, unknown>, keyof LoaderOptions>>,
    Partial<Omit<CollateOptions<never, unknown>, keyof LoaderOptions>> {}

const transformKind: Kind = {
  .../* @__PURE__ */ either(callback, /* @__PURE__ */ objectWith("", "forward")),
  expected: "a function of a batch, or an object with forward(batch)",
};

export const loaderKind = /* @__PURE__ */ options<AllLoaderOptions>({
  ...batchOptions,
  indices: indicesKind,
  sampler: samplerKind,
  batchSampler: batchSamplerKind,
  prefetch: natural,
  transform: transformKind,
  collate: callback,
});

export const savedState = /* @__PURE__ */ signature("DataLoader", {
  state: options<LoaderState>({
    epoch: required(number),
    position: required(number),
    order: required(record),
  }),
});
