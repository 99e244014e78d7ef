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

/**
 * Options of every `DataLoader`: batches, samples, and number of batches made in advance.
 *
 * @example
 * ```ts
 * import { ArrayDataset, DataLoader } from "wgrad/data";
 * const set = new ArrayDataset([[1], [2], [3]], [0, 1, 0], { dtypes: { y: "u32" } });
 * const loader = new DataLoader(set, { batchSize: 2, shuffle: false });
 * for await (const { x, y } of loader) console.log(x.shape, await y.read());
 * // [2, 1] [0, 1]
 * // [1, 1] [0]
 * ```
 */
export interface LoaderOptions extends BatchOptions {
  /** Samples to visit, for example one part of a split or a bootstrap sample. Default: all. */
  readonly indices?: Uint32Array;
  /** Sets the order instead of `shuffle`: a sampler, or indices in the order to visit. */
  readonly sampler?: Sampler | ArrayLike<number>;
  /** Sets the batches instead of batchSize, shuffle, sampler and dropLast. */
  readonly batchSampler?: BatchSampler;
  /**
   * Number of batches that are made in advance, while the current one trains: reading, decoding and upload, but not
   * `transform`. Order, bits and position are the same as without. They take memory. Default 0; 2 is enough for data sets
   * whose `batch` is asynchronous.
   */
  readonly prefetch?: number;
}

/** Position of a loader in its order. */
export interface LoaderPlace {
  /** Number of finished epochs. */
  readonly epoch: number;
  /** Number of batches taken in this epoch. */
  readonly position: number;
}

/**
 * Transforms a batch just before it is returned: augmentation on the GPU. It queues work and returns; input tensors that
 * are not in its result, and intermediate tensors, are freed. `place` is the position of the batch. If it is an object, its
 * `forward` is called.
 */
export type BatchTransform<Raw, Batch> =
  | ((batch: Raw, place: LoaderPlace) => Batch)
  | { forward(batch: Raw, place: LoaderPlace): Batch };

/** Option of a loader that transforms its batches. */
export interface TransformOptions<Raw, Batch> extends LoaderOptions {
  /** Transforms every batch just before it is returned, in the order of the batches. */
  readonly transform: BatchTransform<Raw, Batch>;
}

/** Options of a loader that collates samples, from `get(index)` of the data set or from a stream. */
export interface CollateOptions<Sample, Batch> extends LoaderOptions {
  /** Collates samples, in order, into a batch. Tensors of samples that are not in the batch are freed. */
  readonly collate: (samples: readonly Sample[]) => Batch | Promise<Batch>;
}

/** Position and order of a loader: plain data. */
export interface LoaderState extends LoaderPlace {
  /** The options that determine the order; `loadStateDict` refuses a state with others. */
  readonly order: LoaderOrder;
}

/** The options that determine the order of the samples. */
export interface LoaderOrder {
  /** Samples per epoch; with a batchSampler, batches; 0 for a stream. */
  readonly samples: number;
  /** Samples per batch; 0 with a batchSampler. */
  readonly batchSize: number;
  /** Whether each epoch has its own order, drawn from `seed`. */
  readonly shuffle: boolean;
  /** Seed of the order, or of the sampler. */
  readonly seed: number;
  /** Whether a last batch that is not full is omitted. */
  readonly dropLast: boolean;
  /** The class of the sampler, if any. */
  readonly sampler?: string;
}

/** A batch and the indices of its samples. */
export interface LoadedBatch<Batch> {
  /** The batch, after `transform`. */
  readonly batch: Batch;
  /** Undefined for samples of a stream. */
  readonly indices: Uint32Array<ArrayBuffer> | undefined;
}

/** The next batch; undefined after the last one of a stream. */
export type Taken<Batch> = LoadedBatch<Batch> | undefined;

/** The interface of loaders that training uses. */
export interface BatchLoader<Batch> extends LoaderPlace {
  /** Number of batches per epoch; Infinity for a stream. */
  readonly batchesPerEpoch: number;
  /** The indices of the next batch; advances the position. */
  next(): Uint32Array<ArrayBuffer>;
  /** The next batch for training; undefined after the last one of a stream. */
  take(): Taken<Batch> | Promise<Taken<Batch>>;
  /** Stops and frees batches that are made in advance. */
  stop(): void;
  /** Position and order: plain data. */
  stateDict(): LoaderState;
  /** Restores the position of a state. Throws `ValueError` for a state with another order. */
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
