import { ValueError } from "../core/errors.ts";
import { type Kind, number, record, required } from "../core/kinds.ts";
import { checkArguments, options as optionsOf, signature } from "../core/signature.ts";
import { tensorsIn } from "../tensor/scope.ts";
import { type BatchOptions, batchesOf } from "./batches.ts";
import { batchOptions, indicesKind } from "./kinds.ts";

/** Samples that can be had by index; `ImageDataset` and `TensorDataset` are some. */
export interface Dataset<Batch> {
  /** Number of samples. */
  readonly length: number;
  /** These samples. Its tensors belong to the scope it is called in. */
  batch(indices: Uint32Array<ArrayBuffer>): Batch;
}

export interface LoaderOptions extends BatchOptions {
  /** Which samples to visit, for example one part of a split or a bootstrap sample. Default: all. */
  readonly indices?: Uint32Array;
}

/** Where a loader is and the order it keeps: plain data. */
export interface LoaderState {
  readonly epoch: number;
  readonly position: number;
  readonly order: LoaderOrder;
}

/** What decides the order of the samples. */
export interface LoaderOrder {
  readonly samples: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly seed: number;
  readonly dropLast: boolean;
}

const saved = /* @__PURE__ */ signature("DataLoader", {
  state: optionsOf<LoaderState>({
    epoch: required(number),
    position: required(number),
    order: required(record),
  }),
});

const datasetKind: Kind = {
  expected: "a data set with length and batch()",
  advice: "pass a TensorDataset, an ImageDataset or { length, batch(indices) }",
  accepts: (value) =>
    record.accepts(value) &&
    Number.isInteger(Reflect.get(value as object, "length")) &&
    typeof Reflect.get(value as object, "batch") === "function",
};

/**
 * Visits a data set in mini-batches, one sample at a time (`batchSize: 1`) or as a whole (`batchSize: "full"`), epoch
 * after epoch, each in an order of its own that depends on seed and epoch alone. Where it stands is state: a loader of
 * the same options that loads it goes on with the same batches.
 */
export class DataLoader<Batch> {
  static readonly signature = /* @__PURE__ */ signature("DataLoader", {
    dataset: datasetKind,
    options: optionsOf<LoaderOptions>({ ...batchOptions, indices: indicesKind }),
  });

  readonly dataset: Dataset<Batch>;
  /** Samples of a full batch. */
  readonly batchSize: number;
  readonly batchesPerEpoch: number;
  readonly #indices: Uint32Array;
  readonly #order: LoaderOrder;
  #epoch = 0;
  #position = 0;
  /** What is left of the epoch, once it has begun. */
  #rest: Iterator<Uint32Array<ArrayBuffer>> | undefined;

  /** Throws `ValueError` for indices that are not the data set's and for options that give no batch. */
  constructor(dataset: Dataset<Batch>, given: LoaderOptions = {}) {
    checkArguments(DataLoader.signature, arguments);
    const { indices, ...options } = given;
    const outside = indices?.find((i) => i >= dataset.length);
    if (outside !== undefined) {
      throw new ValueError(
        `DataLoader: expected indices below ${dataset.length}, got ${outside}; split the same data set`,
      );
    }
    this.dataset = dataset;
    this.#indices = indices?.slice() ?? Uint32Array.from({ length: dataset.length }, (_, i) => i);
    const samples = this.#indices.length;
    const { batchSize = 32, shuffle = true, seed = 0, dropLast = false } = options;
    this.batchSize = batchSize === "full" ? samples : batchSize;
    this.#order = { samples, batchSize: this.batchSize, shuffle, seed, dropLast };
    const whole = samples / this.batchSize;
    this.batchesPerEpoch = dropLast ? Math.floor(whole) : Math.ceil(whole);
    if (Number.isInteger(this.batchSize) && this.batchSize > 0 && this.batchesPerEpoch > 0) return;
    throw new ValueError(
      `DataLoader: expected batchSize ≥ 1 and at least one batch, got batchSize ${batchSize} of ${samples} samples` +
        `${dropLast ? " with dropLast" : ""}; choose a smaller batch`,
    );
  }

  /** Epochs finished. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Batches given in this epoch. */
  get position(): number {
    return this.#position;
  }

  /** Indices of the next batch; after an epoch's last one the next epoch begins. */
  next(): Uint32Array<ArrayBuffer> {
    this.#rest ??= this.#from(this.#position);
    const { value } = this.#rest.next();
    this.#position++;
    if (this.#position === this.batchesPerEpoch) this.#goTo(this.#epoch + 1, 0);
    return value;
  }

  /**
   * What is left of this epoch, batch by batch: `for await (const { x, y } of loader) …`. The tensors of a batch are freed
   * when the next one is asked for, and when the loop ends.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Batch, void, undefined> {
    const epoch = this.#epoch;
    while (this.#epoch === epoch) {
      const batch = this.dataset.batch(this.next());
      try {
        yield batch;
      } finally {
        for (const each of tensorsIn(batch)) each.dispose();
      }
    }
  }

  /** Throws: batches come one after the other, by `for await`. */
  [Symbol.iterator](): never {
    throw new ValueError(
      "DataLoader: expected for await (const batch of loader), got for (const batch of loader); write await, " +
        "or call dataset.batch(loader.next()) in a scope()",
    );
  }

  /** Where it stands. */
  stateDict(): LoaderState {
    return { epoch: this.#epoch, position: this.#position, order: { ...this.#order } };
  }

  /** Goes where another loader stood. Throws `ValueError` unless that one kept the same order; then nothing changes. */
  loadStateDict(state: LoaderState): void {
    checkArguments(saved, arguments);
    const { epoch, position, order } = state;
    for (const [name, own] of Object.entries(this.#order)) {
      const got = order?.[name as keyof LoaderOrder];
      if (got === own) continue;
      throw new ValueError(
        `DataLoader: expected the state of a loader with ${name} ${own}, got ${got}; make it with the same options`,
      );
    }
    const fits = Number.isInteger(epoch) && epoch >= 0 && Number.isInteger(position);
    if (!fits || position < 0 || position >= this.batchesPerEpoch) {
      throw new ValueError(
        `DataLoader: expected an epoch ≥ 0 and a position below ${this.batchesPerEpoch}, got ${epoch} and ${position}; ` +
          "the state is damaged",
      );
    }
    this.#goTo(epoch, position);
  }

  #goTo(epoch: number, position: number): void {
    this.#epoch = epoch;
    this.#position = position;
    this.#rest = undefined;
  }

  #from(position: number): Iterator<Uint32Array<ArrayBuffer>> {
    const all = batchesOf(this.#indices, this.#epoch, this.#order);
    for (let i = 0; i < position; i++) all.next();
    return all;
  }
}
