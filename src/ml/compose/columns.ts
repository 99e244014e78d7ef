import { ValueError } from "../../core/errors.ts";
import { nearest } from "../../core/signature.ts";
import type { HostTable } from "../table.ts";

/** Columns of X: positions from 0, or names if X has names. */
export type Columns = readonly (number | string)[];

export const isColumns = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((c) => typeof c === "string" || (Number.isInteger(c) && c >= 0));

/** A step and its columns: errors in it number only these columns, not all of X. */
export const placed = (name: string, columns: readonly number[]): string =>
  `step "${name}" (its columns are ${columns.join(", ")} of X)`;

/** Positions of the columns of a step. Throws `ValueError` for a column that X does not have. */
export function positionsOf(
  who: string,
  name: string,
  columns: Columns,
  { features, names }: Pick<HostTable, "features" | "names">,
): readonly number[] {
  return columns.map((column) => {
    if (typeof column === "string") return positionOf(who, name, column, names);
    if (column < features) return column;
    throw new ValueError(
      `${who}: expected columns 0 to ${features - 1} for "${name}", got ${column}; count from 0`,
    );
  });
}

function positionOf(
  who: string,
  step: string,
  column: string,
  names: readonly string[] | undefined,
): number {
  const at = names?.indexOf(column) ?? -1;
  if (at >= 0) return at;
  const near = names && nearest(column, names);
  throw new ValueError(
    names
      ? `${who}: expected columns of ${names.join(", ")} for "${step}", got "${column}"; ` +
          (near ? `did you mean "${near}"?` : "name columns of X")
      : `${who}: expected X with names of its columns for "${column}" of "${step}", got one without; pass table.cells() of ` +
          "readCsv, { data, shape, names }, or positions for names",
  );
}
