import { ValueError } from "../../core/errors.ts";
import { describe } from "../../core/signature.ts";
import { compareLabels } from "../labels.ts";
import type { Cell } from "../table.ts";

/** The rule of `SimpleImputer` for replacements in a column. */
export type ImputerStrategy = "mean" | "median" | "mostFrequent" | "constant";

type CellValue = string | number | boolean;

/**
 * The replacement for missing values of a column with these values; `empty` for a column without values, unless the
 * strategy is "constant".
 */
export function statisticOf(
  strategy: ImputerStrategy,
  values: readonly CellValue[],
  given: {
    readonly column: number;
    readonly fillValue: CellValue | undefined;
    readonly empty: number;
  },
): Cell {
  if (strategy === "constant") {
    const numbers = values.every((value) => typeof value === "number");
    return given.fillValue ?? (numbers ? 0 : "missing_value");
  }
  if (values.length === 0) return given.empty;
  if (strategy === "mostFrequent") return mostFrequent(values, given.column);
  return (strategy === "mean" ? meanOf : medianOf)(values as readonly number[]);
}

/** The mean, computed from differences to the first number, so that numbers far from 0 keep their precision. */
function meanOf(values: readonly number[]): number {
  const pivot = values[0] as number;
  return pivot + values.reduce((sum, value) => sum + (value - pivot) / values.length, 0);
}

/** The middle one of sorted numbers; for an even count, the mean of the two in the middle. */
export function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const upper = sorted[sorted.length >> 1] as number;
  const lower = sorted[(sorted.length - 1) >> 1] as number;
  return lower + (upper - lower) / 2;
}

/** The most frequent value, the smallest of equally frequent ones. */
function mostFrequent(values: readonly CellValue[], column: number): CellValue {
  const counts = new Map<CellValue, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const odd = values.find((value) => typeof value !== typeof values[0]);
  if (odd !== undefined) {
    throw new ValueError(
      `SimpleImputer: expected values of one kind in column ${column} of X, got ${describe(values[0])} and ${describe(odd)}; ` +
        "make strings of them",
    );
  }
  const most = Math.max(...counts.values());
  const frequent = [...counts].filter(([, count]) => count === most).map(([value]) => value);
  return frequent.sort(compareLabels)[0] as CellValue;
}
