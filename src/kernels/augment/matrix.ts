import { ShapeError, ValueError } from "../../core/errors.ts";
import type { Size } from "../../core/shape.ts";
import type { ImageDraws } from "./draw.ts";
import { type GeometryStep, type MatrixRows, product, stepMatrix } from "./geometry_step.ts";

/** Maximum number of steps in one resampling. */
export const MAX_STEPS = 8;

/** Checks that consecutive steps have matching sizes, and returns the final size. */
export function resultOf(who: string, steps: readonly GeometryStep[], from: Size): Size {
  let size = from;
  for (const step of steps) {
    if (step.from[0] !== size[0] || step.from[1] !== size[1]) {
      throw new ShapeError(
        `${who}: expected a step from ${size.join("×")}, got one from ${step.from.join("×")}; each step starts from the size before it`,
      );
    }
    size = step.to;
  }
  if (steps.length <= MAX_STEPS) return size;
  throw new ValueError(
    `${who}: expected at most ${MAX_STEPS} steps, got ${steps.length}; run it twice`,
  );
}

const identity: MatrixRows = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]; // biome-ignore format: a matrix

/** Maps a point of the resulting image to the source image, both relative to their centres. */
export const matrixOf = (
  steps: readonly GeometryStep[],
  draws: ImageDraws,
  first: number,
): MatrixRows =>
  steps.reduce((total, step, s) => {
    const matrix = stepMatrix(step, draws, first + s);
    return matrix ? product(total, matrix) : total;
  }, identity);
