import { ValueError } from "../../core/errors.ts";
import { permutation, type Random } from "../../core/rng.ts";
import { type Label, named } from "../labels.ts";
import { byLabel } from "./folds.ts";

/** Number of samples in each part. */
export interface Sizes {
  readonly train: number;
  readonly test: number;
}

interface RowParts {
  readonly train: Uint32Array<ArrayBuffer>;
  readonly test: Uint32Array<ArrayBuffer>;
}

/** Name of the labels in errors, and advice. */
interface Wording {
  readonly called?: (label: Label) => string;
  readonly advice?: string;
}

/**
 * Two shuffled parts of n samples; with labels `stratify`, both have the same class proportions. Throws `ValueError` for
 * too few samples.
 */
export function splitRows(
  who: string,
  n: number,
  sizes: Sizes,
  random: Random,
  stratify?: ArrayLike<Label>,
  wording: Wording = {},
): RowParts {
  if (stratify) return stratified(who, stratify, sizes, random, wording);
  const order = permutation(n, random);
  return {
    test: order.slice(0, sizes.test),
    train: order.slice(sizes.test, sizes.test + sizes.train),
  };
}

/** Gives each part its proportion of every class, rounded so that the parts have the requested sizes. */
function stratified(
  who: string,
  y: ArrayLike<Label>,
  sizes: Sizes,
  random: Random,
  { called = (label) => named([label]), advice }: Wording,
): RowParts {
  const classes = byLabel(y);
  const lonely = classes.find(([, rows]) => rows.length < 2);
  if (lonely || Math.min(sizes.test, sizes.train) < classes.length) {
    throw new ValueError(
      `${who}: expected two samples of each class and room for one in each part, got ` +
        `${lonely ? `one of class ${called(lonely[0])}` : `${classes.length} classes for parts of ${sizes.train} and ${sizes.test}`}; ` +
        (advice ?? "leave stratify out, or make the parts larger"),
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

/** Divides `total` in proportion to `counts`, by largest remainders. */
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
