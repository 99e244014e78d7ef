import { ValueError } from "../../core/errors.ts";
import { describe } from "../../core/signature.ts";

/** What the cells of a column are taken for. */
export type ColumnType = "number" | "boolean" | "category" | "string";

/** Numbers; of a boolean column 1 and 0. */
export interface NumberColumn {
  /** Name of the column, from the header. */
  readonly name: string;
  /** "boolean" where the cells are true and false. */
  readonly type: "number" | "boolean";
  /** [rows], NaN for a gap. */
  readonly values: Float64Array<ArrayBuffer>;
}

/** Names of which each may stand in many rows. */
export interface CategoryColumn {
  /** Name of the column, from the header. */
  readonly name: string;
  /** "category": what tells it from other columns. */
  readonly type: "category";
  /** `[rows]`: position in `categories`, −1 for a gap. */
  readonly codes: Int32Array<ArrayBuffer>;
  /** The distinct names, sorted by code unit. */
  readonly categories: readonly string[];
}

/** Text as it stands. */
export interface StringColumn {
  /** Name of the column, from the header. */
  readonly name: string;
  /** "string": what tells it from other columns. */
  readonly type: "string";
  /** [rows], null for a gap. */
  readonly values: readonly (string | null)[];
}

/** A column of a `CsvTable`, by its `type`: numbers and truth values, categories, or strings. */
export type Column = NumberColumn | CategoryColumn | StringColumn;

/** A column as it was read: null for a gap. */
export interface RawColumn {
  readonly name: string;
  readonly cells: readonly (string | null)[];
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const TRUTH = /^(true|false)$/i;

/** A number if all cells are, then a truth value, then a category; a column of gaps alone is of numbers. */
export function inferred({ cells }: RawColumn): ColumnType {
  const all = (pattern: RegExp) => cells.every((cell) => cell === null || pattern.test(cell));
  if (all(NUMBER)) return "number";
  return all(TRUTH) ? "boolean" : "category";
}

const makers: { readonly [T in ColumnType]: (raw: RawColumn) => Column } = {
  number: (raw) => ({
    ...{ name: raw.name, type: "number" },
    values: numbersOf(raw, "a number", (cell) => (NUMBER.test(cell) ? Number(cell) : undefined)),
  }),
  boolean: (raw) => ({
    ...{ name: raw.name, type: "boolean" },
    values: numbersOf(raw, "true or false", (cell) =>
      TRUTH.test(cell) ? Number(cell.toLowerCase() === "true") : undefined,
    ),
  }),
  category: ({ name, cells }) => {
    const distinct = new Set(cells);
    distinct.delete(null);
    const categories = ([...distinct] as string[]).sort();
    const code = new Map<string | null, number>(categories.map((each, i) => [each, i]));
    const codes = Int32Array.from(cells, (cell) => code.get(cell) ?? -1);
    return { name, type: "category", codes, categories };
  },
  string: ({ name, cells }) => ({ name, type: "string", values: cells }),
};

/** A column of a type. Throws `ValueError` for a cell that is none. */
export const columnOf = (raw: RawColumn, type: ColumnType): Column => makers[type](raw);

function numbersOf(
  { name, cells }: RawColumn,
  expected: string,
  parse: (cell: string) => number | undefined,
): Float64Array<ArrayBuffer> {
  return Float64Array.from(cells, (cell, row) => {
    if (cell === null) return Number.NaN;
    const value = parse(cell);
    if (value !== undefined) return value;
    throw new ValueError(
      `readCsv: expected ${expected} in column "${name}", got ${describe(cell)} in row ${row}; ` +
        'name it in missing if it says that there is none, or make the column a "category"',
    );
  });
}

/** Some rows of a column, in the order given. */
export function columnRows(column: Column, rows: Uint32Array): Column {
  if (column.type === "category") {
    return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] as number) };
  }
  if (column.type === "string") {
    return { ...column, values: Array.from(rows, (row) => column.values[row] ?? null) };
  }
  return { ...column, values: Float64Array.from(rows, (row) => column.values[row] as number) };
}

/** What stands in a row; null for a gap. */
export function cellOf(column: Column, row: number): string | number | boolean | null {
  if (column.type === "category") return column.categories[column.codes[row] as number] ?? null;
  if (column.type === "string") return column.values[row] ?? null;
  const value = column.values[row] as number;
  if (Number.isNaN(value)) return null;
  return column.type === "boolean" ? value === 1 : value;
}
