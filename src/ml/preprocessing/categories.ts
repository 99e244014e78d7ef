import { ValueError } from "../../core/errors.ts";
import { describe } from "../../core/signature.ts";
import { compareLabels } from "../labels.ts";
import type { Cell } from "../table.ts";

/** A value in a column of categories; undefined counts as null. */
export type Category = string | number | boolean | null;

/** The category of a cell. */
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

/** Throws unless the categories given for a feature are distinct. */
export function checkCategories(own: readonly Category[], feature: number): void {
  if (new Set(own.map(categoryOf)).size === own.length) return;
  throw new ValueError(
    `OneHotEncoder: expected categories that differ, got ${describe(own)} for feature ${feature}; name each once`,
  );
}

/**
 * For every feature, the index of the category without a column. Throws `ValueError` for a category that the feature does
 * not have.
 */
export function droppedOf(
  categories: readonly (readonly Category[])[],
  drop: "first" | "ifBinary" | readonly Category[] | undefined,
): (number | null)[] {
  if (typeof drop !== "object") {
    const left = (own: readonly Category[]) =>
      drop === "first" || (drop === "ifBinary" && own.length === 2);
    return categories.map((own) => (left(own) ? 0 : null));
  }
  const refuse = (expected: string, got: string): never => {
    throw new ValueError(
      `OneHotEncoder: expected ${expected}, got ${got}; list a category of each feature, in their order`,
    );
  };
  if (drop.length !== categories.length)
    refuse(`${categories.length} categories to drop`, `${drop.length}`);
  return categories.map((own, c) => {
    const dropped = categoryOf(drop[c]);
    const at = own.findIndex((each) => [each].includes(dropped)); // NaN equals NaN here
    if (at < 0) refuse(`a category of feature ${c} to drop`, describe(drop[c]));
    return at;
  });
}
