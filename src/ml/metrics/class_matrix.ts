import { ShapeError } from "../../core/errors.ts";
import { either, type Kind, numbers } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
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

/** Scores of one of two classes: a list, one column, or a column for each of both. */
export const scoresKind: Kind = /* @__PURE__ */ either(numbers, classMatrix);

/**
 * The scores of one of two classes, the larger one or the smaller one, in a list. They may be a column [samples, 1], as
 * decisionFunction gives it, or two columns, the classes ascending, as predictProba gives them.
 */
export function scoresOfOne(who: string, given: Numbers | ClassMatrix, larger: boolean): Numbers {
  if (!hasColumns(given)) return given;
  const { data, shape } = matrixOf(who, given);
  const [n, k] = shape;
  if (k > 2 || data.length !== n * k) {
    throw new ShapeError(
      `${who}: expected scores of one of two classes, [samples], [samples, 1] or [samples, 2], got ` +
        `${data.length} numbers ${show(shape)}; pass the column of the positive class`,
    );
  }
  const column = larger ? k - 1 : 0;
  return Float64Array.from({ length: n }, (_, i) => data[i * k + column] as number);
}
