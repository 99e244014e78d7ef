import { ValueError } from "../../core/errors.ts";
import { boolean, integer, number } from "../../core/kinds.ts";
import { permutation, seeded } from "../../core/rng.ts";
import { type CallSignature, checkArguments, options, signature } from "../../core/signature.ts";
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

/** An object that splits samples several times. */
export interface Splitter {
  /** Rows for training and held-out rows, for each fold of this many samples. */
  split(samples: number, y?: LabelValues): Fold[];
}

/** Holds out every sample once, in `nSplits` parts whose sizes differ by at most one. */
export class KFold implements Splitter {
  static readonly signature = /* @__PURE__ */ signatureOf("KFold");

  readonly #options: Required<KFoldOptions>;

  constructor(options: KFoldOptions = {}) {
    checkArguments(KFold.signature, arguments);
    this.#options = withDefaults("KFold", options);
  }

  /** Throws `ValueError` for fewer samples than folds. */
  split(samples: number): Fold[] {
    const { nSplits, shuffle, randomState } = this.#options;
    if (!(Number.isInteger(samples) && samples >= nSplits)) {
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

/** `KFold` with the same class proportions in all parts: the samples of each class are dealt to the folds in turn. */
export class StratifiedKFold implements Splitter {
  static readonly signature = /* @__PURE__ */ signatureOf("StratifiedKFold");

  readonly #options: Required<KFoldOptions>;

  constructor(options: KFoldOptions = {}) {
    checkArguments(StratifiedKFold.signature, arguments);
    this.#options = withDefaults("StratifiedKFold", options);
  }

  /** Throws `ValueError` without labels, or if a class has fewer samples than there are folds. */
  split(samples: number, y?: LabelValues): Fold[] {
    const { nSplits, shuffle, randomState } = this.#options;
    if (y?.length !== samples) {
      throw new ValueError(
        `StratifiedKFold: expected a label for each of ${samples} samples, got ${y?.length ?? "none"}; pass y`,
      );
    }
    const random = seeded(randomState);
    const fold = new Uint32Array(samples);
    let dealt = 0; // continues from class to class, so that the sizes of folds differ by at most one
    for (const [label, rows] of byLabel<Label>(checkLabels("StratifiedKFold", y))) {
      if (rows.length < nSplits) {
        throw new ValueError(
          `StratifiedKFold: expected ${nSplits} samples of each class, got ${rows.length} of class ${named([label])}; lower nSplits`,
        );
      }
      const order = shuffle ? Array.from(permutation(rows.length, random)) : rows.keys();
      for (const at of order) fold[rows[at] as number] = dealt++ % nSplits;
    }
    return foldsOf(fold, nSplits);
  }
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
