import { differentiable } from "../../autograd/node.ts";
import { ShapeError, ValueError } from "../../core/errors.ts";
import {
  integer,
  type Kind,
  list,
  number,
  optional,
  shape as shapeKind,
} from "../../core/kinds.ts";
import { normalizeAxis, type Shape, show } from "../../core/shape.ts";
import { checked, options } from "../../core/signature.ts";
import { contiguous as contiguousKernel } from "../../kernels/shape/contiguous.ts";
import { type PadOptions, pad as padKernel } from "../../kernels/shape/pad.ts";
import { place } from "../../kernels/shape/place.ts";
import { transpose as transposeKernel } from "../../kernels/shape/transpose.ts";
import {
  asTranspose,
  expanded,
  permuted,
  type Range,
  sliced,
  type View,
} from "../../kernels/shape/views.ts";
import { offerInPlace } from "../../scheduler/step/in_place.ts";
import { tensorKind, tensorList } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { view as sameBytes } from "../../tensor/view.ts";
import { sumTo } from "../reduce/reduce.ts";
import { filledOn } from "./create.ts";
import { sideBySide } from "./side_by_side.ts";

export type { Range } from "../../kernels/shape/views.ts";

const rangesKind: Kind = {
  .../* @__PURE__ */ list(
    /* @__PURE__ */ options<Range>({ start: integer, end: integer, step: integer }),
  ),
  expected: "an array of ranges",
  advice: "write { start, end, step } for an axis, those you need: [{ start: 1, end: 3 }]",
};

const padsKind: Kind = {
  .../* @__PURE__ */ list(/* @__PURE__ */ list(integer)),
  expected: "an array of [before, after] for every axis",
};

/** Makes a view contiguous; transposition of two axes has a faster kernel. */
function contiguous(x: Tensor, view: View, into?: Tensor): Tensor {
  const matrix = asTranspose(view);
  if (!matrix) return run(contiguousKernel, { x }, view, { y: into }).y;
  const { y } = run(transposeKernel, { x }, matrix, { y: into });
  if (into) return into;
  const result = sameBytes(y, view.shape);
  y.dispose();
  return result;
}

/**
 * Axes in another order: axis k of the result is axis `order[k]` of x. Integers keep all their bits.
 *
 * @example
 * ```ts
 * import { permute, zeros } from "wgrad";
 * console.log(permute(zeros([2, 3, 4]), [2, 0, 1]).shape); // [4, 2, 3]
 * ```
 */
export const permute = /* @__PURE__ */ checked(
  "permute",
  { x: tensorKind, order: /* @__PURE__ */ list(integer) },
  (x: Tensor, order: readonly number[]): Tensor => {
    const y = contiguous(x, permuted(x.shape, order));
    const axes = order.map((axis) => normalizeAxis("permute", axis, order.length));
    const inverse = axes.map((_, axis) => axes.indexOf(axis));
    return differentiable("permute", { x }, y, {}, (dy, _saved, { x: dx }) => {
      dx?.add(contiguous(dy, permuted(dy.shape, inverse), dx.into));
    });
  },
);

/**
 * Exchanges two axes; default the last two.
 *
 * @example
 * ```ts
 * import { tensor, transpose } from "wgrad";
 * console.log(await transpose(tensor([[1, 2], [3, 4]])).read()); // [1, 3, 2, 4]
 * ```
 */
export const transpose = /* @__PURE__ */ checked(
  "transpose",
  { x: tensorKind, a: /* @__PURE__ */ optional(integer), b: /* @__PURE__ */ optional(integer) },
  (x: Tensor, a = -2, b = -1): Tensor => {
    const rank = x.shape.length;
    const [i, j] = [normalizeAxis("transpose", a, rank), normalizeAxis("transpose", b, rank)];
    return permute(
      x,
      x.shape.map((_, axis) => (axis === i ? j : axis === j ? i : axis)),
    );
  },
);

/**
 * A range of every axis; missing ranges select the whole axis, and negative numbers count from the end. Integers keep all
 * their bits.
 *
 * @example
 * ```ts
 * import { slice, tensor } from "wgrad";
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * console.log(await slice(x, [{}, { start: 1 }]).read()); // [2, 3, 5, 6]
 * console.log(await slice(x, [{ start: -1 }, { step: 2 }]).read()); // [4, 6]
 * ```
 */
export const slice = /* @__PURE__ */ checked(
  "slice",
  { x: tensorKind, ranges: rangesKind },
  (x: Tensor, ranges: readonly Range[]): Tensor => {
    const { shape } = x;
    const view = sliced(shape, ranges);
    const { y } = run(contiguousKernel, { x }, view);
    return differentiable("slice", { x }, y, {}, (dy, _saved, { x: dx }) => {
      if (!dx) return;
      const target = filledOn(x.engine, shape, 0);
      run(place, { x: dy, y: target }, view);
      dx.add(target);
    });
  },
);

/** x with a border of `value` (default 0): [before, after] for every axis. */
export const pad = /* @__PURE__ */ checked(
  "pad",
  { x: tensorKind, pads: padsKind, value: /* @__PURE__ */ optional(number) },
  (x: Tensor, pads: PadOptions["pads"], value = 0): Tensor => {
    const { shape } = x;
    const { y } = run(padKernel, { x }, { pads, value });
    return differentiable("pad", { x }, y, {}, (dy, _saved, { x: dx }) => {
      const inside = sliced(
        dy.shape,
        shape.map((n, axis) => {
          const start = pads[axis]?.[0] ?? 0;
          return { start, end: start + n };
        }),
      );
      dx?.add(run(contiguousKernel, { x: dy }, inside, { y: dx.into }).y);
    });
  },
);

/** x repeated to a shape it broadcasts to. Integers keep all their bits. */
export const expand = /* @__PURE__ */ checked(
  "expand",
  { x: tensorKind, shape: shapeKind },
  (x: Tensor, shape: Shape): Tensor => {
    const { shape: before } = x;
    const { y } = run(contiguousKernel, { x }, expanded(before, shape));
    return differentiable("expand", { x }, y, {}, (dy, _saved, { x: dx }) => {
      dx?.add(sumTo(dy.detach(), before));
    });
  },
);

/**
 * Concatenates tensors along `axis` (default 0); all other sizes must be equal. Integers keep all their bits and must have
 * one dtype. Throws `ShapeError` and `ValueError`.
 *
 * @example
 * ```ts
 * import { concat, ones, zeros } from "wgrad";
 * console.log(await concat([ones([1, 2]), zeros([1, 2])]).read()); // [1, 1, 0, 0]
 * ```
 */
export const concat = /* @__PURE__ */ checked(
  "concat",
  { parts: tensorList, axis: /* @__PURE__ */ optional(integer) },
  (parts: readonly Tensor[], axis = 0): Tensor => {
    const [first] = parts;
    if (!first) {
      throw new ShapeError(
        "concat: expected at least one tensor, got none; pass the tensors as a list",
      );
    }
    const k = normalizeAxis("concat", axis, first.shape.length);
    for (const { shape } of parts) {
      if (
        shape.length === first.shape.length &&
        shape.every((n, i) => i === k || n === first.shape[i])
      )
        continue;
      throw new ShapeError(
        `concat: expected sizes equal but for axis ${k}, got ${show(first.shape)} and ${show(shape)}; slice or pad one`,
      );
    }
    checkOneType(parts);
    offerInPlace();
    const { y, views } = sideBySide(first, parts.slice(1), k);
    const inputs = Object.fromEntries(parts.map((part, i) => [String(i), part]));
    return differentiable("concat", inputs, y, {}, (dy, _saved, grads) => {
      views.forEach((view, i) => {
        const slot = grads[String(i)];
        slot?.add(run(contiguousKernel, { x: dy }, view, { y: slot.into }).y);
      });
    });
  },
);

function checkOneType(parts: readonly Tensor[]): void {
  const types = new Set(parts.map(({ dtype }) => (dtype === "f16" ? "f32" : dtype)));
  if (types.size === 1) return;
  throw new ValueError(
    `concat: expected tensors of one element type, got ${[...types].join(" and ")}; convert one with cast(x, "${[...types][0]}")`,
  );
}
