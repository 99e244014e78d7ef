import { ValueError } from "../../core/errors.ts";
import { describe } from "../../core/signature.ts";
import { compareLabels } from "../labels.ts";
import type { Cell } from "../table.ts";

/** What a column may say; undefined counts as null. */
export type Category = string | number | boolean | null;

/** What a cell says. */
export const categoryOf = (cell: Cell): Category => (cell === undefined ? null : cell);
const isGap = (category: Category): boolean => category === null || Number.isNaN(category);

/** The distinct categories of a column, sorted, null and NaN last. */
export function categoriesOf(column: readonly Cell[], feature: number): Category[] {
  const distinct = [...new Set(column.map(categoryOf))];
  const values = distinct.filter((each) => !isGap(each)) as Exclude<Category, null>[];
  const odd = values.find((each) => typeof each !== typeof values[0]);
  if (odd !== undefined) {
    throw new ValueError(
      `OneHotEncoder: expected cells of one kind in column ${feature} of X, got ${describe(values[0])} and ${describe(odd)} ` +
        `in row ${column.indexOf(odd)}; make strings of them`,
    );
  }
  const gaps = [null, Number.NaN].filter((gap) => distinct.includes(gap));
  return [...values.sort(compareLabels), ...gaps];
}

/** Throws unless the categories given for a feature differ. */
export function checkCategories(own: readonly Category[], feature: number): void {
  if (new Set(own.map(categoryOf)).size === own.length) return;
  throw new ValueError(
    `OneHotEncoder: expected categories that differ, got ${describe(own)} for feature ${feature}; name each once`,
  );
}
