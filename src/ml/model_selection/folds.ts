import { ValueError } from "../../core/errors.ts";
import { boolean, integer, type Kind, number, optional } from "../../core/kinds.ts";
import { permutation, seeded } from "../../core/rng.ts";
import { type CallSignature, checkArguments, options, signature } from "../../core/signature.ts";
import { labelValues } from "../kinds.ts";
import { checkLabels, encoded, type Label, type LabelValues, named } from "../labels.ts";

/** One split of the samples: rows for training and held-out rows, as ascending row numbers. */
export interface Fold {
  /** Rows for training. */
  readonly train: Uint32Array<ArrayBuffer>;
  /** Held-out rows. */
  readonly test: Uint32Array<ArrayBuffer>;
}

/** Options of `KFold` and `StratifiedKFold`. */
export interface KFoldOptions {
  /** Number of folds, an integer from 2 to the number of samples. Default 5. */
  readonly nSplits?: number;
  /** Whether rows are shuffled first. Default false: folds are consecutive rows. */
  readonly shuffle?: boolean;
  /** Seed of the shuffle. Default 0. */
  readonly randomState?: number;
}

/** A number of samples, or samples to count: rows, a matrix or a tensor. */
export type Counted = number | ArrayLike<unknown> | { readonly shape: readonly number[] };

/** An object that splits samples several times. */
export interface Splitter {
  /** Rows for training and held-out rows, for each fold of this many samples. */
  split(samples: number, y?: LabelValues): Fold[];
}

const counted: Kind = {
  expected: "a number of samples, or X",
  accepts: (value) => Number.isInteger(countOf(value as Counted)),
};

function countOf(given: Counted): unknown {
  if (typeof given !== "object") return given;
  const { shape, length } = Object(given);
  return shape?.[0] ?? length;
}

/** Checks the arguments of `split`, and returns the number of samples. */
function samplesOf(who: string, X: Counted, given: ArrayLike<unknown>): number {
  checkArguments(signature(`${who}.split`, { X: counted, y: optional(labelValues) }), given);
  return countOf(X) as number;
}

/** Holds out every sample once, in `nSplits` parts whose sizes differ by at most one. */
export class KFold implements Splitter {
  static readonly signature = /* @__PURE__ */ signatureOf("KFold");

  readonly #options: Required<KFoldOptions>;

  constructor(options: KFoldOptions = {}) {
    checkArguments(KFold.signature, arguments);
    this.#options = withDefaults("KFold", options);
  }

  /** Folds of X, or of so many samples; y is not used. Throws `ValueError` for fewer samples than folds. */
  split(X: Counted, _y?: LabelValues): Fold[] {
    const samples = samplesOf("KFold", X, arguments);
    const { nSplits, shuffle, randomState } = this.#options;
    if (samples < nSplits) {
      throw new ValueError(
        `KFold: expected as many samples as folds, ${nSplits}, got ${samples}; lower nSplits`,
      );
    }
    const order = shuffle
      ? permutation(samples, seeded(randomState))
      : Uint32Array.from({ length: samples }, (_, i) => i);
    const fold = new Uint32Array(samples);
    order.forEach((row, at) => {
      fold[row] = runOf(at, samples, nSplits);
    });
    return foldsOf(fold, nSplits);
  }
}

/**
 * `KFold` with the same class proportions in all parts. Without a shuffle, folds are those of scikit-learn: each class
 * keeps the order of its rows.
 */
export class StratifiedKFold implements Splitter {
  static readonly signature = /* @__PURE__ */ signatureOf("StratifiedKFold");

  readonly #options: Required<KFoldOptions>;

  constructor(options: KFoldOptions = {}) {
    checkArguments(StratifiedKFold.signature, arguments);
    this.#options = withDefaults("StratifiedKFold", options);
  }

  /**
   * Folds of X, or of so many samples, with labels y. Throws `ValueError` without labels, or if a class has fewer samples
   * than there are folds.
   */
  split(X: Counted, y?: LabelValues): Fold[] {
    const samples = samplesOf("StratifiedKFold", X, arguments);
    const { nSplits, shuffle, randomState } = this.#options;
    if (y?.length !== samples) {
      throw new ValueError(
        `StratifiedKFold: expected a label for each of ${samples} samples, got ${y?.length ?? "none"}; pass y`,
      );
    }
    const random = seeded(randomState);
    const fold = new Uint32Array(samples);
    let before = 0; // samples of the classes before
    for (const [label, rows] of byFirstRow(checkLabels<Label>("StratifiedKFold", y))) {
      if (rows.length < nSplits) {
        throw new ValueError(
          `StratifiedKFold: expected ${nSplits} samples of each class, got ${rows.length} of class ${named([label])}; lower nSplits`,
        );
      }
      const order = shuffle ? permutation(rows.length, random) : rows.keys();
      const ends = partEnds(before, rows.length, nSplits);
      let at = 0;
      for (const place of order) {
        fold[rows[place] as number] = ends.findIndex((end) => at < end);
        at++;
      }
      before += rows.length;
    }
    return foldsOf(fold, nSplits);
  }
}

/** Rows of each label, in the order of their first rows. */
const byFirstRow = (y: ArrayLike<Label>): [label: Label, rows: number[]][] =>
  byLabel(y).sort(([, [a = 0]], [, [b = 0]]) => a - b);

/**
 * Where the part of a class in each of k folds ends: its n samples, which follow `before` others when samples are sorted by
 * class, are dealt to the folds in turn, so that sizes of folds differ by at most one.
 */
function partEnds(before: number, n: number, k: number): number[] {
  let end = 0;
  return Array.from({ length: k }, (_, own) => {
    const first = (own - (before % k) + k) % k; // the first of its samples that fold `own` gets
    end += first < n ? Math.ceil((n - first) / k) : 0;
    return end;
  });
}

/** Rows of each label, labels sorted. */
export function byLabel<L extends Label>(y: ArrayLike<L>): [label: L, rows: number[]][] {
  const { classes, index } = encoded(y);
  const rows = classes.map((label): [L, number[]] => [label, []]);
  index.forEach((c, i) => {
    rows[c]?.[1].push(i);
  });
  return rows;
}

/** Which of k runs of nearly equal length contains position `at` of n: the first n mod k runs have one more element. */
function runOf(at: number, n: number, k: number): number {
  const [short, longer] = [Math.floor(n / k), n % k];
  const turn = longer * (short + 1);
  return at < turn ? Math.floor(at / (short + 1)) : longer + Math.floor((at - turn) / short);
}

function foldsOf(fold: Uint32Array, k: number): Fold[] {
  const rows = Uint32Array.from(fold.keys());
  return Array.from({ length: k }, (_, own) => ({
    train: rows.filter((i) => fold[i] !== own),
    test: rows.filter((i) => fold[i] === own),
  }));
}

function signatureOf(name: string): CallSignature {
  const known = { nSplits: number, shuffle: boolean, randomState: integer };
  return signature(name, { options: options<KFoldOptions>(known) });
}

function withDefaults(
  who: string,
  { nSplits = 5, shuffle = false, randomState = 0 }: KFoldOptions,
): Required<KFoldOptions> {
  if (Number.isInteger(nSplits) && nSplits >= 2) return { nSplits, shuffle, randomState };
  throw new ValueError(
    `${who}: expected a whole nSplits ≥ 2, got ${nSplits}; a fold is held out while the others train`,
  );
}
