import type { Axis } from "#shaders/shape/contiguous.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { type Shape, show, strides } from "../../core/shape.ts";

export type { Axis };

/** An axis to iterate over: number of steps, and stride in elements. */
export interface AxisStep {
  readonly size: number;
  readonly stride: number;
}

/**
 * The fewest axes, outermost first, that visit the same elements in the same order: axes of size 1 are removed, and
 * neighbours are merged if they are contiguous in every operand. At least one axis remains.
 */
export function collapse(shape: Shape, ...operands: readonly (readonly number[])[]): Axis[] {
  const axes: Axis[] = [];
  shape.forEach((length, k) => {
    if (length === 1) return;
    const inner = operands.map((steps) => steps[k] as number);
    const outer = axes.at(-1);
    if (outer?.strides.every((step, o) => step === (inner[o] as number) * length)) {
      axes[axes.length - 1] = { size: outer.size * length, strides: inner };
    } else {
      axes.push({ size: length, strides: inner });
    }
  });
  return axes.length ? axes : [{ size: 1, strides: operands.map(() => 0) }];
}

/** Strides for reading `shape` broadcast to `to`: 0 along the repeated axes. */
export function broadcastStrides(shape: Shape, to: Shape): number[] {
  const own = strides(shape);
  const missing = to.length - shape.length;
  return to.map((_, k) => (shape[k - missing] === 1 ? 0 : (own[k - missing] ?? 0)));
}

/** Maximum number of axes in `packAxes`. */
export const MAX_AXES = 8;

/**
 * Axes as shaders read them, innermost first, with up to three strides each. Throws `ShapeError` if more than eight remain
 * after merging.
 */
export function packAxes(who: string, shape: Shape, axes: readonly Axis[]): Axis[] {
  if (axes.length > MAX_AXES) {
    throw new ShapeError(
      `${who}: expected at most ${MAX_AXES} axes that cannot be merged, got ${axes.length} in ${show(shape)}; ` +
        "reshape or work in parts",
    );
  }
  return axes.toReversed().map(({ size, strides: [first = 0, second = 0, third = 0] }) => ({
    size,
    strides: [first, second, third],
  }));
}

/** Coordinates of element `index` of a contiguous tensor. */
export function coordinatesOf(index: number, shape: Shape): number[] {
  return strides(shape).map((step, k) => Math.floor(index / step) % (shape[k] as number));
}

/** Offset of the coordinates `at` with these strides. */
export function offsetOf(at: readonly number[], steps: readonly number[]): number {
  return at.reduce((sum, coordinate, k) => sum + coordinate * (steps[k] as number), 0);
}
