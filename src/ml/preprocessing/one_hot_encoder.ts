import { LimitError, ValueError } from "../../core/errors.ts";
import { either, type Kind, list, oneOf } from "../../core/kinds.ts";
import { checkArguments, describe, options, signature } from "../../core/signature.ts";
import { NamesColumns } from "../column_names.ts";
import { choice, table } from "../kinds.ts";
import { type FloatMatrix, readMatrix, type Samples } from "../samples.ts";
import { checkSaved, sealed } from "../saved.ts";
import {
  type Cell,
  type CellMatrix,
  columnOf,
  isCell,
  loadCell,
  matrixOf,
  placeOf,
  readTable,
  type SavedCell,
  saveCell,
  type Table,
} from "../table.ts";
import { Unfitted } from "../unfitted.ts";
import {
  type Category,
  categoriesOf,
  categoryOf,
  checkCategories,
  droppedOf,
} from "./categories.ts";
import { oneHotFields, type SavedOneHotEncoder } from "./saved_one_hot_encoder.ts";

export type { SavedOneHotEncoder };

/** Options of `OneHotEncoder`, with the names of scikit-learn. */
export interface OneHotEncoderOptions {
  /**
   * The categories of each column, in the desired order. Default "auto": those in X of fit, sorted, with missing values
   * last.
   */
  readonly categories?: "auto" | readonly (readonly Category[])[];
  /**
   * Categories without a column, so that the columns of a feature do not always add up to 1: the first category of every
   * feature, or of features with two categories, or one category per feature in a list. Default: every category has a
   * column.
   */
  readonly drop?: "first" | "ifBinary" | readonly Category[];
  /** Treatment of categories that did not occur in fit: an error, or 0 in all columns of the feature. Default "error". */
  readonly handleUnknown?: "error" | "ignore";
}

const cells: Kind = {
  expected: "an array of strings, numbers, booleans or null",
  accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(isCell),
};

const fitSignature = /* @__PURE__ */ signature("OneHotEncoder.fit", { X: table });

/**
 * A column of 0 and 1 for each category of every feature, in float64 on the host. Takes tables of strings, numbers and
 * booleans, with one kind in each column; null, undefined and NaN are separate categories.
 */
export class OneHotEncoder extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("OneHotEncoder", {
    options: options<OneHotEncoderOptions>({
      categories: either(oneOf("auto"), list(cells)),
      drop: either(oneOf("first", "ifBinary"), cells),
      handleUnknown: choice("error", "ignore"),
    }),
  });

  /** X may contain strings, booleans and missing values. */
  readonly takesTables = true;
  readonly #options: OneHotEncoderOptions;

  constructor(options: OneHotEncoderOptions = {}) {
    checkArguments(OneHotEncoder.signature, arguments);
    super(options);
    const { categories } = options;
    if (Array.isArray(categories)) categories.forEach(checkCategories);
    this.#options = { ...options };
  }

  /** Learns the categories of every column of X [samples, features]. Throws `ValueError` for a column of several kinds. */
  async fit(X: Table): Promise<FittedOneHotEncoder> {
    checkArguments(fitSignature, arguments);
    const found = await readTable("OneHotEncoder", X);
    const { categories = "auto", ...rest } = this.#options;
    if (categories === "auto") {
      const learned = Array.from({ length: found.features }, (_, c) =>
        categoriesOf(columnOf(found, c), c),
      );
      return new FittedOneHotEncoder(learned, rest);
    }
    if (categories.length !== found.features) {
      throw new ValueError(
        `OneHotEncoder: expected categories of each of ${found.features} features, got ${categories.length} lists; give one per column`,
      );
    }
    const fitted = new FittedOneHotEncoder(categories, rest);
    if (rest.handleUnknown !== "ignore") await fitted.transform(X);
    return fitted;
  }

  /** `fit`, and the transformed X. */
  async fitTransform(X: Table): Promise<FloatMatrix> {
    return (await this.fit(X)).transform(X);
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedOneHotEncoder): FittedOneHotEncoder {
    checkSaved<SavedOneHotEncoder>("OneHotEncoder", saved, oneHotFields);
    const { categories, drop, handleUnknown } = saved;
    const loaded = categories.map((own) => own.map(loadCategory));
    return new FittedOneHotEncoder(loaded, {
      ...(drop && { drop: typeof drop === "string" ? drop : drop.map(loadCategory) }),
      ...(handleUnknown && { handleUnknown }),
    });
  }
}

/** The output columns of one feature. */
interface FeatureColumns {
  readonly from: number;
  /** Index of each category among the columns of the feature; −1 for the dropped category. */
  readonly column: ReadonlyMap<Category, number>;
  /** The category of each column. */
  readonly kept: readonly Category[];
}

/** Result of `OneHotEncoder.fit`: the categories of every column, and `transform`. */
export class FittedOneHotEncoder extends NamesColumns {
  /** `[features]`: the categories of each feature. */
  readonly categories: readonly (readonly Category[])[];
  /** `[features]`: the index of the category without a column; null where every category has one. */
  readonly dropIdx: readonly (number | null)[];
  /** Number of features in fit. */
  readonly nFeaturesIn: number;
  /** Number of output columns of all features. */
  readonly nFeaturesOut: number;
  /** X may contain strings, booleans and missing values. */
  readonly takesTables = true;
  readonly #options: Omit<OneHotEncoderOptions, "categories">;
  readonly #blocks: readonly FeatureColumns[];

  constructor(
    categories: readonly (readonly Category[])[],
    options: Omit<OneHotEncoderOptions, "categories">,
  ) {
    super();
    const { drop } = options;
    this.categories = categories;
    this.#options = options;
    this.dropIdx = droppedOf(categories, drop);
    let from = 0;
    this.#blocks = categories.map((own, c) => {
      const kept = own.filter((_, at) => at !== this.dropIdx[c]);
      const column = new Map(own.map((category) => [category, kept.indexOf(category)]));
      if (own.some(Number.isNaN)) column.set(Number.NaN, kept.findIndex(Number.isNaN));
      const block = { from, kept, column };
      from += kept.length;
      return block;
    });
    this.nFeaturesIn = categories.length;
    this.nFeaturesOut = from;
  }

  protected get namedAs() {
    return "OneHotEncoder";
  }

  protected columnsOf(names: readonly string[]): string[] {
    return this.#blocks.flatMap(({ kept }, c) => kept.map((each) => `${names[c]}_${each}`));
  }

  /**
   * [samples, columns] of 0 and 1. Throws `ValueError` for a category that did not occur in fit, unless such categories are
   * ignored.
   */
  async transform(X: Table): Promise<FloatMatrix> {
    const who = "OneHotEncoder.transform";
    const found = await readTable(who, X, { features: this.nFeaturesIn });
    const [n, width] = [found.samples, this.nFeaturesOut];
    checkSize(who, n, width);
    const data = new Float64Array(n * width);
    for (let at = 0; at < n * found.features; at++) {
      const block = this.#blocks[at % found.features] as FeatureColumns;
      const column = block.column.get(categoryOf(found.cells[at]));
      if (column === undefined && this.#options.handleUnknown !== "ignore") {
        throw new ValueError(
          `${who}: expected one of ${block.column.size} categories seen in fit, got ${describe(found.cells[at])} ` +
            `${placeOf(at, found.features)}; handleUnknown "ignore" makes zeros of it`,
        );
      }
      if (column === undefined || column < 0) continue;
      data[Math.floor(at / found.features) * width + block.from + column] = 1;
    }
    return { data, shape: [n, width] };
  }

  /**
   * The categories [samples, features] that encode to X: for each feature the category with the largest number. All zeros
   * mean the dropped category; without one, they mean null if unknown categories are ignored, and are an error otherwise.
   */
  async inverseTransform(X: Samples): Promise<FloatMatrix | CellMatrix> {
    const who = "OneHotEncoder.inverseTransform";
    const { host, samples } = await readMatrix(who, X, { features: this.nFeaturesOut });
    const result: Cell[] = [];
    for (let row = 0; row < samples; row++) {
      const numbers = host.subarray(row * this.nFeaturesOut, (row + 1) * this.nFeaturesOut);
      for (const feature of this.categories.keys()) {
        result.push(this.#categoryIn(who, numbers, feature, row));
      }
    }
    return matrixOf(result, [samples, this.nFeaturesIn]);
  }

  #categoryIn(who: string, numbers: Float64Array, feature: number, row: number): Category {
    const { from, kept } = this.#blocks[feature] as FeatureColumns;
    const own = numbers.subarray(from, from + kept.length);
    if (own.some((value) => value !== 0)) {
      return kept[own.indexOf(own.reduce((a, b) => Math.max(a, b)))] as Category;
    }
    const dropped = this.dropIdx[feature];
    if (typeof dropped === "number") return this.categories[feature]?.[dropped] as Category;
    if (this.#options.handleUnknown === "ignore") return null;
    throw new ValueError(
      `${who}: expected a category of feature ${feature} in row ${row}, got zeros only; ` +
        'zeros only are valid with drop, or with handleUnknown "ignore"',
    );
  }

  /** The fitted model as plain data, for `fromJSON` of its estimator. */
  toJSON(): SavedOneHotEncoder {
    const categories = this.categories.map((own) => own.map(saveCell));
    const { drop, ...rest } = this.#options;
    const dropped = drop && { drop: typeof drop === "string" ? drop : drop.map(saveCell) };
    return sealed({ estimator: "OneHotEncoder", categories, ...rest, ...dropped });
  }
}

const loadCategory = (saved: SavedCell): Category => categoryOf(loadCell(saved));

/** Length of the longest Float64Array that browsers allocate. */
const MOST_NUMBERS = 2 ** 30;

function checkSize(who: string, samples: number, columns: number): void {
  if (samples * columns <= MOST_NUMBERS) return;
  throw new LimitError(
    `${who}: expected at most ${MOST_NUMBERS} numbers, got ${samples} rows of ${columns} columns; leave out columns such as identifiers`,
  );
}
