import { ValueError } from "../core/errors.ts";
import { type Kind, record } from "../core/kinds.ts";
import { describe } from "../core/signature.ts";
import { tensorsIn } from "../tensor/scope.ts";

/** Samples that can be requested by index, such as `ImageDataset`, `TensorDataset` and `MapDataset`. */
export interface Dataset<Batch> {
  /** Number of samples. */
  readonly length: number;
  /** These samples, or a promise of them. Tensors made before it returns belong to the scope in which it is called. */
  batch(indices: Uint32Array<ArrayBuffer>): Batch | Promise<Batch>;
}

/** Samples that can be requested one by one, to be collated into batches. */
export interface SampleDataset<Sample> {
  /** Number of samples. */
  readonly length: number;
  /** The sample of this index, from 0. */
  get(index: number): Sample | Promise<Sample>;
}

/** A sequence of samples of unknown length: `IterableDataset`. */
export interface StreamDataset<Sample, Batch> {
  /** The samples of an epoch, counted from 0, in order. */
  samples(epoch: number): AsyncIterable<Sample>;
  /** Collates samples into a batch. */
  collate(samples: readonly Sample[]): Batch;
}

const has = (value: unknown, name: string): boolean =>
  record.accepts(value) && typeof Reflect.get(value as object, name) === "function";

const isSized = (value: unknown): boolean =>
  record.accepts(value) && Number.isInteger(Reflect.get(value as object, "length"));

export const isStream = (value: unknown): value is StreamDataset<unknown, unknown> =>
  has(value, "samples") && has(value, "collate");

export const givesBatches = (value: unknown): value is Dataset<unknown> =>
  isSized(value) && has(value, "batch");

export const givesSamples = (value: unknown): value is SampleDataset<unknown> =>
  isSized(value) && has(value, "get");

/** A data set that a loader can visit. */
export const datasetKind: Kind = {
  expected: "a data set with length and batch()",
  advice: "pass a TensorDataset, an ImageDataset, a MapDataset or { length, batch(indices) }",
  accepts: (value) => givesBatches(value) || givesSamples(value) || isStream(value),
};

/** An object with a length and batches, of which parts can be made. */
export const sizedKind: Kind = {
  ...datasetKind,
  accepts: givesBatches,
};

/** Throws `ValueError` for an index out of range. */
export function checkIndices(
  who: string,
  length: number,
  indices: ArrayLike<number>,
  advice = "use new DataLoader(dataset)",
): void {
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    if (Number.isInteger(index) && index >= 0 && index < length) continue;
    throw new ValueError(`${who}: expected indices below ${length}, got ${index}; ${advice}`);
  }
}

/** Throws `ValueError` if `maker` returned undefined or null instead of a batch. */
export function checkBatch(batch: unknown, maker: string): void {
  if (batch !== undefined && batch !== null) return;
  throw new ValueError(
    `DataLoader: expected a batch from ${maker}, got ${describe(batch)}; let it return one, such as { x, y }`,
  );
}

/** Frees the tensors of a batch, except those that another value contains. */
export function freeTensors(batch: unknown, except?: unknown): void {
  const kept = new Set(tensorsIn(except));
  for (const each of tensorsIn(batch)) if (!kept.has(each)) each.dispose();
}
