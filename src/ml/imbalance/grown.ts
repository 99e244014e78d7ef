import { ValueError } from "../../core/errors.ts";
import type { Random } from "../../core/rng.ts";
import { type Label, type LabelList, labelList, named } from "../labels.ts";
import { kNearest } from "../neighbors/search.ts";
import { type HostMatrix, rowsOf } from "../samples.ts";
import { type Classes, oneOf, type Resampled } from "./classes.ts";

/** Some samples as a separate matrix. */
export const partOf = (matrix: HostMatrix, rows: readonly number[]): HostMatrix => ({
  ...matrix,
  host: rowsOf(matrix, rows).data,
  samples: rows.length,
});

/**
 * The k nearest other samples of some rows in float64, nearest first, the first of equally near ones; an equal sample
 * counts as another one.
 */
export async function nearestOthers(
  matrix: HostMatrix,
  rows: readonly number[],
  k: number,
): Promise<number[][]> {
  const near = await kNearest(matrix, partOf(matrix, rows), k + 1, "euclidean");
  return rows.map((row, i) =>
    [...near.indices.subarray(i * near.k, (i + 1) * near.k)]
      .filter((other) => other !== row)
      .slice(0, k),
  );
}

/** Throws `ValueError` unless a number of neighbours is an integer ≥ 1. */
export function checkNeighbors(who: string, name: string, k: number, usual: number): void {
  if (Number.isInteger(k) && k >= 1) return;
  throw new ValueError(`${who}: expected a whole ${name} ≥ 1, got ${k}; the default is ${usual}`);
}

/** Throws `ValueError` unless there are more samples than neighbours. */
export function checkEnough(who: string, name: string, k: number, samples: number): void {
  if (samples > k) return;
  throw new ValueError(
    `${who}: expected more than ${k} samples, got ${samples}; lower ${name}, or use RandomOverSampler`,
  );
}

/** Throws `ValueError` for a class that should grow and has no more samples than neighbours. */
export function checkLonely(
  who: string,
  name: string,
  k: number,
  small: readonly { readonly label: Label; readonly rows: readonly number[] }[],
): void {
  const lonely = small.find(({ rows }) => rows.length <= k);
  if (!lonely) return;
  throw new ValueError(
    `${who}: expected more than ${k} samples of each class that is to grow, got ${lonely.rows.length} of ` +
      `class ${named([lonely.label])}; lower ${name}, or use RandomOverSampler`,
  );
}

/** The given samples, and synthetic samples, each interpolated between two samples. */
export class Grown<L extends Label> {
  readonly #all: Classes<L>;
  readonly #made: number[] = [];
  readonly #labels: L[];
  readonly #begun: number[];

  constructor(all: Classes<L>) {
    this.#all = all;
    this.#labels = [...all.y];
    this.#begun = [...all.y.keys()];
  }

  /** Adds a sample of a class interpolated between two rows; if their classes differ, at most `across` of the way. */
  add(label: L, [from, to]: readonly [number, number], random: Random, across = 1): void {
    const { matrix, y } = this.#all;
    const { host, features } = matrix;
    const share = random() * (y[to] === label ? 1 : across);
    for (let c = 0; c < features; c++) {
      const start = host[from * features + c] as number;
      this.#made.push(start + share * ((host[to * features + c] as number) - start));
    }
    this.#labels.push(label);
    this.#begun.push(from);
  }

  /** Adds samples of a class, each interpolated between one of `rows` and one of its `near`. */
  addBetween(
    label: L,
    count: number,
    [rows, near]: readonly [rows: readonly number[], near: readonly (readonly number[])[]],
    random: Random,
    across = 1,
  ): void {
    for (let i = 0; i < count; i++) {
      const at = Math.floor(random() * rows.length);
      const other = oneOf(near[at] as number[], random);
      this.add(label, [rows[at] as number, other], random, across);
    }
  }

  result(): Resampled<L> {
    const { matrix } = this.#all;
    const labels: LabelList<L> = labelList(this.#labels);
    const data = new Float64Array(this.#labels.length * matrix.features);
    data.set(matrix.host);
    data.set(this.#made, matrix.host.length);
    return {
      X: { data, shape: [this.#labels.length, matrix.features] },
      y: labels,
      indices: Uint32Array.from(this.#begun),
    };
  }
}

/** The k nearest others of the same class for every row of a class, as row numbers of all samples. */
export async function nearestOfClass(
  matrix: HostMatrix,
  rows: readonly number[],
  k: number,
): Promise<number[][]> {
  const near = await nearestOthers(partOf(matrix, rows), [...rows.keys()], k);
  return near.map((others) => others.map((at) => rows[at] as number));
}
