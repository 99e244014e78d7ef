import { ValueError } from "../core/errors.ts";
import { batchesOf } from "./batches.ts";
import type { LoaderOptions, LoaderOrder } from "./loader_options.ts";
import type { BatchSampler, Sampler } from "./sampler_kinds.ts";
import { checkIndices } from "./sets.ts";

/** How the batches of every epoch are made. */
export interface BatchPlan {
  /** The order that a loaded state must have. */
  readonly order: LoaderOrder;
  readonly batchesPerEpoch: number;
  batches(epoch: number): Iterator<ArrayLike<number>>;
}

/** Throws `ValueError` for options that give no batch or contradict each other. */
export function planOf(length: number, options: LoaderOptions): BatchPlan {
  const { indices, batchSampler, sampler } = options;
  refuseBoth(options);
  if (batchSampler) return bySampledBatches(batchSampler);
  if (sampler) return bySampler(sampler, options);
  checkIndices("DataLoader", length, indices ?? [], "split the same data set");
  const all = indices?.slice() ?? Uint32Array.from({ length }, (_, i) => i);
  return byBatchSize(options, { samples: all.length }, () => all);
}

function bySampledBatches(batchSampler: BatchSampler): BatchPlan {
  const { length } = batchSampler;
  if (length < 1) throw noBatch(`a batchSampler of ${length}`);
  const name = nameOf(batchSampler);
  const own = { batchSize: 0, shuffle: false, seed: seedOf(batchSampler), dropLast: false };
  return {
    order: { ...own, samples: length, sampler: name },
    batchesPerEpoch: length,
    batches: (epoch) => batchSampler.batches(epoch)[Symbol.iterator](),
  };
}

function bySampler(sampler: Sampler | ArrayLike<number>, options: LoaderOptions): BatchPlan {
  const give = "indices" in sampler ? (epoch: number) => sampler.indices(epoch) : () => sampler;
  const own = { samples: sampler.length, sampler: nameOf(sampler) };
  const seed = options.seed ?? seedOf(sampler);
  return byBatchSize({ ...options, seed, shuffle: false }, own, (epoch) =>
    Uint32Array.from(give(epoch)),
  );
}

function byBatchSize(
  { batchSize = 32, shuffle = true, seed = 0, dropLast = false }: LoaderOptions,
  own: { readonly samples: number; readonly sampler?: string },
  indices: (epoch: number) => Uint32Array,
): BatchPlan {
  const { samples } = own;
  const size = batchSize === "full" ? samples : batchSize;
  const order = { ...own, batchSize: size, shuffle, seed, dropLast };
  const batchesPerEpoch = dropLast ? Math.floor(samples / size) : Math.ceil(samples / size);
  if (Number.isInteger(size) && size > 0 && batchesPerEpoch > 0) {
    return {
      order,
      batchesPerEpoch,
      batches: (epoch) => batchesOf(indices(epoch), epoch, order),
    };
  }
  const last = dropLast ? " with dropLast" : "";
  throw noBatch(`batchSize ${batchSize} of ${samples} samples${last}`);
}

const noBatch = (got: string): ValueError =>
  new ValueError(
    `DataLoader: expected batchSize ≥ 1 and at least one batch, got ${got}; choose a smaller batch`,
  );

/** Throws if several options set the order, as PyTorch does. */
function refuseBoth(options: LoaderOptions): void {
  const given = (names: readonly (keyof LoaderOptions)[]) =>
    names.filter((name) => options[name] !== undefined && options[name] !== false);
  const clash = options.batchSampler
    ? given(["batchSize", "shuffle", "sampler", "dropLast", "indices"])
    : options.sampler
      ? given(["shuffle", "indices"])
      : [];
  if (clash.length === 0) return;
  const by = options.batchSampler ? "batchSampler" : "sampler";
  throw new ValueError(
    `DataLoader: expected ${by} without ${clash.join(", ")}, got both; leave ${by} or the other out`,
  );
}

/** Name of a sampler in states: its class, or a description. */
function nameOf(sampler: object): string {
  const own: unknown = Reflect.get(sampler.constructor, "signature");
  if (typeof own === "object" && own !== null && "name" in own) return String(own.name);
  return "indices" in sampler || "batches" in sampler ? "own" : "indices";
}

function seedOf(sampler: object): number {
  const seed: unknown = Reflect.get(sampler, "seed");
  return typeof seed === "number" ? seed : 0;
}
