import { ValueError } from "../core/errors.ts";
import { integer, list, number } from "../core/kinds.ts";
import { permutation, seeded } from "../core/rng.ts";
import { checkArguments, checked, describe, options, signature } from "../core/signature.ts";
import { indicesKind, numbersKind } from "./kinds.ts";
import { checkIndices, type Dataset, givesSamples, type SampleDataset, sizedKind } from "./sets.ts";

/** A data set that may also provide single samples. */
export type PartOf<Batch, Sample> = Dataset<Batch> & Partial<Pick<SampleDataset<Sample>, "get">>;

/** Some samples of a data set, which the caller owns: torch's Subset. */
export class Subset<Batch, Sample = never> implements Dataset<Batch>, SampleDataset<Sample> {
  static readonly signature = /* @__PURE__ */ signature("Subset", {
    dataset: sizedKind,
    indices: numbersKind,
  });

  /** The data set that it is a part of. */
  readonly dataset: PartOf<Batch, Sample>;
  /** Indices of the samples in the data set. */
  readonly indices: Uint32Array<ArrayBuffer>;

  /** Throws `ValueError` for indices that the data set does not have. */
  constructor(dataset: PartOf<Batch, Sample>, indices: ArrayLike<number>) {
    checkArguments(Subset.signature, arguments);
    checkIndices("Subset", dataset.length, indices, "count from 0");
    this.dataset = dataset;
    this.indices = Uint32Array.from(indices);
  }

  /** Number of samples. */
  get length(): number {
    return this.indices.length;
  }

  /** One sample, if the data set provides single samples. Throws `ValueError` for an index out of range. */
  get(index: number): Sample | Promise<Sample> {
    checkArguments(signature("Subset.get", { index: integer }), arguments);
    checkIndices("Subset", this.length, [index]);
    return sampleOf("Subset", this.dataset, this.indices[index] as number);
  }

  /** A batch of the data set. Throws `ValueError` for an index out of range. */
  batch(indices: Uint32Array<ArrayBuffer>): Batch | Promise<Batch> {
    checkArguments(signature("Subset.batch", { indices: indicesKind }), arguments);
    checkIndices("Subset", this.length, indices);
    return this.dataset.batch(indices.map((i) => this.indices[i] as number));
  }
}

/** One sample of a part. */
export function sampleOf<Sample>(who: string, dataset: PartOf<unknown, Sample>, index: number) {
  if (givesSamples(dataset)) return dataset.get(index) as Sample | Promise<Sample>;
  throw new ValueError(
    `${who}: expected a data set with get(index), got ${describe(dataset)}; leave collate out, it has batch(indices)`,
  );
}

/** Options of `randomSplit`. */
export interface RandomSplitOptions {
  /** The same seed gives the same parts. Default 0. */
  readonly seed?: number;
}

/**
 * Splits a data set into random parts: torch's random_split. `lengths` are numbers of samples, or fractions that sum to 1;
 * samples left over by rounding go to the first parts, one each. Throws `ValueError` unless they cover the data set.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { randomSplit, TensorDataset } from "wgrad/data";
 * const all = new TensorDataset(tensor([[1], [2], [3], [4], [5]]), tensor([1, 2, 3, 4, 5]));
 * const [train, held] = randomSplit(all, [0.8, 0.2], { seed: 1 });
 * console.log(train?.length, held?.length); // 4 1
 * ```
 */
export const randomSplit = /* @__PURE__ */ checked(
  "randomSplit",
  {
    dataset: sizedKind,
    lengths: list(number),
    options: options<RandomSplitOptions>({ seed: integer }),
  },
  <Batch, Sample = never, const Lengths extends readonly number[] = readonly number[]>(
    dataset: PartOf<Batch, Sample>,
    lengths: Lengths,
    { seed = 0 }: RandomSplitOptions = {},
  ): { -readonly [I in keyof Lengths]: Subset<Batch, Sample> } => {
    const counts = countsOf(dataset.length, lengths);
    const order = permutation(dataset.length, seeded(seed));
    let at = 0;
    const parts = counts.map((count) => {
      at += count;
      return new Subset(dataset, order.slice(at - count, at));
    });
    return parts as { -readonly [I in keyof Lengths]: Subset<Batch, Sample> };
  },
);

function countsOf(n: number, lengths: readonly number[]): number[] {
  const sum = lengths.reduce((all, each) => all + each, 0);
  const whole = lengths.every((each) => Number.isInteger(each) && each >= 0);
  if (whole && sum === n) return [...lengths];
  if (lengths.some((each) => !(each >= 0 && each <= 1)) || Math.abs(sum - 1) > 1e-9) {
    throw new ValueError(
      `randomSplit: expected lengths that sum to ${n}, or shares that sum to 1, got ${describe(lengths)}; ` +
        "make them add up",
    );
  }
  const counts = lengths.map((each) => Math.floor(n * each + 1e-9));
  const left = n - counts.reduce((all, each) => all + each, 0);
  return counts.map((count, i) => count + (i < left ? 1 : 0));
}
