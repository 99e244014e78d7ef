import { ValueError } from "../core/errors.ts";
import type { Two } from "../core/shape.ts";

/** One number for both axes, or [height, width]. */
export type Pair = number | Two;

/** Padding of each side: [[top, bottom], [left, right]]. */
export type Sides = readonly [rows: Two, columns: Two];

/**
 * Cells around an image: one number for all four sides, [height, width] for both sides of each axis, a number for each
 * side, or "same", which gives ⌈size / stride⌉ windows along an axis with an odd cell at its end (TensorFlow's SAME).
 */
export type Padding = Pair | Sides | "same";

/** Padding of one spatial axis: one number for both ends, [before, after], or "same". */
export type LinePadding = number | Two | "same";

/** Padding of one spatial axis as the padding of an image of one row. */
export function alongARow(padding: LinePadding): Padding {
  if (typeof padding === "number") return [0, padding];
  return padding === "same" ? padding : [[0, 0], padding];
}

/** Window along one axis. */
export interface Window {
  readonly size: number;
  readonly stride: number;
  /** Number of cells from the first to the last of a window. */
  readonly reach: number;
}

/** Number of cells added before and after an axis. Throws `ValueError` unless they are integers ≥ 0. */
export function paddingAlong(who: string, padding: Padding, axis: 0 | 1, window: Window): Two {
  if (padding === "same") {
    const { size, stride, reach } = window;
    const total = Math.max((Math.ceil(size / stride) - 1) * stride + reach - size, 0);
    return [total >> 1, total - (total >> 1)];
  }
  const along = typeof padding === "number" ? padding : padding[axis];
  const [before, after] = typeof along === "number" ? [along, along] : along;
  for (const value of [before, after]) {
    if (!Number.isInteger(value) || value < 0) {
      throw new ValueError(
        `${who}: expected padding to be integers ≥ 0, got ${value}; give a number, [height, width], ` +
          '[[top, bottom], [left, right]] or "same"',
      );
    }
  }
  return [before, after];
}
