import { ValueError } from "../core/errors.ts";
import { either, integer, number, optional, required } from "../core/kinds.ts";
import { permutation, seeded } from "../core/rng.ts";
import { checked, options } from "../core/signature.ts";
import { batchOptions, indicesKind } from "./kinds.ts";

/** Options of `batches` and of loaders: batch size and order. */
export interface BatchOptions {
  /** Samples per batch: a number for mini-batch, 1 for stochastic, "full" for full-batch descent. Default 32. */
  readonly batchSize?: number | "full";
  /** Whether every epoch has a new random order. Default true. */
  readonly shuffle?: boolean;
  /** The same seed gives the same order. Default 0. */
  readonly seed?: number;
  /** Whether the last batch is omitted if it is not full. Default false. */
  readonly dropLast?: boolean;
}

/** Indices of the batches of one epoch over `indices` (or over 0..n−1). */
export const batches = /* @__PURE__ */ checked(
  "batches",
  {
    indices: either(integer, indicesKind),
    epoch: optional(integer),
    options: options<BatchOptions>(batchOptions),
  },
  batchesOf,
);

/** `batches` for callers that have checked the options. */
export function* batchesOf(
  indices: number | Uint32Array,
  epoch = 0,
  { batchSize = 32, shuffle = true, seed = 0, dropLast = false }: BatchOptions = {},
): Generator<Uint32Array<ArrayBuffer>> {
  const all =
    typeof indices === "number" ? Uint32Array.from({ length: indices }, (_, i) => i) : indices;
  const step = batchSize === "full" ? all.length : batchSize;
  if (!Number.isInteger(step) || step < 1) {
    throw new ValueError(
      `batches: expected batchSize ≥ 1 and samples, got ${batchSize} of ${all.length}; pass at least one sample`,
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

/** Options of `trainTestSplit` of wgrad/data; `testSize` is required. */
export interface SplitOptions {
  /** Fraction of the samples that is held out, below 1, or their number. */
  readonly testSize: number;
  /** The same seed gives the same parts. Default 0. */
  readonly seed?: number;
}

/** Indices of the two parts. */
export interface Split {
  /** Samples to train on. */
  readonly train: Uint32Array<ArrayBuffer>;
  /** Samples held out. */
  readonly test: Uint32Array<ArrayBuffer>;
}

/** Splits 0..n−1 into a part for training and a held-out part, shuffled by seed. */
export const trainTestSplit = /* @__PURE__ */ checked(
  "trainTestSplit",
  {
    n: integer,
    options: options<SplitOptions>({ testSize: required(number), seed: integer }),
  },
  (n: number, { testSize, seed = 0 }: SplitOptions): Split => {
    const held = testSize < 1 ? Math.round(n * testSize) : testSize;
    if (!(Number.isInteger(held) && held >= 0 && held <= n)) {
      throw new ValueError(
        `trainTestSplit: expected testSize in 0..${n}, got ${testSize}; a share below 1, or a number of samples`,
      );
    }
    const order = permutation(n, seeded(seed));
    return { train: order.slice(held), test: order.slice(0, held) };
  },
);
