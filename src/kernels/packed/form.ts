import { ShapeError } from "../../core/errors.ts";
import { halfBits, halfValue } from "../../core/half.ts";
import { type Shape, sameShape, show, size } from "../../core/shape.ts";
import type { HostTensor } from "../kernel.ts";

/** How numbers are packed: as f16, or as 0 to 255 steps above the smallest number of a row. */
export type PackedForm = "u8" | "f16";

/** How many numbers a 32-bit word holds. */
export const perWord = (form: PackedForm): number => (form === "u8" ? 4 : 2);

/**
 * The common part of both kernels' plans. Throws `ShapeError` unless there is a line (step, smallest) for each row, if the
 * form needs it.
 */
export function packedProblem(who: string, shape: Shape, lines: Shape | undefined) {
  const [rows = 0] = shape;
  const count = size(shape);
  const form: PackedForm = lines ? "u8" : "f16";
  if (count === 0 || (lines && !sameShape(lines, [rows, 2]))) {
    throw new ShapeError(
      `${who}: expected rows of numbers, and lines [${rows}, 2] with a step and a smallest number for each, got ` +
        `${show(shape)} and ${lines ? show(lines, "lines") : "no lines"}; pass both of one tensor`,
    );
  }
  const words = Math.ceil(count / perWord(form));
  return {
    ...{ words, form, threads: words },
    params: { count, width: count / rows },
  };
}

/** The bits of a packed number. */
export function bitsOf(value: number, row: number, lines: HostTensor | undefined): number {
  if (!lines) return halfBits(value);
  const [step, least] = [lines.data[2 * row] as number, lines.data[2 * row + 1] as number];
  return step > 0 ? Math.min(Math.max(Math.round((value - least) / step), 0), 255) : 0;
}

/** The number that packed bits encode. */
export function numberOf(bits: number, row: number, lines: HostTensor | undefined): number {
  if (!lines) return halfValue(bits);
  return bits * (lines.data[2 * row] as number) + (lines.data[2 * row + 1] as number);
}
