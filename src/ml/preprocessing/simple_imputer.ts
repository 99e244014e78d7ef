import { ValueError } from "../../core/errors.ts";
import { boolean, type Kind } from "../../core/kinds.ts";
import { checkArguments, describe, options, signature } from "../../core/signature.ts";
import { NamesColumns } from "../column_names.ts";
import { choice, table } from "../kinds.ts";
import type { FloatMatrix } from "../samples.ts";
import { checkSaved, type Saved, sealed } from "../saved.ts";
import { cell, type Fields, integers, listOf, oneOf as named } from "../saved_fields.ts";
import {
  type Cell,
  type CellMatrix,
  type HostTable,
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
import { type ImputerStrategy, statisticOf } from "./statistics.ts";

/** Options of `SimpleImputer`, with the names of scikit-learn. */
export interface SimpleImputerOptions<S extends ImputerStrategy = ImputerStrategy> {
  /**
   * Replacement for missing values of a column: its mean or median, which need numbers; its most frequent value, the
   * smallest of equally frequent ones; or `fillValue`. Default "mean".
   */
  readonly strategy?: S;
  /** The replacement for strategy "constant". Default 0 in columns of numbers, "missing_value" in others. */
  readonly fillValue?: string | number | boolean;
  /** The value or values that count as missing. Default [NaN, null, undefined, ""], which occur in JSON and CSV files. */
  readonly missingValues?: Cell | readonly Cell[];
  /**
   * Whether to append columns of 0 and 1 that mark missing values, one for each feature with missing values in fit. Default
   * false.
   */
  readonly addIndicator?: boolean;
  /** Whether a column with only missing values in fit becomes zeros instead of being left out. Default false. */
  readonly keepEmptyFeatures?: boolean;
}

/** Type of the result: numbers, or for strategies that do not need numbers any cells. */
export type Imputed<S extends ImputerStrategy> = S extends "mean" | "median"
  ? FloatMatrix
  : FloatMatrix | CellMatrix;

interface Fitted {
  readonly strategy: ImputerStrategy;
  readonly missingValues: readonly Cell[];
  readonly statistics: readonly Cell[];
  readonly indicated: readonly number[];
}

/** A fitted `SimpleImputer` as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedSimpleImputer extends Saved {
  /** The rule for replacements. */
  readonly strategy: ImputerStrategy;
  /** The values that count as missing. */
  readonly missingValues: readonly SavedCell[];
  /** `[features]`: the replacement in each column; NaN for a column that is left out. */
  readonly statistics: readonly SavedCell[];
  /** The features with a column that marks their missing values. */
  readonly indicated: readonly number[];
}

const savedFields: Fields<SavedSimpleImputer> = {
  strategy: /* @__PURE__ */ named("mean", "median", "mostFrequent", "constant"),
  missingValues: /* @__PURE__ */ listOf(cell),
  statistics: /* @__PURE__ */ listOf(cell, "features"),
  indicated: /* @__PURE__ */ integers("indicated"),
};

const filling: Kind = {
  expected: "a string, a finite number or a boolean",
  accepts: (value) =>
    typeof value === "string" || typeof value === "boolean" || Number.isFinite(value),
};

const missing: Kind = {
  expected: "a string, a number, a boolean, null, or an array of such",
  accepts: (value) => isCell(value) || (Array.isArray(value) && value.every(isCell)),
};

const fitSignature = /* @__PURE__ */ signature("SimpleImputer.fit", { X: table });

/**
 * Replaces missing values column by column, in float64 on the host. Takes tables. A column without any value in fit is left
 * out of the result, as in scikit-learn, unless the strategy is "constant" or `keepEmptyFeatures` is true.
 */
export class SimpleImputer<S extends ImputerStrategy = "mean"> extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("SimpleImputer", {
    options: options<SimpleImputerOptions>({
      strategy: choice("mean", "median", "mostFrequent", "constant"),
      fillValue: filling,
      missingValues: missing,
      addIndicator: boolean,
      keepEmptyFeatures: boolean,
    }),
  });

  /** X may contain strings, booleans and missing values. */
  readonly takesTables = true;
  readonly #options: SimpleImputerOptions<S>;

  constructor(options: SimpleImputerOptions<S> = {}) {
    checkArguments(SimpleImputer.signature, arguments);
    super(options);
    this.#options = { ...options };
    const { fillValue, strategy } = this.#options;
    if (fillValue === undefined || strategy === "constant") return;
    throw new ValueError(
      `SimpleImputer: expected strategy "constant" with fillValue, got ${describe(strategy ?? "mean")}; leave one of them out`,
    );
  }

  /** Learns the replacement in every column of X [samples, features]. Throws `ValueError` for cells without a mean or median. */
  async fit(X: Table): Promise<FittedSimpleImputer<S>> {
    checkArguments(fitSignature, arguments);
    const { fillValue, addIndicator = false, keepEmptyFeatures = false } = this.#options;
    const strategy = this.#options.strategy ?? "mean";
    const { missingValues = [Number.NaN, null, undefined, ""] } = this.#options;
    const gaps = isCell(missingValues) ? [missingValues] : [...missingValues];
    const found = await readTable("SimpleImputer", X);
    const isGap = gapTest(gaps);
    const statistics: Cell[] = [];
    const indicated: number[] = [];
    for (let c = 0; c < found.features; c++) {
      const rows = Array.from({ length: found.samples }, (_, i) => i * found.features + c);
      const present = rows.filter((at) => !isGap(found.cells[at]));
      if (addIndicator && present.length < rows.length) indicated.push(c);
      for (const at of present) checkValue("SimpleImputer", found, at, strategy);
      const values = present.map((at) => found.cells[at]) as (string | number | boolean)[];
      const empty = keepEmptyFeatures ? 0 : Number.NaN;
      statistics.push(statisticOf(strategy, values, { column: c, fillValue, empty }));
    }
    return new FittedSimpleImputer({ strategy, missingValues: gaps, statistics, indicated });
  }

  /** `fit`, and the transformed X. */
  async fitTransform(X: Table): Promise<Imputed<S>> {
    return (await this.fit(X)).transform(X);
  }

  /** The model that `toJSON` saved. Throws `ValueError` if another estimator saved it. */
  static fromJSON(saved: SavedSimpleImputer): FittedSimpleImputer<ImputerStrategy> {
    checkSaved<SavedSimpleImputer>("SimpleImputer", saved, savedFields);
    const { strategy, missingValues, statistics, indicated } = saved;
    return new FittedSimpleImputer({
      strategy,
      missingValues: missingValues.map(loadCell),
      statistics: statistics.map(loadCell),
      indicated,
    });
  }
}

/** Result of `SimpleImputer.fit`: the replacement in every column, and `transform`. */
export class FittedSimpleImputer<S extends ImputerStrategy> extends NamesColumns {
  /** `[features]`: the replacement in each column; NaN for a column that is left out. */
  readonly statistics: readonly Cell[];
  /** The features with a column that marks their missing values. */
  readonly indicated: readonly number[];
  /** X may contain strings, booleans and missing values. */
  readonly takesTables = true;
  readonly #fitted: Fitted;
  readonly #kept: readonly number[];

  constructor(fitted: Fitted) {
    super();
    this.#fitted = fitted;
    this.statistics = fitted.statistics;
    this.indicated = fitted.indicated;
    this.#kept = [...fitted.statistics.keys()].filter((c) => !Number.isNaN(fitted.statistics[c]));
  }

  /** Number of features in fit. */
  get nFeaturesIn(): number {
    return this.statistics.length;
  }

  protected get namedAs() {
    return "SimpleImputer";
  }

  protected columnsOf(names: readonly string[]): string[] {
    return [
      ...this.#kept.map((c) => names[c] as string),
      ...this.indicated.map((c) => `missingindicator_${names[c]}`),
    ];
  }

  /** X with missing values replaced, [samples, kept features and columns of marks]. */
  async transform(X: Table): Promise<Imputed<S>> {
    const who = "SimpleImputer.transform";
    const { strategy, missingValues } = this.#fitted;
    const found = await readTable(who, X, { features: this.statistics.length });
    const isGap = gapTest(missingValues);
    const result: Cell[] = [];
    for (let from = 0; from < found.cells.length; from += found.features) {
      for (const c of this.#kept) {
        const cell = found.cells[from + c];
        if (isGap(cell)) result.push(this.statistics[c]);
        else result.push(checkValue(who, found, from + c, strategy));
      }
      for (const c of this.indicated) result.push(Number(isGap(found.cells[from + c])));
    }
    const width = this.#kept.length + this.indicated.length;
    return matrixOf(result, [found.samples, width]) as Imputed<S>;
  }

  /** The fitted model as plain data, for `fromJSON` of its estimator. */
  toJSON(): SavedSimpleImputer {
    const { strategy, missingValues, statistics, indicated } = this.#fitted;
    return sealed({
      estimator: "SimpleImputer",
      strategy,
      missingValues: missingValues.map(saveCell),
      statistics: statistics.map(saveCell),
      indicated,
    });
  }
}

/** Whether a cell is one of the given values, where NaN equals NaN. */
function gapTest(values: readonly Cell[]): (cell: Cell) => boolean {
  const known = new Set(values);
  return (cell) => known.has(cell);
}

/**
 * Checks a cell that is not missing: a finite number where numbers are averaged, elsewhere anything but null, undefined and
 * NaN.
 */
function checkValue(who: string, found: HostTable, at: number, strategy: ImputerStrategy): Cell {
  const cell = found.cells[at];
  const averages = strategy === "mean" || strategy === "median";
  const fits = typeof cell === "number" ? Number.isFinite(cell) : !averages && cell != null;
  if (fits) return cell;
  const gap = cell == null || Number.isNaN(cell);
  throw new ValueError(
    `${who}: expected ${averages ? `finite numbers for strategy "${strategy}"` : "strings, finite numbers or booleans"}, got ` +
      `${cell === undefined ? "undefined" : describe(cell)} ${placeOf(at, found.features)}; ` +
      (gap
        ? "add it to missingValues"
        : 'use strategy "mostFrequent" or "constant", or put it in missingValues'),
  );
}
