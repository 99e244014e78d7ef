import { differentiable } from "../autograd/node.ts";
import { ShapeError } from "../core/errors.ts";
import { either, integer, list, optional } from "../core/kinds.ts";
import { normalizeAxis, show } from "../core/shape.ts";
import { checked } from "../core/signature.ts";
import { type TurnOptions, turn } from "../kernels/shape/turn.ts";
import { tensorKind } from "../tensor/kinds.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { reshape } from "./reshape.ts";

const numbers = /* @__PURE__ */ either(integer, /* @__PURE__ */ list(integer));
const listed = (value: number | readonly number[]) => (typeof value === "number" ? [value] : value);

function turned(name: string, x: Tensor, there: TurnOptions, back: TurnOptions): Tensor {
  const { y } = run(turn, { x }, there);
  return differentiable(name, { x }, y, {}, (dy, _saved, { x: dx }) => {
    dx?.add(run(turn, { x: dy }, back, { y: dx.into }).y);
  });
}

/**
 * Elements moved by `shifts` along `axes`, over the end and back in at the start: torch.roll. Both are a number or several;
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
        `roll: expected a shift for each axis, got shifts [${steps.join(", ")}] and axes [${along.join(", ")}] for ${show(x.shape, "x")}`,
      );
    }
    along.forEach((axis, i) => {
      const k = normalizeAxis("roll", axis, by.length);
      by[k] = (by[k] as number) + (steps[i] as number);
    });
    return turned("roll", x, { shifts: by }, { shifts: by.map((shift) => -shift) });
  },
);

/** Elements in reverse order along `axes`, a number or several: torch.flip. */
export const flip = /* @__PURE__ */ checked(
  "flip",
  { x: tensorKind, axes: numbers },
  (x: Tensor, axes: number | readonly number[]): Tensor => {
    const chosen = listed(axes).map((axis) => normalizeAxis("flip", axis, x.shape.length));
    const options = { reversed: x.shape.map((_, k) => chosen.includes(k)) };
    return turned("flip", x, options, options);
  },
);
