import shader, { type TurnAxis } from "#shaders/shape/turn.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { numbers } from "../../core/kinds.ts";
import { type Shape, show, size, strides } from "../../core/shape.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";
import { flags } from "../option_kinds.ts";
import { coordinatesOf, MAX_AXES, offsetOf } from "./walk.ts";

/** Shift and reversal along each axis. */
export interface TurnOptions {
  /** Shift towards the end, with wrap-around, for each axis; any integer. */
  readonly shifts?: readonly number[];
  /** Whether each axis is reversed before it is shifted. */
  readonly reversed?: readonly boolean[];
}

/** Index in x of coordinate 0 of the result along an axis, and whether x is read backwards from there. */
function startOf(n: number, axis: number, { shifts = [], reversed = [] }: TurnOptions) {
  const back = reversed[axis] ?? false;
  const shift = shifts[axis] ?? 0;
  const start = back ? n - 1 + shift : -shift;
  return { start: ((start % n) + n) % n, back };
}

/** Axes, outermost first; neighbouring axes that do not change are merged. */
function turnAxes(x: Shape, options: TurnOptions): TurnAxis[] {
  const own = strides(x);
  const axes: TurnAxis[] = [];
  x.forEach((n, k) => {
    const { start, back } = startOf(n, k, options);
    const moves = start !== 0 || (back && n > 1);
    const stride = own[k] as number;
    const outer = axes.at(-1);
    if (outer && !moves && outer.start === 0 && outer.back === 0) {
      axes[axes.length - 1] = { size: outer.size * n, stride, start: 0, back: 0 };
    } else {
      axes.push({ size: n, stride, start, back: moves && back ? 1 : 0 });
    }
  });
  return axes;
}

/**
 * `y` = x rolled, or in reverse order, along its axes. The gradient is the same kernel with negated shifts, or reversed
 * again. Throws `ShapeError` if more than eight axes remain after merging neighbours that do not change.
 */
export const turn = kernel(shader, ({ x }, options: TurnOptions) => {
  const axes = size(x) ? turnAxes(x, options) : [];
  if (axes.length > MAX_AXES) {
    throw new ShapeError(
      `turn: expected at most ${MAX_AXES} axes, got ${axes.length} in ${show(x)}; reshape or turn in steps`,
    );
  }
  return {
    outputs: { y: x },
    params: {
      count: size(x),
      rank: axes.length,
      axes: axes.toReversed(),
    },
    grid: grid256(size(x)),
    flops: 0,
  };
});

export const kinds = () => ({ shifts: numbers, reversed: flags });

export const reference: Reference<typeof turn> = ({ x }, { shifts = [], reversed = [] }) => {
  const y = new Float64Array(x.data.length);
  for (let i = 0; i < y.length; i++) {
    const to = coordinatesOf(i, x.shape).map((c, k) => {
      const n = x.shape[k] as number;
      const from = reversed[k] ? n - 1 - c : c;
      return (((from + (shifts[k] ?? 0)) % n) + n) % n;
    });
    y[offsetOf(to, strides(x.shape))] = x.data[i] as number;
  }
  return { y };
};

const test = (name: string, x: readonly number[], options: TurnOptions): Case<typeof turn> => ({
  name,
  inputs: { x },
  options,
  tolerance: "exact",
});

export const cases: Case<typeof turn>[] = [
  test("a vector, rolled by 3", [11], { shifts: [3] }),
  test("far back and around several times", [7, 5], { shifts: [-15, 12] }),
  test("in reverse", [7, 5], { reversed: [true, false] }),
  test("every axis in reverse", [3, 4, 5], { reversed: [true, true, true] }),
  test("reversed and rolled, a middle axis stays", [3, 4, 5], {
    shifts: [1, 0, -2],
    reversed: [true, false, true],
  }),
  ...(["i32", "u32"] as const).map(
    (element): Case<typeof turn> => ({
      ...test("", [3, 5], { shifts: [1, 2], reversed: [false, true] }),
      name: `${element} beyond 2²⁴`,
      inputs: {
        x: { shape: [3, 5], fill: (i) => (element === "i32" ? 2 ** 31 : 2 ** 32) - 1 - i },
      },
      dtypes: { element },
    }),
  ),
  test("axes of one element", [1, 9, 1], { shifts: [5, 2, 1], reversed: [true, true, true] }),
  test("eight axes", new Array(8).fill(2), { shifts: new Array(8).fill(1) }),
  test("a scalar", [], {}),
  test("no elements", [3, 0], { shifts: [1, 1] }),
];
