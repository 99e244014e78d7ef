import { ValueError } from "../../core/errors.ts";
import { boolean, integer, number } from "../../core/kinds.ts";
import { seeded } from "../../core/rng.ts";
import { checkedAsync, options } from "../../core/signature.ts";
import { labels, table } from "../kinds.ts";
import {
  type Label,
  type LabelInput,
  type LabelKind,
  type LabelList,
  labelsAt,
  readLabelList,
  readLabelsOrNumbers,
} from "../labels.ts";
import type { FloatMatrix, Samples } from "../samples.ts";
import { type CellMatrix, readTable, type Table, tableRows } from "../table.ts";
import { type Sizes, splitRows } from "./split_rows.ts";

/** Options of `trainTestSplit` of wgrad/ml, with the names and defaults of scikit-learn. */
export interface SplitOptions {
  /** Fraction of the samples that is held out, in (0, 1), or their number. Default 0.25. */
  readonly testSize?: number;
  /** Fraction or number of the samples for training. Default all others. */
  readonly trainSize?: number;
  /** Whether rows are shuffled first; with false the last rows are held out. Default true. */
  readonly shuffle?: boolean;
  /** Labels [samples] whose proportions both parts preserve; usually y. */
  readonly stratify?: LabelInput;
  /** Seed of the shuffle. Default 0. */
  readonly randomState?: number;
}

/** Type of the parts of X: numbers if X has numbers only, cells (also strings and gaps) if X is a table. */
type RowsOfTable<X extends Table> = X extends Samples ? FloatMatrix : CellMatrix;

/** Result of `trainTestSplit` of wgrad/ml. */
export interface Split<L extends Label = number, X extends Table = Samples> {
  /** Rows of X for training. */
  readonly XTrain: RowsOfTable<X>;
  /** Held-out rows of X. */
  readonly XTest: RowsOfTable<X>;
  /** y of the training rows: strings, booleans, or numbers in a Float64Array. */
  readonly yTrain: LabelList<L>;
  /** y of the held-out rows. */
  readonly yTest: LabelList<L>;
  /** Numbers of the training rows. */
  readonly train: Uint32Array<ArrayBuffer>;
  /** Numbers of the held-out rows. */
  readonly test: Uint32Array<ArrayBuffer>;
}

/**
 * Splits X [samples, features] and y [samples] into a part for training and a held-out part. X may be a table: cells are
 * copied unchanged, missing values included.
 *
 * @example
 * ```ts
 * import { trainTestSplit } from "wgrad/ml";
 * const X = Array.from({ length: 8 }, (_, i) => [i]);
 * const y = X.map(([v = 0]) => v % 2);
 * const { XTrain, XTest } = await trainTestSplit(X, y, { testSize: 0.25, stratify: y });
 * console.log(XTrain.shape, XTest.shape); // [6, 1] [2, 1]
 * ```
 */
export const trainTestSplit = /* @__PURE__ */ checkedAsync(
  "trainTestSplit",
  {
    X: table,
    y: labels,
    options: options<SplitOptions>({
      testSize: number,
      trainSize: number,
      shuffle: boolean,
      stratify: labels,
      randomState: integer,
    }),
  },
  split,
);

async function split<L extends Label = number, Given extends Table = Samples>(
  X: Given,
  y: LabelInput<L>,
  options: SplitOptions = {},
): Promise<Split<LabelKind<L>, Given>> {
  const who = "trainTestSplit";
  const matrix = await readTable(who, X);
  const targets = await readLabelsOrNumbers<LabelKind<L>>(who, y, matrix.samples);
  const { shuffle = true, randomState = 0, stratify } = options;
  const sizes = sizesOf(who, matrix.samples, options);
  const random = seeded(randomState);
  if (stratify !== undefined && !shuffle) {
    throw new ValueError(
      `${who}: expected shuffle with stratify, got shuffle false; leave one out`,
    );
  }
  const { train, test } = shuffle
    ? splitRows(who, matrix.samples, sizes, random, await classesOf(stratify, matrix.samples))
    : inOrder(sizes);
  const of = (rows: Uint32Array) => labelsAt(targets, rows);
  return {
    XTrain: tableRows(matrix, train) as RowsOfTable<Given>,
    XTest: tableRows(matrix, test) as RowsOfTable<Given>,
    yTrain: of(train),
    yTest: of(test),
    train,
    test,
  };
}

function sizesOf(who: string, n: number, { testSize, trainSize }: SplitOptions): Sizes {
  const count = (size: number, round: (x: number) => number) => (size < 1 ? round(size * n) : size);
  const wanted = trainSize === undefined ? undefined : count(trainSize, Math.floor);
  const test =
    testSize === undefined && wanted !== undefined
      ? n - wanted
      : count(testSize ?? 0.25, Math.ceil);
  const train = wanted ?? n - test;
  const whole = Number.isInteger(test) && Number.isInteger(train);
  if (whole && test >= 1 && train >= 1 && test + train <= n) return { train, test };
  throw new ValueError(
    `${who}: expected at least one sample in both parts and ${n} in all, got ${train} to train on and ${test} held out; ` +
      "set testSize and trainSize to shares in (0, 1) or to numbers of samples",
  );
}

const inOrder = ({ train, test }: Sizes) => {
  const rows = Uint32Array.from({ length: train + test }, (_, i) => i);
  return { train: rows.slice(0, train), test: rows.slice(train) };
};

const classesOf = async (stratify: LabelInput | undefined, samples: number) =>
  stratify && readLabelList<Label>("trainTestSplit: stratify", stratify, samples);
