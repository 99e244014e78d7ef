import shader, { type PadAxis } from "#shaders/shape/pad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { type Shape, show, size, strides } from "../../core/shape.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";
import { pads } from "../option_kinds.ts";
import { coordinatesOf, MAX_AXES, offsetOf } from "./walk.ts";

/** Width and value of the border. */
export interface PadOptions {
  /** [before, after] for every axis. */
  readonly pads: readonly (readonly [before: number, after: number])[];
  /** Value of the border. Default 0. */
  readonly value?: number;
}

/** The shape after padding. Throws `ShapeError` unless there is one pair of integers ≥ 0 per axis. */
export function paddedShape(shape: Shape, pads: PadOptions["pads"]): Shape {
  if (pads.length !== shape.length || !pads.flat().every((n) => Number.isInteger(n) && n >= 0)) {
    throw new ShapeError(
      `pad: expected [before, after] ≥ 0 for each of the ${shape.length} axes of ${show(shape)}, ` +
        `got [${pads.map((pair) => `[${pair.join(", ")}]`).join(", ")}]; slice to make an axis shorter`,
    );
  }
  return shape.map((n, axis) => n + (pads[axis]?.[0] ?? 0) + (pads[axis]?.[1] ?? 0));
}

/** `y` = x with constant borders. Its gradient is the slice of dy at x's position. Throws the errors of `paddedShape`. */
export const pad = kernel(shader, ({ x }, { pads, value = 0 }: PadOptions) => {
  const shape = paddedShape(x, pads);
  const axes = padAxes(x, shape, pads);
  return {
    outputs: { y: shape },
    params: { count: size(shape), rank: axes.length, value, axes: packPadAxes(shape, axes) },
    grid: grid256(size(shape)),
    flops: 0,
  };
});

export const kinds = () => ({ pads: required(pads), value: number });

/** Axes of y, outermost first; neighbouring axes without padding are merged. */
function padAxes(x: Shape, y: Shape, pads: PadOptions["pads"]): PadAxis[] {
  const own = strides(x);
  const axes: PadAxis[] = [];
  x.forEach((n, k) => {
    const padded = y[k] as number;
    const outer = axes.at(-1);
    const stride = own[k] as number;
    if (outer && outer.size === outer.size_in_x && padded === n) {
      const size = outer.size * n;
      axes[axes.length - 1] = { size, before: 0, size_in_x: size, stride };
    } else {
      axes.push({ size: padded, before: pads[k]?.[0] ?? 0, size_in_x: n, stride });
    }
  });
  return axes;
}

function packPadAxes(shape: Shape, axes: readonly PadAxis[]): PadAxis[] {
  if (axes.length > MAX_AXES) {
    throw new ShapeError(
      `pad: expected at most ${MAX_AXES} axes that cannot be merged, got ${axes.length} in ${show(shape)}; pad in steps`,
    );
  }
  return axes.toReversed();
}

export const reference: Reference<typeof pad> = ({ x }, { pads, value = 0 }) => {
  const shape = paddedShape(x.shape, pads);
  const y = new Float64Array(size(shape)).fill(value);
  for (let i = 0; i < size(x.shape); i++) {
    const at = coordinatesOf(i, x.shape).map((coordinate, k) => coordinate + (pads[k]?.[0] ?? 0));
    y[offsetOf(at, strides(shape))] = x.data[i] as number;
  }
  return { y };
};

const test = (
  name: string,
  x: Shape,
  pads: PadOptions["pads"],
  value?: number,
): Case<typeof pad> => ({
  name,
  inputs: { x },
  options: { pads, ...(value !== undefined && { value }) },
  tolerance: "exact",
});

export const cases: Case<typeof pad>[] = [
  test("a scalar", [], []),
  test(
    "nothing to add",
    [3, 40],
    [
      [0, 0],
      [0, 0],
    ],
  ),
  test("before", [30], [[35, 0]]),
  test("after, −∞", [30], [[0, 35]], -Infinity),
  test(
    "image borders",
    [2, 3, 5, 7],
    [
      [0, 0],
      [0, 0],
      [1, 2],
      [3, 0],
    ],
    0.5,
  ),
  test(
    "every axis",
    [2, 3, 2, 3],
    [
      [1, 1],
      [0, 2],
      [3, 0],
      [1, 1],
    ],
    -1,
  ),
  test(
    "inner axis whole",
    [4, 3, 5],
    [
      [2, 1],
      [0, 0],
      [0, 0],
    ],
  ),
  test(
    "an empty tensor",
    [0, 3],
    [
      [2, 1],
      [1, 0],
    ],
    7,
  ),
];
