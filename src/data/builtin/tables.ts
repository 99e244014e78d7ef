import { type About, type Licence, type TableName, tables } from "./about.ts";

/** A table included in the library: samples in rows, with targets. */
export interface TableSet {
  /** [samples, features], for estimators of wgrad/ml and `ArrayDataset`. NaN for a missing value. */
  readonly X: {
    readonly data: Float64Array<ArrayBuffer>;
    readonly shape: readonly [samples: number, features: number];
  };
  /** `[samples]`: class numbers from 0 on, or the targets of a regression. */
  readonly y: Float64Array<ArrayBuffer>;
  /** `[features]`: names of the columns of X. */
  readonly featureNames: readonly string[];
  /** Names of the classes; empty for a regression. */
  readonly targetNames: readonly string[];
  /** Columns of text, by name: `island` and `sex` of the penguins; null for a missing value. */
  readonly texts: Readonly<Record<string, readonly (string | null)[]>>;
  /** Licence of the table. */
  readonly licence: Licence;
}

/** The text of each table, loaded on demand. */
const texts: Readonly<Record<TableName, () => Promise<{ default: string }>>> = {
  iris: () => import("./iris.csv?raw"),
  wine: () => import("./wine.csv?raw"),
  breastCancer: () => import("./breast_cancer.csv?raw"),
  digits: () => import("./digits.txt?raw"),
  diabetes: () => import("./diabetes.csv?raw"),
  penguins: () => import("./penguins.csv?raw"),
};

/** A row of digits is 64 values of 0 to 16 as characters 0 to g, and the label. */
const cellsOf = (name: TableName, row: string): readonly string[] =>
  name === "digits"
    ? Array.from(row, (value) => String(Number.parseInt(value, 17)))
    : row.split(",");

export async function readTable(name: TableName): Promise<TableSet> {
  const about: About = tables[name];
  const { default: text } = await texts[name]();
  const rows = text
    .trim()
    .split("\n")
    .map((row) => cellsOf(name, row));
  const { featureNames, targetNames, licence, texts: names = [] } = about;
  const features = featureNames.length;
  const numbered = rows.map((row) => row.slice(0, features));
  const target = (row: readonly string[]): number => {
    const last = row.at(-1) as string;
    return targetNames.includes(last) && names.length > 0
      ? targetNames.indexOf(last)
      : Number(last);
  };
  return {
    X: {
      data: Float64Array.from(numbered.flat(), (cell) => (cell === "" ? Number.NaN : Number(cell))),
      shape: [rows.length, features],
    },
    y: Float64Array.from(rows, target),
    ...{ featureNames, targetNames, licence },
    texts: Object.fromEntries(
      names.map((each, k) => [each, rows.map((row) => row[features + k] || null)]),
    ),
  };
}

/** Columns centred and scaled to a sum of squares of 1. */
export function scaled({ data, shape: [n, features] }: TableSet["X"]): TableSet["X"] {
  const result = data.slice();
  for (let c = 0; c < features; c++) {
    const column = Array.from({ length: n }, (_, i) => data[i * features + c] as number);
    const mean = column.reduce((sum, v) => sum + v, 0) / n;
    const norm = Math.hypot(...column.map((v) => v - mean));
    column.forEach((v, i) => {
      result[i * features + c] = (v - mean) / norm;
    });
  }
  return { data: result, shape: [n, features] };
}
