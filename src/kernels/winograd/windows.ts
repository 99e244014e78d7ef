import { ShapeError } from "../../core/errors.ts";
import { checkShape, type Shape, show, size } from "../../core/shape.ts";

/** Sizes of a weight [outC, inC, 3, 3]. Throws `ShapeError` for other shapes. */
export function checkWindows(who: string, weight: Shape) {
  checkShape(who, weight);
  const [outC = 0, inC = 0, height, width] = weight;
  if (weight.length !== 4 || height !== 3 || width !== 3 || size(weight) === 0) {
    throw new ShapeError(
      `${who}: expected weight [outC, inC, 3, 3], got ${show(weight, "weight")}; use conv2d/forward for other windows`,
    );
  }
  return { outC, inC, windows: outC * inC };
}
