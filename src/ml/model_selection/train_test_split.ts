import { ValueError } from "../../core/errors.ts";
import { boolean, integer, number } from "../../core/kinds.ts";
import { permutation, seeded } from "../../core/rng.ts";
import { checkedAsync, options } from "../../core/signature.ts";
import { labels, table } from "../kinds.ts";
import {
  type Label,
  type LabelInput,
  type LabelKind,
  type LabelList,
  labelsAt,
  named,
  readLabelList,
  readLabelsOrNumbers,
} from "../labels.ts";
import type { FloatMatrix, Samples } from "../samples.ts";
import { type CellMatrix, readTable, type Table, tableRows } from "../table.ts";
import { byLabel } from "./folds.ts";

export interface SplitOptions {
  /** Share of the samples that is held out, in (0, 1), or their number. Default 0.25. */
  readonly testSize?: number;
  /** Share or number of the samples to train on. Default all others. */
  readonly trainSize?: number;
  /** Default true; false holds out the last rows. */
  readonly shuffle?: boolean;
  /** Labels [samples] whose shares both parts keep; usually y. */
  readonly stratify?: LabelInput;
  /** Of the shuffle. Default 0. */
  readonly randomState?: number;
}

/** Rows of a table are numbers where the table is, and cells otherwise. */
type RowsOf<X extends Table> = X extends Samples ? FloatMatrix : CellMatrix;

export interface Split<L extends Label = number, X extends Table = Samples> {
  readonly XTrain: RowsOf<X>;
  readonly XTest: RowsOf<X>;
  /** y of each part: strings, booleans, or numbers in a Float64Array. */
  readonly yTrain: LabelList<L>;
  readonly yTest: LabelList<L>;
  /** Rows of X in each part. */
  readonly train: Uint32Array<ArrayBuffer>;
  readonly test: Uint32Array<ArrayBuffer>;
}

/**
 * Divides X [samples, features] and y [samples] into a part to train on and a part to hold out. X may be a table: cells are
 * taken as they are, gaps included.
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
  const { train, test } =
    stratify === undefined
      ? plain(matrix.samples, sizes, shuffle ? random : undefined)
      : stratified(
          who,
          await readLabelList<Label>(`${who}: stratify`, stratify, matrix.samples),
          sizes,
          random,
        );
  const of = (rows: Uint32Array) => labelsAt(targets, rows);
  return {
    XTrain: tableRows(matrix, train) as RowsOf<Given>,
    XTest: tableRows(matrix, test) as RowsOf<Given>,
    yTrain: of(train),
    yTest: of(test),
    train,
    test,
  };
}

interface Sizes {
  readonly train: number;
  readonly test: number;
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
    `${who}: expected two parts of one sample at least, ${n} in all, got ${train} to train on and ${test} held out; ` +
      "set testSize and trainSize to shares in (0, 1) or to numbers of samples",
  );
}

function plain(n: number, { train, test }: Sizes, random: (() => number) | undefined) {
  if (!random) {
    const rows = Uint32Array.from({ length: n }, (_, i) => i);
    return { train: rows.slice(0, train), test: rows.slice(train, train + test) };
  }
  const order = permutation(n, random);
  return { test: order.slice(0, test), train: order.slice(test, test + train) };
}

/** Each part gets of every class its share, rounded so that the parts have the sizes asked for. */
function stratified(who: string, y: ArrayLike<Label>, sizes: Sizes, random: () => number) {
  const classes = byLabel(y);
  const lonely = classes.find(([, rows]) => rows.length < 2);
  if (lonely || Math.min(sizes.test, sizes.train) < classes.length) {
    throw new ValueError(
      `${who}: expected two samples of each class and room for one in each part, got ` +
        `${lonely ? `one of class ${named([lonely[0]])}` : `${classes.length} classes for parts of ${sizes.train} and ${sizes.test}`}; ` +
        "leave stratify out, or make the parts larger",
    );
  }
  const counts = classes.map(([, rows]) => rows.length);
  const held = apportion(counts, sizes.test);
  const kept = apportion(
    counts.map((count, c) => count - (held[c] as number)),
    sizes.train,
  );
  const [train, test]: [number[], number[]] = [[], []];
  classes.forEach(([, rows], c) => {
    const order = permutation(rows.length, random);
    const [h, k] = [held[c] as number, kept[c] as number];
    order.forEach((at, place) => {
      if (place < h) test.push(rows[at] as number);
      else if (place < h + k) train.push(rows[at] as number);
    });
  });
  const mixed = (rows: readonly number[]) =>
    permutation(rows.length, random).map((at) => rows[at] as number);
  return { train: mixed(train), test: mixed(test) };
}

/** `total` places in proportion to `counts`, by largest remainders. */
function apportion(counts: readonly number[], total: number): number[] {
  const all = counts.reduce((a, b) => a + b, 0);
  const exact = counts.map((count) => (count * total) / all);
  const places = exact.map(Math.floor);
  let left = total - places.reduce((a, b) => a + b, 0);
  const order = exact
    .map((share, c) => ({ c, rest: share - Math.floor(share) }))
    .sort((a, b) => b.rest - a.rest || a.c - b.c);
  for (const { c } of order) {
    if (left-- <= 0) break;
    places[c] = (places[c] ?? 0) + 1;
  }
  return places;
}
