import { type Kind, record } from "../core/kinds.ts";
import { checkArguments, options, signature } from "../core/signature.ts";
import { type Collated, type CollatingOptions, collatingKinds, defaultCollate } from "./collate.ts";
import type { StreamDataset } from "./sets.ts";

/** A sequence of samples. */
export type SampleStream<Sample> =
  | Iterable<Sample>
  | AsyncIterable<Sample>
  | ReadableStream<Sample>;

const streamKind: Kind = {
  expected: "an iterable, a stream, or a function that gives one",
  advice: "pass async function* () { … yield { x, y }; }",
  accepts: (value) =>
    typeof value === "function" || (record.accepts(value) && isOpen(value)) || Array.isArray(value),
};

const isOpen = (value: unknown): boolean =>
  [Symbol.asyncIterator, Symbol.iterator, "getReader"].some(
    (name) => typeof Reflect.get(value as object, name) === "function",
  );

/**
 * Samples of a stream of unknown length: a file that is read in pieces, a socket, a generator. A `DataLoader` batches them
 * in the order of arrival, by `for await`; to continue in the middle of an epoch, it reads the preceding samples again and
 * skips them. Torch's IterableDataset.
 *
 *     const drawn = new IterableDataset(async function* () { for (;;) yield { x: await sensor.read(), y: 0 }; });
 */
export class IterableDataset<Sample> implements StreamDataset<Sample, Collated<Sample>> {
  static readonly signature = /* @__PURE__ */ signature("IterableDataset", {
    source: streamKind,
    options: options<CollatingOptions>(collatingKinds),
  });

  readonly #source: SampleStream<Sample> | ((epoch: number) => SampleStream<Sample>);
  readonly #options: CollatingOptions;

  /**
   * A function is called for each epoch. Any other source must restart for each epoch, as an array does; a generator does
   * not.
   */
  constructor(
    source: SampleStream<Sample> | ((epoch: number) => SampleStream<Sample>),
    given: CollatingOptions = {},
  ) {
    checkArguments(IterableDataset.signature, arguments);
    this.#source = source;
    this.#options = given;
  }

  /** The samples of an epoch, counted from 0. */
  async *samples(epoch: number): AsyncGenerator<Sample, void, undefined> {
    const source = typeof this.#source === "function" ? this.#source(epoch) : this.#source;
    if (Symbol.asyncIterator in source || Symbol.iterator in source) yield* source;
    else yield* piecesOf(source);
  }

  /** Collates samples into a batch. */
  collate(samples: readonly Sample[]): Collated<Sample> {
    return defaultCollate(samples, this.#options);
  }
}

/** For browsers whose streams are not iterable. */
async function* piecesOf<Sample>(stream: ReadableStream<Sample>): AsyncGenerator<Sample> {
  const reader = stream.getReader();
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}
