import { differentiable } from "../../autograd/node.ts";
import { ShapeError } from "../../core/errors.ts";
import { integer, optional, shape as shapeKind } from "../../core/kinds.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import { checked } from "../../core/signature.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { view } from "../../tensor/view.ts";

/**
 * `x` with another shape of the same size; one entry may be −1 and is then computed. Shares x's memory.
 *
 * @example
 * ```ts
 * import { arange, reshape } from "wgrad";
 * console.log(reshape(arange(6), [2, -1]).shape); // [2, 3]
 * ```
 */
export const reshape = /* @__PURE__ */ checked(
  "reshape",
  { x: tensorKind, shape: shapeKind },
  (x: Tensor, shape: Shape): Tensor => {
    const known = shape.reduce((product, n) => (n === -1 ? product : product * n), 1);
    const open = shape.filter((n) => n === -1).length;
    const full = shape.map((n) => (n === -1 ? x.size / known : n));
    if (open > 1 || size(full) !== x.size || !full.every((n) => Number.isInteger(n) && n >= 0)) {
      throw new ShapeError(
        `reshape: expected ${x.size} elements and at most one −1, got ${show(shape)} for ${show(x.shape, "x")}; use −1 for one`,
      );
    }
    const { shape: before } = x;
    return differentiable("reshape", { x }, view(x, full), {}, (dy, _saved, { x: dx }) => {
      dx?.add(view(dy, before));
    });
  },
);

/**
 * Merges axes `start`..`end` (inclusive, negative from the end) into one. Default: all but the first, as nn.Flatten.
 *
 * @example
 * ```ts
 * import { flatten, zeros } from "wgrad";
 * console.log(flatten(zeros([8, 3, 4, 4])).shape); // [8, 48]
 * ```
 */
export const flatten = /* @__PURE__ */ checked(
  "flatten",
  {
    x: tensorKind,
    start: /* @__PURE__ */ optional(integer),
    end: /* @__PURE__ */ optional(integer),
  },
  (x: Tensor, start = 1, end = -1): Tensor => {
    const first = start < 0 ? start + x.shape.length : start;
    const last = end < 0 ? end + x.shape.length : end;
    if (first < 0 || last >= x.shape.length || first > last) {
      throw new ShapeError(
        `flatten: expected axes within ${show(x.shape, "x")}, got ${start}..${end}; count them from 0, or from −1 at the end`,
      );
    }
    const merged = size(x.shape.slice(first, last + 1));
    return reshape(x, [...x.shape.slice(0, first), merged, ...x.shape.slice(last + 1)]);
  },
);
