import { ValueError } from "../core/errors.ts";
import { isA } from "../core/realm.ts";
import { describe } from "../core/signature.ts";
import { type FloatMatrix, readEntries, rowsOf, type Samples } from "./samples.ts";

/** Values of a table's cells; null, undefined and NaN are missing values. */
export type Cell = string | number | boolean | null | undefined;

/** Cells in one array, row-major. */
export interface CellMatrix {
  /** samples · features cells, row-major. */
  readonly data: ArrayLike<Cell>;
  /** Rows and columns. */
  readonly shape: readonly [samples: number, features: number];
  /** `[features]`: names of the columns, for a `ColumnTransformer` that chooses by name. */
  readonly names?: readonly string[];
}

/**
 * X [samples, features] of `OneHotEncoder`, `SimpleImputer`, `ColumnTransformer` and pipelines: any X of another estimator,
 * or rows of cells, which may be strings, booleans and missing values.
 */
export type Table = Samples | CellMatrix | readonly ArrayLike<Cell>[];

/** A checked table. */
export interface HostTable {
  readonly samples: number;
  readonly features: number;
  /** [samples, features], row-major. */
  readonly cells: ArrayLike<Cell>;
  /** `[features]`: names of the columns, if X had them. */
  readonly names?: readonly string[] | undefined;
}

/** An estimator that may take a table as X; others get finite numbers. */
export interface TableTaker {
  /** Whether X may contain strings, booleans and missing values. Default false. */
  readonly takesTables?: boolean;
}

export const takesTables = (value: unknown): boolean => Object(value).takesTables === true;

/** Checks that X consists of rows of cells, with `features` cells each if given. */
export async function readTable(
  who: string,
  given: Table,
  expected: { readonly features?: number } = {},
): Promise<HostTable> {
  const { samples, features, entries } = await readEntries(who, given, expected);
  for (let at = 0; at < entries.length; at++) {
    const value = entries[at];
    if (isCell(value)) continue;
    throw new ValueError(
      `${who}: expected strings, numbers, booleans or missing values, got ${describe(value)} ${placeOf(at, features)}; ` +
        "make a string or a number of it",
    );
  }
  const { names } = given as { readonly names?: readonly string[] };
  if (names !== undefined) columnNames(who, names, features);
  return { samples, features, cells: entries as ArrayLike<Cell>, names };
}

export const isCell = (value: unknown): value is Cell =>
  value == null || ["string", "number", "boolean"].includes(typeof value);

/** The place of an entry, for messages. */
export const placeOf = (at: number, features: number): string =>
  `in row ${Math.floor(at / features)}, column ${at % features} of X`;

/** Cells as input of the next estimator: float64 where all are numbers. */
export function matrixOf(
  cells: ArrayLike<Cell>,
  shape: readonly [number, number],
): FloatMatrix | CellMatrix {
  if (isA(cells, "Float64Array")) return { data: Float64Array.from(cells), shape };
  const data = Array.from(cells);
  const numbers = data.every((cell) => typeof cell === "number");
  return numbers ? { data: Float64Array.from(data as number[]), shape } : { data, shape };
}

/** A checked table as X of an estimator. */
export const tableOf = ({
  cells,
  samples,
  features,
  names,
}: HostTable): FloatMatrix | CellMatrix => ({
  ...matrixOf(cells, [samples, features]),
  ...(names && { names }),
});

/** Rows of a table, in the given order. */
export const tableRows = (table: HostTable, rows: ArrayLike<number>): FloatMatrix | CellMatrix => ({
  ...rowsOfTable(table, rows),
  ...(table.names && { names: table.names }),
});

function rowsOfTable(
  { cells, features }: HostTable,
  rows: ArrayLike<number>,
): FloatMatrix | CellMatrix {
  if (isA(cells, "Float64Array")) {
    return rowsOf(
      { host: cells as Float64Array<ArrayBuffer>, samples: rows.length, features },
      rows,
    );
  }
  const at = (i: number) => (rows[Math.floor(i / features)] as number) * features + (i % features);
  const picked = Array.from({ length: rows.length * features }, (_, i) => cells[at(i)]);
  return matrixOf(picked, [rows.length, features]);
}

/** Columns of a table, in the given order. */
export function tableColumns(
  { cells, samples, features, names }: HostTable,
  columns: readonly number[],
): FloatMatrix | CellMatrix {
  const k = columns.length;
  const at = (i: number) => Math.floor(i / k) * features + (columns[i % k] as number);
  return tableOf({
    ...{ samples, features: k },
    cells: Array.from({ length: samples * k }, (_, i) => cells[at(i)]),
    names: names && columns.map((c) => names[c] as string),
  });
}

/** The cells of one column. */
export const columnOf = ({ cells, samples, features }: HostTable, column: number): Cell[] =>
  Array.from({ length: samples }, (_, row) => cells[row * features + column]);

/** A cell as JSON: values that JSON cannot represent become { special }. */
export type SavedCell = string | number | boolean | null | { readonly special: string };

export function saveCell(cell: Cell): SavedCell {
  if (cell === undefined) return { special: "undefined" };
  const plain = typeof cell !== "number" || (Number.isFinite(cell) && !Object.is(cell, -0));
  return plain ? cell : { special: Object.is(cell, -0) ? "-0" : String(cell) };
}

export function loadCell(saved: SavedCell): Cell {
  if (typeof saved !== "object" || saved === null) return saved;
  return saved.special === "undefined" ? undefined : Number(saved.special);
}

/** Names of columns: those given, or x0, x1, … Throws `ValueError` unless there is one per column. */
export function columnNames(
  who: string,
  given: readonly string[] | undefined,
  features: number,
): readonly string[] {
  const names = given ?? Array.from({ length: features }, (_, c) => `x${c}`);
  if (names.length === features) return names;
  throw new ValueError(
    `${who}: expected ${features} names, one a column, got ${names.length}; name all columns, or none`,
  );
}
