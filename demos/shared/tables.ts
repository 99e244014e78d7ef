import { fetchBytes } from "wgrad/data";
import breastCancerUrl from "./data/breast_cancer.csv?url";
import diabetesUrl from "./data/diabetes_data_raw.csv.gz?url";
import diabetesTargetUrl from "./data/diabetes_target.csv.gz?url";
import digitsUrl from "./data/digits.csv.gz?url";
import irisUrl from "./data/iris.csv?url";
import wineUrl from "./data/wine.csv?url";

/** A table of samples with their labels, or with the number to predict. */
export interface Table {
  /** [samples, features], row-major. */
  readonly data: Float64Array<ArrayBuffer>;
  readonly shape: readonly [samples: number, features: number];
  readonly y: Float32Array<ArrayBuffer>;
  /** Of the classes; empty for a regression. */
  readonly names: readonly string[];
}

const numbered = Array.from({ length: 10 }, (_, digit) => String(digit));

/** The tables there are. */
export const tables = {
  iris: () => headed(irisUrl),
  wine: () => headed(wineUrl),
  breastCancer: () => headed(breastCancerUrl),
  digits: async () => lastIsLabel(await lines(digitsUrl), numbered),
  diabetes,
} satisfies Record<string, () => Promise<Table>>;

async function lines(url: string): Promise<string[]> {
  return new TextDecoder()
    .decode(await fetchBytes(url))
    .trim()
    .split("\n");
}

/** A table whose first line is `samples,features,class names…`. */
async function headed(url: string): Promise<Table> {
  const [head = "", ...rows] = await lines(url);
  const [, , ...names] = head.trim().split(",");
  return lastIsLabel(rows, names);
}

function lastIsLabel(rows: readonly string[], names: readonly string[]): Table {
  const numbers = rows.map((row) => row.split(",").map(Number));
  const data = Float64Array.from(numbers.flatMap((row) => row.slice(0, -1)));
  const y = Float32Array.from(numbers, (row) => row.at(-1) ?? Number.NaN);
  return { data, shape: [rows.length, data.length / rows.length], y, names };
}

async function diabetes(): Promise<Table> {
  const [rows, targets] = await Promise.all([lines(diabetesUrl), lines(diabetesTargetUrl)]);
  const data = Float64Array.from(rows.flatMap((row) => row.trim().split(/\s+/).map(Number)));
  const y = Float32Array.from(targets, Number);
  return { data, shape: [rows.length, data.length / rows.length], y, names: [] };
}
