import { ShapeError } from "../../core/errors.ts";
import { type Shape, show, size } from "../../core/shape.ts";

/** Number of vectors of four in a tensor. Throws `ShapeError` unless 4 divides its size. */
export function quarters(who: string, x: Shape): number {
  if (size(x) % 4 === 0) return size(x) / 4;
  throw new ShapeError(
    `${who}: expected a multiple of 4 elements, got ${show(x, "x")}; make it larger by ${4 - (size(x) % 4)}`,
  );
}
