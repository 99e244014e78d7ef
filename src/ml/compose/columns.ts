import { ValueError } from "../../core/errors.ts";

/** Positions of columns, from 0. */
export const isColumns = (value: unknown): boolean =>
  Array.isArray(value) && value.every((c) => Number.isInteger(c) && c >= 0);

/** A step and its columns: errors in it number only these columns, not all of X. */
export const placed = (name: string, columns: readonly number[]): string =>
  `step "${name}" (its columns are ${columns.join(", ")} of X)`;

/** Throws `ValueError` for a column that X does not have. */
export function checkColumns(
  who: string,
  name: string,
  columns: readonly number[],
  features: number,
): void {
  const bad = columns.find((c) => c >= features);
  if (bad === undefined) return;
  throw new ValueError(
    `${who}: expected columns 0 to ${features - 1} for "${name}", got ${bad}; count from 0`,
  );
}
