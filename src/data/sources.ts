import { ValueError } from "../core/errors.ts";
import { isA } from "../core/realm.ts";
import { begin, END, type Job } from "./ahead.ts";
import type { BatchPlan } from "./batch_plan.ts";
import type { AllLoaderOptions, LoaderPlace } from "./loader_options.ts";
import {
  checkIndices,
  type Dataset,
  freeTensors,
  givesBatches,
  givesSamples,
  isStream,
  type SampleDataset,
  type StreamDataset,
} from "./sets.ts";

type AnyDataset = Dataset<unknown> | SampleDataset<unknown> | StreamDataset<unknown, unknown>;
type Collate = (samples: readonly unknown[]) => unknown;

/** A function that begins to make the batches of an epoch, from a place on. */
export type JobsFrom<Raw> = (place: LoaderPlace) => Iterator<Job<Raw>>;

/** Throws `ValueError` for a data set that provides neither batches nor samples to collate. */
export function jobsOf<Raw>(
  dataset: AnyDataset,
  plan: BatchPlan,
  given: AllLoaderOptions,
): JobsFrom<Raw> {
  const collate = given.collate as Collate | undefined;
  if (isStream(dataset)) {
    return streamJobs(dataset, collate ?? ((samples) => dataset.collate(samples)), plan);
  }
  if (!collate && givesBatches(dataset)) {
    return indexJobs(dataset.length, plan, (indices) => dataset.batch(indices) as Raw);
  }
  if (collate && givesSamples(dataset)) {
    return indexJobs(dataset.length, plan, (indices) => collated<Raw>(dataset, indices, collate));
  }
  throw new ValueError(
    collate
      ? "DataLoader: expected a data set with get(index) for collate, got one without; pass a MapDataset, or leave collate out"
      : "DataLoader: expected a data set with batch(indices), or collate, got one with get(index) alone; pass collate, or a MapDataset",
  );
}

/** The indices of batches, from a place on. */
export const indicesOf = (length: number, plan: BatchPlan): JobsFrom<Uint32Array<ArrayBuffer>> =>
  indexJobs(length, plan, (indices) => indices);

function indexJobs<Raw>(
  length: number,
  plan: BatchPlan,
  make: (indices: Uint32Array<ArrayBuffer>) => Raw | Promise<Raw>,
): JobsFrom<Raw> {
  return function* ({ epoch, position }) {
    const batches = plan.batches(epoch);
    for (let i = 0; i < position; i++) batches.next();
    for (let i = position; i < plan.batchesPerEpoch; i++) {
      const { value, done } = batches.next();
      if (done) throw ended(i, plan.batchesPerEpoch);
      const indices = isA(value, "Uint32Array") ? value.slice() : Uint32Array.from(value);
      yield begin(indices, () => {
        checkIndices("DataLoader", length, value, "use a sampler of the same data set");
        return make(indices);
      });
    }
  };
}

const ended = (got: number, expected: number): ValueError =>
  new ValueError(
    `DataLoader: expected ${expected} batches of an epoch, got ${got}; the length of a sampler must equal the number of its indices`,
  );

async function collated<Raw>(
  dataset: SampleDataset<unknown>,
  indices: Uint32Array,
  collate: Collate,
): Promise<Raw> {
  const samples = await allOf([...indices].map((i) => async () => dataset.get(i)));
  return collateFreeing<Raw>(samples, collate);
}

/** The results of all promises; if one rejects, the results of the others are freed. */
export async function allOf<T>(works: readonly (() => Promise<T>)[]): Promise<T[]> {
  const settled = await Promise.allSettled(works.map((work) => work()));
  const failed = settled.find((each) => each.status === "rejected");
  const made = settled.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  if (!failed) return made;
  freeTensors(made);
  throw failed.reason;
}

/** Collates samples into a batch, and frees tensors of the samples that are not in the batch. */
export async function collateFreeing<Raw>(
  samples: readonly unknown[],
  collate: Collate,
): Promise<Raw> {
  let batch: unknown;
  try {
    batch = await collate(samples);
    return batch as Raw;
  } finally {
    freeTensors(samples, batch);
  }
}

/** The plan of a loader that visits a stream. Throws `ValueError` for options that need indices. */
export function planOfStream(given: AllLoaderOptions): BatchPlan {
  const { batchSize = 32, shuffle = false, seed = 0, dropLast = false } = given;
  const refused = (["sampler", "batchSampler", "indices"] as const).find((name) => given[name]);
  const odd = shuffle ? "shuffle" : (refused ?? (batchSize === "full" ? 'batchSize "full"' : ""));
  if (odd) {
    throw new ValueError(
      `DataLoader: expected options for a stream, whose samples have no indices, got ${odd}; leave it out`,
    );
  }
  if (!(Number.isInteger(batchSize) && (batchSize as number) >= 1)) {
    throw new ValueError(
      `DataLoader: expected an integer batchSize ≥ 1, got ${batchSize}; "full" makes one batch of all`,
    );
  }
  return {
    order: { samples: 0, batchSize: batchSize as number, shuffle: false, seed, dropLast },
    batchesPerEpoch: Number.POSITIVE_INFINITY,
    batches: () => [][Symbol.iterator](),
  };
}

function streamJobs<Raw>(
  dataset: StreamDataset<unknown, unknown>,
  collate: Collate,
  { order }: BatchPlan,
): JobsFrom<Raw> {
  return function* ({ epoch, position }) {
    const batches = batchesOfStream<Raw>(dataset.samples(epoch), collate, {
      ...order,
      skip: position * order.batchSize,
    });
    try {
      while (true) {
        yield begin(undefined, async () => {
          const { done, value } = await batches.next();
          return done ? END : value;
        });
      }
    } finally {
      batches.return().catch(() => undefined); // an error of the source at this point affects no batch
    }
  };
}

/** Makes batches one after the other: the next batch is read when it is requested. */
async function* batchesOfStream<Raw>(
  samples: AsyncIterable<unknown>,
  collate: Collate,
  { skip, batchSize, dropLast }: { skip: number; batchSize: number; dropLast: boolean },
): AsyncGenerator<Raw, void, void> {
  let left = skip;
  let some: unknown[] = [];
  try {
    for await (const sample of samples) {
      if (left > 0) {
        left--;
        freeTensors(sample);
        continue;
      }
      some.push(sample);
      if (some.length < batchSize) continue;
      const whole = some;
      some = [];
      yield await collateFreeing<Raw>(whole, collate);
    }
    const rest = some;
    some = [];
    if (rest.length > 0 && !dropLast) yield await collateFreeing<Raw>(rest, collate);
    else freeTensors(rest);
  } finally {
    freeTensors(some);
  }
}
