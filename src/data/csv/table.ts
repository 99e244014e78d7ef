import { ValueError } from "../../core/errors.ts";
import { either, list, optional, string } from "../../core/kinds.ts";
import { checkArguments, describe, nearest, signature } from "../../core/signature.ts";
import { indicesKind, numbersKind } from "../kinds.ts";
import { checkIndices } from "../sets.ts";
import { type Column, cellOf, columnRows } from "./columns.ts";

/** The value in a row of a column; null for a missing value. */
export type CsvCell = string | number | boolean | null;

const byNames = { names: /* @__PURE__ */ optional(/* @__PURE__ */ list(string)) };
const byName = { name: string };

/** Columns by name, from `readCsv`. */
export class CsvTable {
  /** Number of rows. */
  readonly length: number;
  readonly #columns: ReadonlyMap<string, Column>;

  constructor(length: number, columns: readonly Column[]) {
    this.length = length;
    this.#columns = new Map(columns.map((column) => [column.name, column]));
  }

  /** Names of the columns, in order. */
  get names(): readonly string[] {
    return [...this.#columns.keys()];
  }

  /** A column with its type. Throws `ValueError` for an unknown name. */
  column(name: string): Column {
    checkArguments(signature("CsvTable.column", byName), arguments);
    const found = this.#columns.get(name);
    if (found) return found;
    const near = nearest(name, this.names);
    throw new ValueError(
      `CsvTable: expected a column of ${this.names.join(", ")}, got "${name}"; ` +
        `${near ? `did you mean "${near}"?` : "is the first line of the file its header?"}`,
    );
  }

  /** `[rows]`: the numbers of a column, 1 and 0 for booleans, codes of categories; NaN for a missing value. */
  numbers(name: string): Float64Array<ArrayBuffer> {
    checkArguments(signature("CsvTable.numbers", byName), arguments);
    const column = this.column(name);
    if (column.type === "category") {
      return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : code));
    }
    if (column.type !== "string") return column.values.slice();
    throw new ValueError(
      `CsvTable: expected a column of numbers or categories, got strings in "${name}"; read it as a "category"`,
    );
  }

  /**
   * The numbers of some columns (default all) as a matrix [rows, columns] in float64, the X of estimators of wgrad/ml and
   * of `ArrayDataset`. Missing values are NaN, which estimators refuse: replace them with `SimpleImputer`, or omit rows
   * with `withoutGaps`.
   */
  matrix(names: readonly string[] = this.names): {
    readonly data: Float64Array<ArrayBuffer>;
    readonly shape: readonly [rows: number, columns: number];
    readonly names: readonly string[];
  } {
    checkArguments(signature("CsvTable.matrix", byNames), arguments);
    const data = new Float64Array(this.length * names.length);
    names.forEach((name, c) => {
      this.numbers(name).forEach((value, row) => {
        data[row * names.length + c] = value;
      });
    });
    return { data, shape: [this.length, names.length], names: [...names] };
  }

  /**
   * The named columns (default: all) as rows of cells, [rows, columns], null where a value is missing: the X that
   * `ColumnTransformer`, which may choose columns by these names, `OneHotEncoder` and pipelines take.
   */
  cells(names: readonly string[] = this.names): {
    readonly data: CsvCell[];
    readonly shape: readonly [rows: number, columns: number];
    readonly names: readonly string[];
  } {
    checkArguments(signature("CsvTable.cells", byNames), arguments);
    const columns = names.map((name) => this.column(name));
    const data = new Array<CsvCell>(this.length * names.length);
    columns.forEach((column, c) => {
      for (let row = 0; row < this.length; row++) {
        data[row * names.length + c] = cellOf(column, row);
      }
    });
    return { data, shape: [this.length, names.length], names: [...names] };
  }

  /** `[rows]`: a column as y of classifiers: strings, booleans or numbers. Throws `ValueError` for a missing value. */
  labels(name: string): string[] | boolean[] | Float64Array<ArrayBuffer> {
    checkArguments(signature("CsvTable.labels", byName), arguments);
    const column = this.column(name);
    const gap = this.#firstGap(column);
    if (gap >= 0) {
      throw new ValueError(
        `CsvTable: expected a label in every row of "${name}", got none in row ${gap}; ` +
          `use table.withoutGaps(["${name}"])`,
      );
    }
    if (column.type === "number") return column.values.slice();
    return Array.from({ length: this.length }, (_, row) => cellOf(column, row)) as
      | string[]
      | boolean[];
  }

  /**
   * Some rows, in the given order, such as one part of `trainTestSplit(table.length, …)`. Throws `ValueError` for an index
   * out of range.
   */
  rows(indices: ArrayLike<number>): CsvTable {
    checkArguments(
      signature("CsvTable.rows", { indices: either(indicesKind, numbersKind) }),
      arguments,
    );
    checkIndices("CsvTable", this.length, indices, "count rows from 0");
    const rows = Uint32Array.from(indices);
    const columns = [...this.#columns.values()].map((column) => columnRows(column, rows));
    return new CsvTable(rows.length, columns);
  }

  /** The rows without missing values in some columns (default: in any column). */
  withoutGaps(names: readonly string[] = this.names): CsvTable {
    checkArguments(signature("CsvTable.withoutGaps", byNames), arguments);
    const columns = names.map((name) => this.column(name));
    const whole = Array.from({ length: this.length }, (_, row) => row).filter((row) =>
      columns.every((column) => cellOf(column, row) !== null),
    );
    return this.rows(whole);
  }

  /** The text that consoles show. */
  toString(): string {
    const each = [...this.#columns.values()].map(({ name, type }) => `${name}: ${type}`);
    return `${describe(this.length)} rows of ${each.join(", ")}`;
  }

  #firstGap(column: Column): number {
    for (let row = 0; row < this.length; row++) if (cellOf(column, row) === null) return row;
    return -1;
  }
}
