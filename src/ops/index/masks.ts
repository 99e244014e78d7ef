import { differentiable } from "../../autograd/node.ts";
import { ShapeError } from "../../core/errors.ts";
import { integer, optional } from "../../core/kinds.ts";
import { broadcastShapes, sameShape, show } from "../../core/shape.ts";
import { checked } from "../../core/signature.ts";
import { type TriangleOptions, triangle } from "../../kernels/shape/triangle.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { where } from "../elementwise/compare.ts";
import { anyNumber } from "../shape/create.ts";

function kept(name: string, x: Tensor, options: TriangleOptions): Tensor {
  const { y } = run(triangle, { x }, options);
  return differentiable(name, { x }, y, {}, (dy, _saved, { x: dx }) => {
    dx?.add(run(triangle, { x: dy }, options, { y: dx.into }).y);
  });
}

const kinds = { x: tensorKind, diagonal: /* @__PURE__ */ optional(integer) };

/**
 * The lower triangles of matrices x[..., rows, columns], zeros above: torch.tril. `diagonal` (default 0) is the last
 * diagonal kept, positive above the main one. Throws `ShapeError` for fewer than two axes.
 */
export const tril = /* @__PURE__ */ checked(
  "tril",
  kinds,
  (x: Tensor, diagonal = 0): Tensor => kept("tril", x, { high: diagonal }),
);

/**
 * The upper triangles of matrices x[..., rows, columns], zeros below: torch.triu. `diagonal` (default 0) is the first
 * diagonal kept, positive above the main one. Throws `ShapeError` for fewer than two axes.
 */
export const triu = /* @__PURE__ */ checked(
  "triu",
  kinds,
  (x: Tensor, diagonal = 0): Tensor => kept("triu", x, { low: diagonal }),
);

/**
 * x with `value` where `mask` is not 0: torch.Tensor.masked_fill, out of place. The mask broadcasts to x's shape. Filled
 * elements get no gradient. Throws `ShapeError` if the mask does not broadcast.
 */
export const maskedFill = /* @__PURE__ */ checked(
  "maskedFill",
  { x: tensorKind, mask: tensorKind, value: anyNumber },
  (x: Tensor, mask: Tensor, value: number): Tensor => {
    if (!sameShape(broadcastShapes("maskedFill", x.shape, mask.shape), x.shape)) {
      throw new ShapeError(
        `maskedFill: expected a mask that broadcasts to ${show(x.shape, "x")}, got ${show(mask.shape, "mask")}; expand x`,
      );
    }
    return where(mask, value, x);
  },
);
