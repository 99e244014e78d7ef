import { ValueError } from "../core/errors.ts";
import { boolean, count, integer, type Kind, optional } from "../core/kinds.ts";
import { permutation, type Random, seeded } from "../core/rng.ts";
import { checkArguments, options, signature } from "../core/signature.ts";
import { numbersKind } from "./kinds.ts";
import type { BatchSampler, Sampler } from "./sampler_kinds.ts";

/** Options of a `WeightedRandomSampler`. */
export interface WeightedRandomSamplerOptions {
  /** Whether a sample may be drawn twice. Default true. */
  readonly replacement?: boolean;
  /** The same seed gives the same draws; each epoch has its own. Default 0. */
  readonly seed?: number;
}

/** The generator of an epoch. */
const randomOf = (seed: number, epoch: number): Random =>
  seeded(Math.imul(seed + 1, 0x9e3779b1) + epoch);

/** A number in (0, 1) with 48 bits: sums of many weights have more than 24. */
const fine = (random: Random): number => random() + (random() + 2 ** -25) * 2 ** -24;

/**
 * Draws samples with probabilities proportional to their weights, anew in each epoch: torch's WeightedRandomSampler.
 * Weights 1 / (number of samples of the class) visit every class equally often. Without replacement: Efraimidis and
 * Spirakis, "Weighted random sampling with a reservoir", 2006.
 */
export class WeightedRandomSampler implements Sampler {
  static readonly signature = /* @__PURE__ */ signature("WeightedRandomSampler", {
    weights: numbersKind,
    numSamples: optional(count),
    options: options<WeightedRandomSamplerOptions>({ replacement: boolean, seed: integer }),
  });

  /** Number of samples per epoch. */
  readonly length: number;
  /** Seed of the draws. */
  readonly seed: number;
  readonly #weights: Float64Array;
  readonly #replacement: boolean;

  /**
   * `weights` [n], not negative, need not sum to 1; `numSamples` are drawn per epoch, default n. Throws `ValueError` for
   * invalid weights, and for more samples without replacement than have a positive weight.
   */
  constructor(
    weights: ArrayLike<number>,
    numSamples = weights?.length,
    given: WeightedRandomSamplerOptions = {},
  ) {
    checkArguments(WeightedRandomSampler.signature, arguments);
    const { replacement = true, seed = 0 } = given;
    this.#weights = Float64Array.from(weights);
    const possible = this.#weights.filter((weight) => weight > 0).length;
    const wrong = this.#weights.findIndex((w) => !(w >= 0 && Number.isFinite(w)));
    if (possible === 0 || wrong >= 0) {
      throw new ValueError(
        `WeightedRandomSampler: expected finite weights ≥ 0, not all of them 0, got ${wrong < 0 ? "none above 0" : `weights[${wrong}] = ${this.#weights[wrong]}`}; ` +
          "1 / (samples of the class) is usual",
      );
    }
    if (!replacement && numSamples > possible) {
      throw new ValueError(
        `WeightedRandomSampler: expected at most ${possible} samples without replacement, as many as have a weight above 0, ` +
          `got ${numSamples}; draw fewer, or with replacement`,
      );
    }
    this.length = numSamples;
    this.seed = seed;
    this.#replacement = replacement;
  }

  /** The indices of an epoch, in the order of drawing. */
  indices(epoch: number): Uint32Array<ArrayBuffer> {
    checkArguments(epochOf, arguments);
    const random = randomOf(this.seed, epoch);
    return this.#replacement ? this.#again(random) : this.#once(random);
  }

  #again(random: Random): Uint32Array<ArrayBuffer> {
    let sum = 0;
    const upTo = this.#weights.map((weight) => (sum += weight));
    return Uint32Array.from({ length: this.length }, () => firstAbove(upTo, fine(random) * sum));
  }

  /** The indices with the largest u^(1/w). */
  #once(random: Random): Uint32Array<ArrayBuffer> {
    const keys = this.#weights.map((w) => {
      const u = fine(random);
      return w > 0 ? Math.log(u) / w : Number.NEGATIVE_INFINITY;
    });
    const order = Uint32Array.from(keys, (_, i) => i).sort(
      (a, b) => (keys[b] as number) - (keys[a] as number) || a - b,
    );
    return order.slice(0, this.length);
  }
}

const epochOf = /* @__PURE__ */ signature("WeightedRandomSampler.indices", { epoch: integer });

/** Index of the first element of an ascending list that exceeds a number. */
function firstAbove(ascending: Float64Array, number: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) > number) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Options of a `BalancedBatchSampler`. */
export interface BalancedBatchSamplerOptions {
  /** Number of samples of each class in a batch. Default 8. */
  readonly samplesPerClass?: number;
  /** Number of classes in a batch, drawn if there are more. Default all. */
  readonly classesPerBatch?: number;
  /** Number of batches per epoch. Default: as many as visit the largest class once. */
  readonly batches?: number;
  /** The same seed gives the same batches; each epoch has its own. Default 0. */
  readonly seed?: number;
}

const labelsKind: Kind = {
  expected: "an array of labels",
  accepts: (value) => Array.isArray(value) || numbersKind.accepts(value),
};

/**
 * Batches that have equally many samples of each class, regardless of the sizes of the classes: for imbalanced classes, and
 * for losses that compare samples. The samples of a class are visited in a random order, which is drawn anew at its end.
 */
export class BalancedBatchSampler implements BatchSampler {
  static readonly signature = /* @__PURE__ */ signature("BalancedBatchSampler", {
    labels: labelsKind,
    options: options<BalancedBatchSamplerOptions>({
      samplesPerClass: count,
      classesPerBatch: count,
      batches: count,
      seed: integer,
    }),
  });

  /** Number of batches per epoch. */
  readonly length: number;
  /** Seed of the batches. */
  readonly seed: number;
  readonly #rows: readonly number[][];
  readonly #samples: number;
  readonly #classes: number;

  /**
   * `labels` [n], one label of any type per sample. Throws `ValueError` for no labels, and for more classes per batch than
   * there are.
   */
  constructor(labels: ArrayLike<unknown>, given: BalancedBatchSamplerOptions = {}) {
    checkArguments(BalancedBatchSampler.signature, arguments);
    const byLabel = new Map<unknown, number[]>();
    for (let i = 0; i < labels.length; i++) {
      const own = byLabel.get(labels[i]);
      if (own) own.push(i);
      else byLabel.set(labels[i], [i]);
    }
    const rows = [...byLabel.values()];
    const { samplesPerClass = 8, classesPerBatch = rows.length, seed = 0 } = given;
    if (rows.length === 0 || classesPerBatch > rows.length) {
      throw new ValueError(
        `BalancedBatchSampler: expected labels of ${given.classesPerBatch ?? "some"} classes, got ${rows.length}; ` +
          "pass one label per sample",
      );
    }
    const largest = Math.max(...rows.map(({ length }) => length));
    const needed = Math.ceil((largest * rows.length) / (samplesPerClass * classesPerBatch));
    this.length = given.batches ?? needed;
    this.seed = seed;
    this.#rows = rows;
    this.#samples = samplesPerClass;
    this.#classes = classesPerBatch;
  }

  /** The batches of an epoch, each [classesPerBatch · samplesPerClass]. */
  *batches(epoch: number): Generator<Uint32Array<ArrayBuffer>, void, undefined> {
    checkArguments(batchesOf, arguments);
    const random = randomOf(this.seed, epoch);
    const drawn = this.#rows.map((rows) => endless(rows, random));
    const classes = endless([...drawn.keys()], random);
    for (let i = 0; i < this.length; i++) {
      const chosen: number[] = [];
      while (chosen.length < this.#classes) {
        const next = classes.next().value;
        if (!chosen.includes(next)) chosen.push(next);
      }
      yield Uint32Array.from(
        chosen.flatMap((c) =>
          Array.from({ length: this.#samples }, () => drawn[c]?.next().value as number),
        ),
      );
    }
  }
}

const batchesOf = /* @__PURE__ */ signature("BalancedBatchSampler.batches", { epoch: integer });

/** Yields a list in a random order, then again in another, without end. */
function* endless(list: readonly number[], random: Random): Generator<number, never, undefined> {
  while (true) for (const at of permutation(list.length, random)) yield list[at] as number;
}
