import { differentiable } from "../../autograd/node.ts";
import { ShapeError } from "../../core/errors.ts";
import { either, integer, list, optional } from "../../core/kinds.ts";
import { normalizeAxis, show } from "../../core/shape.ts";
import { checked } from "../../core/signature.ts";
import { type TurnOptions, turn } from "../../kernels/shape/turn.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { reshape } from "./reshape.ts";
import { transpose } from "./shape.ts";

const numbers = /* @__PURE__ */ either(integer, /* @__PURE__ */ list(integer));
const listed = (value: number | readonly number[]) => (typeof value === "number" ? [value] : value);

function turned(name: string, x: Tensor, there: TurnOptions, back: TurnOptions): Tensor {
  const { y } = run(turn, { x }, there);
  return differentiable(name, { x }, y, {}, (dy, _saved, { x: dx }) => {
    dx?.add(run(turn, { x: dy }, back, { y: dx.into }).y);
  });
}

/**
 * Elements moved by `shifts` along `axes`, wrapping from the end to the start: torch.roll. Both are one number or several;
 * without axes x is rolled as one row and keeps its shape. Throws `ShapeError` unless there is a shift for each axis.
 */
export const roll = /* @__PURE__ */ checked(
  "roll",
  { x: tensorKind, shifts: numbers, axes: /* @__PURE__ */ optional(numbers) },
  (x: Tensor, shifts: number | readonly number[], axes?: number | readonly number[]): Tensor => {
    if (axes === undefined) {
      using row = reshape(x, [x.size]);
      using y = roll(row, shifts, 0);
      return reshape(y, x.shape);
    }
    const by = new Array<number>(x.shape.length).fill(0);
    const [steps, along] = [listed(shifts), listed(axes)];
    if (steps.length !== along.length) {
      throw new ShapeError(
        `roll: expected a shift for each axis, got shifts [${steps.join(", ")}] and axes [${along.join(", ")}] for ${show(x.shape, "x")}; give as many shifts as axes`,
      );
    }
    along.forEach((axis, i) => {
      const k = normalizeAxis("roll", axis, by.length);
      by[k] = (by[k] as number) + (steps[i] as number);
    });
    return turned("roll", x, { shifts: by }, { shifts: by.map((shift) => -shift) });
  },
);

/** Reverses elements along `axes`, one number or several: torch.flip. */
export const flip = /* @__PURE__ */ checked(
  "flip",
  { x: tensorKind, axes: numbers },
  (x: Tensor, axes: number | readonly number[]): Tensor => {
    const chosen = listed(axes).map((axis) => normalizeAxis("flip", axis, x.shape.length));
    const options = { reversed: x.shape.map((_, k) => chosen.includes(k)) };
    return turned("flip", x, options, options);
  },
);

/**
 * Rotates the plane of two axes by k · 90°, from the first towards the second: torch.rot90. Default one rotation of the
 * first two axes; images [N, C, H, W] rotate in [2, 3], counterclockwise for k = 1. Throws `ShapeError` unless the axes are
 * two different ones.
 */
export const rot90 = /* @__PURE__ */ checked(
  "rot90",
  {
    x: tensorKind,
    k: /* @__PURE__ */ optional(integer),
    axes: /* @__PURE__ */ optional(/* @__PURE__ */ list(integer)),
  },
  (x: Tensor, k = 1, axes: readonly number[] = [0, 1]): Tensor => {
    const [a = 0, b = 0] = axes.map((axis) => normalizeAxis("rot90", axis, x.shape.length));
    if (axes.length !== 2 || a === b) {
      throw new ShapeError(
        `rot90: expected two different axes, got [${axes.join(", ")}] for ${show(x.shape, "x")}; [0, 1] is the default`,
      );
    }
    const turns = ((k % 4) + 4) % 4;
    if (turns % 2 === 0) return flip(x, turns === 0 ? [] : [a, b]);
    using flipped = flip(x, turns === 1 ? b : a);
    return transpose(flipped, a, b);
  },
);
