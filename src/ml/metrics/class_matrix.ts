import { type Kind, numbers } from "../../core/kinds.ts";
import { flatRows, type Matrix } from "../samples.ts";
import type { Numbers } from "./pairs.ts";

/** A column of numbers for each class: as rows, or as one array with a shape. */
export type ClassMatrix = Matrix | readonly ArrayLike<number>[];

export const classMatrix: Kind = {
  expected: "rows of numbers, or { data, shape: [samples, classes] }",
  accepts: (value) => {
    if (Array.isArray(value)) {
      return (
        value.length > 0 && value.every((row) => typeof row === "object" && numbers.accepts(row))
      );
    }
    const { data, shape } = Object(value);
    return numbers.accepts(data) && Array.isArray(shape) && shape.length === 2;
  },
};

const isRows = (given: Numbers | ClassMatrix): given is readonly ArrayLike<number>[] =>
  Array.isArray(given) && typeof given[0] === "object";

/** Whether the numbers have a column for each class, rather than one number per sample. */
export const hasColumns = (given: Numbers | ClassMatrix): given is ClassMatrix =>
  "shape" in given || isRows(given);

/** Throws `ShapeError` for rows of different lengths. */
export function matrixOf(who: string, given: ClassMatrix): Matrix {
  if ("shape" in given) return given;
  const { data, shape } = flatRows(who, given);
  return { data: data as ArrayLike<number>, shape: [shape[0] as number, shape[1] as number] };
}
