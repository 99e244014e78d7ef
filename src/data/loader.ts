import { ValueError } from "../core/errors.ts";
import { isA } from "../core/realm.ts";
import { checkArguments, signature } from "../core/signature.ts";
import { keep, scope, tensorsIn } from "../tensor/scope.ts";
import { Ahead, END, type Job } from "./ahead.ts";
import { type BatchPlan, planOf } from "./batch_plan.ts";
import {
  type AllLoaderOptions,
  type BatchLoader,
  type BatchTransform,
  type CollateOptions,
  type LoaderOptions,
  type LoaderPlace,
  type LoaderState,
  loaderKind,
  savedState,
  type Taken,
  type TransformOptions,
} from "./loader_options.ts";
import { placeIn } from "./loader_state.ts";
import {
  checkBatch,
  type Dataset,
  datasetKind,
  freeTensors,
  isStream,
  type SampleDataset,
  type StreamDataset,
} from "./sets.ts";
import { indicesOf, type JobsFrom, jobsOf, planOfStream } from "./sources.ts";

/**
 * Visits a data set in mini-batches, one sample at a time (`batchSize: 1`) or as a whole (`batchSize: "full"`), epoch after
 * epoch, each in its own order, which depends only on seed and epoch. Its position can be saved: a loader with the same
 * options that loads it continues with the same batches, also with `prefetch`.
 *
 * @example
 * ```ts
 * import { ArrayDataset, DataLoader } from "wgrad/data";
 * const set = new ArrayDataset([[1], [2], [3], [4], [5]], [0, 1, 0, 1, 0], { dtypes: { y: "u32" } });
 * const loader = new DataLoader(set, { batchSize: 2, shuffle: true, seed: 1 });
 * for await (const { x, y } of loader) console.log(x.shape, y.shape);
 * // [2, 1] [2]
 * // [2, 1] [2]
 * // [1, 1] [1]
 * console.log(loader.batchesPerEpoch, loader.epoch); // 3 1
 * ```
 */
export class DataLoader<Batch, Raw = Batch, Sample = never> implements BatchLoader<Batch> {
  static readonly signature = /* @__PURE__ */ signature("DataLoader", {
    dataset: datasetKind,
    options: loaderKind,
  });

  /** The data set, which the caller owns. */
  readonly dataset: [Sample] extends [never]
    ? Dataset<Raw>
    : SampleDataset<Sample> | StreamDataset<Sample, Raw>;
  /** Samples per full batch; 0 with a batchSampler, which decides. */
  readonly batchSize: number;
  /** Number of batches per epoch; Infinity for a stream, whose length is unknown. */
  readonly batchesPerEpoch: number;
  readonly #plan: BatchPlan;
  readonly #jobs: JobsFrom<unknown>;
  readonly #indices: JobsFrom<Uint32Array<ArrayBuffer>>;
  readonly #transform: BatchTransform<unknown, unknown> | undefined;
  readonly #prefetch: number;
  #epoch = 0;
  #position = 0;
  /** Batches from the current position on. */
  #ahead: Ahead<unknown> | undefined;
  /** Indices from the current position on. */
  #rest: Ahead<Uint32Array<ArrayBuffer>> | undefined;

  /**
   * Throws `ValueError` for indices that the data set does not have, for options that give no batch, and for options that
   * contradict each other.
   */
  constructor(dataset: Dataset<Batch> | StreamDataset<Sample, Batch>, options?: LoaderOptions);
  constructor(
    dataset: Dataset<Raw> | StreamDataset<Sample, Raw>,
    options: TransformOptions<Raw, Batch>,
  );
  constructor(
    dataset: SampleDataset<Sample> | StreamDataset<Sample, unknown>,
    options: CollateOptions<Sample, Batch>,
  );
  constructor(
    dataset: SampleDataset<Sample> | StreamDataset<Sample, unknown>,
    options: CollateOptions<Sample, Raw> & TransformOptions<Raw, Batch>,
  );
  constructor(
    dataset: Dataset<unknown> | SampleDataset<unknown> | StreamDataset<unknown, unknown>,
    given: LoaderOptions = {},
  ) {
    checkArguments(DataLoader.signature, arguments);
    this.dataset = dataset as typeof this.dataset;
    const { transform }: AllLoaderOptions = given;
    const stream = isStream(dataset);
    this.#plan = stream ? planOfStream(given) : planOf(dataset.length, given);
    this.#jobs = jobsOf(dataset, this.#plan, given);
    this.#indices = indicesOf(stream ? 0 : dataset.length, this.#plan);
    this.batchSize = this.#plan.order.batchSize;
    this.batchesPerEpoch = this.#plan.batchesPerEpoch;
    this.#transform = transform;
    this.#prefetch = given.prefetch ?? 0;
  }

  /** Number of finished epochs. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Number of batches taken in this epoch. */
  get position(): number {
    return this.#position;
  }

  /** Indices of the next batch; after the last one of an epoch the next epoch begins. Throws `ValueError` for a stream. */
  next(): Uint32Array<ArrayBuffer> {
    if (!Number.isFinite(this.batchesPerEpoch)) {
      throw new ValueError(
        "DataLoader: expected a data set with indices for next(), got a stream; use for await (const batch of loader)",
      );
    }
    this.#rest = this.#from(this.#rest, this.#indices, 0);
    const indices = this.#rest.take()?.result() as Uint32Array<ArrayBuffer>;
    this.#advance();
    return indices;
  }

  /**
   * The next batch, whose tensors the caller owns; a promise if the data set returns promises; undefined after the last
   * batch of a stream. If it fails, the same batch remains the next one. `stop()` frees batches made in advance.
   */
  take(): Taken<Batch> | Promise<Taken<Batch>> {
    const before = { epoch: this.#epoch, position: this.#position };
    const failed = (error: unknown): never => {
      this.stop();
      this.#goTo(before);
      throw error;
    };
    try {
      this.#ahead = this.#from(this.#ahead, this.#jobs, this.#prefetch);
      const { indices, result } = this.#ahead.take() as Job<unknown>;
      const raw = result();
      const give = (made: unknown) => {
        if (made === END) return this.#endStream(before);
        return { indices, batch: this.#transformed(made, before) };
      };
      this.#advance();
      return isA(raw, "Promise") ? raw.then(give).catch(failed) : give(raw);
    } catch (error) {
      return failed(error);
    }
  }

  /** Frees the batches that were made in advance. The position does not change. */
  stop(): void {
    this.#ahead?.close();
    this.#ahead = undefined;
  }

  /**
   * The rest of this epoch, batch by batch: `for await (const { x, y } of loader) …`. The tensors of a batch are freed when
   * the next one is requested, and when the loop ends.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Batch, void, undefined> {
    const epoch = this.#epoch;
    try {
      while (this.#epoch === epoch) {
        const taken = await this.take();
        if (!taken) return;
        try {
          yield taken.batch;
        } finally {
          freeTensors(taken.batch);
        }
      }
    } finally {
      this.stop();
    }
  }

  /** Throws: batches are asynchronous, so iterate with `for await`. */
  [Symbol.iterator](): never {
    throw new ValueError(
      "DataLoader: expected for await (const batch of loader), got for (const batch of loader); write await",
    );
  }

  /** The loader's position and order, as plain data. */
  stateDict(): LoaderState {
    return { epoch: this.#epoch, position: this.#position, order: { ...this.#plan.order } };
  }

  /** Restores the position of another loader. Throws `ValueError` unless that one had the same order; then nothing changes. */
  loadStateDict(state: LoaderState): void {
    checkArguments(savedState, arguments);
    this.#goTo(placeIn(state, this.#plan.order, this.batchesPerEpoch));
  }

  #goTo({ epoch, position }: LoaderPlace): void {
    this.#epoch = epoch;
    this.#position = position;
  }

  #advance(): void {
    this.#position++;
    if (this.#position === this.batchesPerEpoch)
      this.#goTo({ epoch: this.#epoch + 1, position: 0 });
  }

  /** Called after the last batch of a stream. */
  #endStream({ epoch }: LoaderPlace): undefined {
    this.stop();
    this.#goTo({ epoch: epoch + 1, position: 0 });
  }

  /** The batches from the current position on: `ahead` if it is there. */
  #from<R>(ahead: Ahead<R> | undefined, jobs: JobsFrom<R>, depth: number): Ahead<R> {
    const place = { epoch: this.#epoch, position: this.#position };
    if (ahead?.isAt(place)) return ahead;
    ahead?.close();
    return new Ahead(place, jobs(place), depth);
  }

  #transformed(raw: unknown, place: LoaderPlace): Batch {
    const transform = this.#transform;
    checkBatch(raw, "the data set or collate");
    if (!transform) return raw as Batch;
    let batch: unknown;
    try {
      batch = scope(() =>
        typeof transform === "function" ? transform(raw, place) : transform.forward(raw, place),
      );
      checkBatch(batch, "transform");
      for (const each of tensorsIn(batch)) keep(each);
      return batch as Batch;
    } finally {
      freeTensors(raw, batch);
    }
  }
}
