import { ValueError } from "../core/errors.ts";
import { permutation, seeded } from "../core/rng.ts";

export interface BatchOptions {
  /** Samples a batch: a number for mini-batch, 1 for stochastic, "full" for full-batch descent. Default 32. */
  readonly batchSize?: number | "full";
  /** New order every epoch. Default true. */
  readonly shuffle?: boolean;
  /** The same seed gives the same order. Default 0. */
  readonly seed?: number;
  /** Leaves out the last batch if it is not full. Default false. */
  readonly dropLast?: boolean;
}

/** Indices of the batches of one epoch over `indices` (or over 0..n−1). */
export function* batches(
  indices: number | Uint32Array,
  epoch = 0,
  { batchSize = 32, shuffle = true, seed = 0, dropLast = false }: BatchOptions = {},
): Generator<Uint32Array<ArrayBuffer>> {
  const all =
    typeof indices === "number" ? Uint32Array.from({ length: indices }, (_, i) => i) : indices;
  const step = batchSize === "full" ? all.length : batchSize;
  if (!Number.isInteger(step) || step < 1) {
    throw new ValueError(
      `batches: expected batchSize ≥ 1 and samples, got ${batchSize} of ${all.length}`,
    );
  }
  const order = shuffle
    ? permutation(all.length, seeded(Math.imul(seed + 1, 0x9e3779b1) + epoch)).map(
        (i) => all[i] as number,
      )
    : Uint32Array.from(all);
  const end = dropLast ? order.length - (order.length % step) : order.length;
  for (let start = 0; start < end; start += step)
    yield order.slice(start, Math.min(start + step, end));
}

/** Splits 0..n−1 into a part to train on and a part to hold out, shuffled by seed. */
export function trainTestSplit(
  n: number,
  { testSize, seed = 0 }: { testSize: number; seed?: number },
): { train: Uint32Array<ArrayBuffer>; test: Uint32Array<ArrayBuffer> } {
  const held = testSize < 1 ? Math.round(n * testSize) : testSize;
  if (!(held >= 0 && held <= n)) {
    throw new ValueError(`trainTestSplit: expected testSize in 0..${n}, got ${testSize}`);
  }
  const order = permutation(n, seeded(seed));
  return { train: order.slice(held), test: order.slice(0, held) };
}
