import { ShapeError, ValueError } from "../../core/errors.ts";
import { boolean, type Kind, list, oneOf, record, required, string } from "../../core/kinds.ts";
import { checkedAsync, describe, options } from "../../core/signature.ts";
import { type ColumnType, columnOf, inferred, type RawColumn } from "./columns.ts";
import { mark, type NumberMarks, numbersWritten } from "./number_marks.ts";
import { CsvTable } from "./table.ts";
import { fileKind, type TextFile, textOf } from "./text.ts";

/** Parser of lines, quotes and delimiters: papaparse, d3-dsv, or your own function. */
export type CsvParser =
  | { parse(text: string, config: { readonly delimiter: string }): unknown }
  | { dsvFormat(delimiter: string): { parseRows(text: string): string[][] } }
  | ((text: string, delimiter: string) => readonly (readonly string[])[]);

/** Options of `readCsv`; `parser` is required. */
export interface CsvOptions extends NumberMarks {
  /** Papa of the package papaparse, the whole module d3-dsv, or a function from text to rows of cells. */
  readonly parser: CsvParser;
  /** Separator of cells. Default ",". */
  readonly delimiter?: string;
  /** Whether the first line names the columns. Default true; otherwise they are x0, x1, … */
  readonly header?: boolean;
  /** Types of columns, by name. Default, from their cells: numbers, else booleans, else categories. */
  readonly types?: Readonly<Record<string, ColumnType>>;
  /**
   * Cells that represent a missing value, ignoring spaces around them. Default: empty, NA, N/A, n/a, NaN, nan, null, NULL,
   * None.
   */
  readonly missing?: readonly string[];
}

const MISSING = ["", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None"];
const typeKind = /* @__PURE__ */ oneOf("number", "boolean", "category", "string");

const isMethod = (value: unknown, name: string): boolean =>
  Object(value) === value && typeof Reflect.get(value as object, name) === "function";

const parserKind: Kind = {
  expected: "a parser of CSV",
  advice: "pass Papa of the package papaparse, or all of d3-dsv",
  accepts: (value) =>
    typeof value === "function" || isMethod(value, "parse") || isMethod(value, "dsvFormat"),
};

const typesKind: Kind = {
  expected: 'types by column, such as { age: "number", city: "category" }',
  accepts: (value) =>
    record.accepts(value) && Object.values(value as object).every((each) => typeKind.accepts(each)),
};

/**
 * Reads a file of comma-separated values into columns by name. The parser that you pass handles quotes, line ends and
 * delimiters; `readCsv` handles spaces around cells, missing values, numbers and categories. Empty lines are ignored.
 * Columns with a whole number that float64 does not have, such as an id of 19 digits, are categories, which keep it.
 *
 * Rejects with `ValueError` for text that the parser refuses, bytes that are not UTF-8, columns with equal names, types
 * for unknown columns, and cells that do not have the type of their column; with `ShapeError` for rows of different
 * lengths.
 */
export const readCsv = /* @__PURE__ */ checkedAsync(
  "readCsv",
  {
    file: fileKind,
    options: {
      ...options<CsvOptions>({
        parser: required(parserKind),
        delimiter: string,
        header: boolean,
        types: typesKind,
        missing: list(string),
        decimal: mark,
        thousands: mark,
      }),
      advice: "write { parser: Papa } with Papa of the package papaparse, and what else you need",
    },
  },
  async (file: TextFile, given: CsvOptions): Promise<CsvTable> => {
    const { parser, delimiter = ",", header = true, types = {}, missing = MISSING } = given;
    const text = await textOf(file);
    const rows = parsed(parser, text, delimiter);
    checkDelimiter(rows, delimiter);
    if (header && rows.length === 1 && rows[0]?.length === 1 && !/[\r\n]/.test(text)) {
      throw new ValueError(
        `readCsv: expected the text of a file, got one line, ${describe(text)}; if it is an address, pass ` +
          "new URL(address, location.href) or await fetch(address); in Node await readFile(path)",
      );
    }
    const names = namesOf(rows, header);
    const stranger = Object.keys(types).find((name) => !names.includes(name));
    if (stranger !== undefined) {
      throw new ValueError(
        `readCsv: expected types of columns ${names.join(", ")}, got one of "${stranger}"; check its name`,
      );
    }
    const gaps = new Set(missing);
    const numberOf = numbersWritten(given);
    const cells = header ? rows.slice(1) : rows;
    const columns = names.map((name, c) => {
      const raw = { ...rawColumn(name, cells, c, gaps), numberOf };
      return columnOf(
        raw,
        Object.hasOwn(types, name) ? (types[name] as ColumnType) : inferred(raw),
      );
    });
    return new CsvTable(cells.length, columns);
  },
);

/** Rows of cells, without empty lines. */
function parsed(
  parser: CsvParser,
  text: string,
  delimiter: string,
): readonly (readonly string[])[] {
  const rows =
    typeof parser === "function" ? parser(text, delimiter) : byLibrary(parser, text, delimiter);
  const isRows = Array.isArray(rows) && rows.every(Array.isArray);
  if (!isRows) {
    throw new ValueError(
      `readCsv: expected rows of cells from the parser, got ${describe(rows)}; give an array of arrays of strings`,
    );
  }
  return rows.filter((row) => row.length > 1 || String(row[0] ?? "").trim() !== "");
}

function byLibrary(
  parser: Exclude<CsvParser, (...args: never[]) => unknown>,
  text: string,
  delimiter: string,
): readonly (readonly string[])[] {
  if ("dsvFormat" in parser) return parser.dsvFormat(delimiter).parseRows(text);
  const { data, errors = [] } = Object(parser.parse(text, { delimiter }));
  const [first] = errors;
  if (!first) return data;
  throw new ValueError(
    `readCsv: expected text that the parser reads, got "${first.message}" in line ${Number(first.row) + 1}; check its quotes`,
  );
}

/** Throws where the file has other delimiters: its first line is one cell, and all have one of them. */
function checkDelimiter(rows: readonly (readonly string[])[], delimiter: string): void {
  if (rows[0]?.length !== 1) return;
  const other = [";", "\t", "|"].find((each) => rows.every((row) => row.join("").includes(each)));
  if (other === undefined || other === delimiter) return;
  throw new ValueError(
    `readCsv: expected cells separated by "${delimiter}", got ${describe(rows[0][0])} as the first line; pass { delimiter: ` +
      `${JSON.stringify(other)} }`,
  );
}

function namesOf(rows: readonly (readonly string[])[], header: boolean): string[] {
  const [first] = rows;
  if (!first)
    throw new ValueError("readCsv: expected one line at least, got none; is the file empty?");
  const odd = rows.findIndex((row) => row.length !== first.length);
  if (odd >= 0) {
    throw new ShapeError(
      `readCsv: expected ${first.length} cells in every line, as in the first, got ${rows[odd]?.length} in line ${odd + 1} ` +
        "(empty ones not counted); check its quotes and the delimiter",
    );
  }
  const names = first.map((cell, c) => (header ? String(cell).trim() : `x${c}`));
  const twice = names.find((name, c) => names.indexOf(name) !== c);
  if (twice === undefined) return names;
  throw new ValueError(
    `readCsv: expected names that differ, got "${twice}" twice; rename a column, or pass header: false`,
  );
}

function rawColumn(
  name: string,
  rows: readonly (readonly string[])[],
  c: number,
  gaps: ReadonlySet<string>,
): Omit<RawColumn, "numberOf"> {
  return {
    name,
    cells: rows.map((row) => {
      const cell = String(row[c]).trim();
      return gaps.has(cell) ? null : cell;
    }),
  };
}
