import { ValueError } from "../../core/errors.ts";
import { describe } from "../../core/signature.ts";

/** Type of a column's cells. */
export type ColumnType = "number" | "boolean" | "category" | "string";

/** A column of numbers, or of booleans as 1 and 0. */
export interface NumberColumn {
  /** Name of the column, from the header. */
  readonly name: string;
  /** "boolean" if the cells are true and false. */
  readonly type: "number" | "boolean";
  /** [rows], NaN for a missing value. */
  readonly values: Float64Array<ArrayBuffer>;
}

/** A column of names, each of which can occur in many rows. */
export interface CategoryColumn {
  /** Name of the column, from the header. */
  readonly name: string;
  /** "category": distinguishes this kind of column. */
  readonly type: "category";
  /** `[rows]`: index into `categories`, −1 for a missing value. */
  readonly codes: Int32Array<ArrayBuffer>;
  /** The distinct names, sorted by code unit. */
  readonly categories: readonly string[];
}

/** A column of text. */
export interface StringColumn {
  /** Name of the column, from the header. */
  readonly name: string;
  /** "string": distinguishes this kind of column. */
  readonly type: "string";
  /** [rows], null for a missing value. */
  readonly values: readonly (string | null)[];
}

/** A column of a `CsvTable`, distinguished by its `type`: numbers and booleans, categories, or strings. */
export type Column = NumberColumn | CategoryColumn | StringColumn;

/** The cells of a column as read; null for a missing value. */
export interface RawColumn {
  readonly name: string;
  readonly cells: readonly (string | null)[];
  /** Reads a cell: undefined if it is not a number. */
  numberOf(cell: string): number | undefined;
}

const TRUTH = /^(true|false)$/i;

/**
 * Infers the type: numbers if all cells are, then booleans, then categories; a column without values becomes numbers. A
 * whole number that float64 does not have, such as an id of 19 digits, makes categories.
 */
export function inferred({ cells, numberOf }: RawColumn): ColumnType {
  const all = (is: (cell: string) => boolean) => cells.every((cell) => cell === null || is(cell));
  const isNumber = (cell: string) => {
    const number = numberOf(cell);
    return number !== undefined && (Math.abs(number) < 2 ** 53 || isExact(cell, number));
  };
  if (all(isNumber)) return "number";
  return all((cell) => TRUTH.test(cell)) ? "boolean" : "category";
}

const isExact = (cell: string, number: number): boolean =>
  !/^[+-]?\d+$/.test(cell) || BigInt(cell.replace("+", "")) === BigInt(number);

const makers: { readonly [T in ColumnType]: (raw: RawColumn) => Column } = {
  number: (raw) => ({
    ...{ name: raw.name, type: "number" },
    values: numbersOf(raw, "a number", raw.numberOf),
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

/** Converts a column to a type. Throws `ValueError` for a cell that does not have it. */
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
        'list it in missing if it stands for no value, or make the column a "category"',
    );
  });
}

/** Some rows of a column, in the given order. */
export function columnRows(column: Column, rows: Uint32Array): Column {
  if (column.type === "category") {
    return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] as number) };
  }
  if (column.type === "string") {
    return { ...column, values: Array.from(rows, (row) => column.values[row] ?? null) };
  }
  return { ...column, values: Float64Array.from(rows, (row) => column.values[row] as number) };
}

/** The value in a row; null for a missing value. */
export function cellOf(column: Column, row: number): string | number | boolean | null {
  if (column.type === "category") return column.categories[column.codes[row] as number] ?? null;
  if (column.type === "string") return column.values[row] ?? null;
  const value = column.values[row] as number;
  if (Number.isNaN(value)) return null;
  return column.type === "boolean" ? value === 1 : value;
}
