import { answerOf, wholeOf } from "../../core/answer.ts";
import { ShapeError, ValueError } from "../../core/errors.ts";
import {
  boolean,
  either,
  type Kind,
  list,
  oneOf,
  record,
  required,
  string,
} from "../../core/kinds.ts";
import { isA } from "../../core/realm.ts";
import { checkedAsync, describe, options } from "../../core/signature.ts";
import { type ColumnType, columnOf, inferred, type RawColumn } from "./columns.ts";
import { CsvTable } from "./table.ts";

/** Parser of lines, quotes and delimiters: papaparse, d3-dsv, or your own function. */
export type CsvParser =
  | { parse(text: string, config: { readonly delimiter: string }): unknown }
  | { dsvFormat(delimiter: string): { parseRows(text: string): string[][] } }
  | ((text: string, delimiter: string) => readonly (readonly string[])[]);

/** Options of `readCsv`; `parser` is required. */
export interface CsvOptions {
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

const fileKind: Kind = {
  expected: "the text of a file, a File or Blob, a Response, or a URL",
  advice: "a string is the text itself; of an address make new URL(…)",
  accepts: (value) => isA(value, "Blob", "File", "URL", "Response"),
};

/**
 * Reads a file of comma-separated values into columns by name. The parser that you pass handles quotes, line ends and
 * delimiters; `readCsv` handles spaces around cells, missing values, numbers and categories. Empty lines are ignored.
 *
 * Rejects with `ValueError` for text that the parser refuses, columns with equal names, types for unknown columns, and
 * cells that do not have the type of their column; with `ShapeError` for rows of different lengths.
 */
export const readCsv = /* @__PURE__ */ checkedAsync(
  "readCsv",
  {
    file: either(string, fileKind),
    options: options<CsvOptions>({
      parser: required(parserKind),
      delimiter: string,
      header: boolean,
      types: typesKind,
      missing: list(string),
    }),
  },
  async (file: string | Blob | Response | URL, given: CsvOptions): Promise<CsvTable> => {
    const { parser, delimiter = ",", header = true, types = {}, missing = MISSING } = given;
    const text = (await textOf(file)).replace(/^\uFEFF/, ""); // a byte order mark is not part of a name
    const rows = parsed(parser, text, delimiter);
    const names = namesOf(rows, header);
    const stranger = Object.keys(types).find((name) => !names.includes(name));
    if (stranger !== undefined) {
      throw new ValueError(
        `readCsv: expected types of columns ${names.join(", ")}, got one of "${stranger}"; check its name`,
      );
    }
    const gaps = new Set(missing);
    const cells = header ? rows.slice(1) : rows;
    const columns = names.map((name, c) => {
      const raw = rawColumn(name, cells, c, gaps);
      return columnOf(
        raw,
        Object.hasOwn(types, name) ? (types[name] as ColumnType) : inferred(raw),
      );
    });
    return new CsvTable(cells.length, columns);
  },
);

async function textOf(file: string | Blob | Response | URL): Promise<string> {
  if (typeof file === "string") return file;
  const from = isA(file, "URL") ? await answerOf("readCsv", file) : file;
  if (isA(from, "Response") && !from.ok) {
    throw new ValueError(
      `readCsv: expected ${from.url || "a file"}, got status ${from.status}; check the address`,
    );
  }
  const name = (isA(from, "Response") && from.url) || "the file";
  return wholeOf("readCsv", name, from.text());
}

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
): RawColumn {
  return {
    name,
    cells: rows.map((row) => {
      const cell = String(row[c]).trim();
      return gaps.has(cell) ? null : cell;
    }),
  };
}
