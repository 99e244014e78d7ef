import { differentiable } from "../autograd/node.ts";
import { sameShape } from "../core/shape.ts";
import { binary } from "../kernels/elementwise/binary.ts";
import type { BinaryOp } from "../kernels/elementwise/binary_ops.ts";
import { type ClampOptions, clamp as clampKernel } from "../kernels/elementwise/clamp.ts";
import { clampGrad } from "../kernels/elementwise/clamp_grad.ts";
import { where as whereKernel } from "../kernels/elementwise/where.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { full } from "./create.ts";
import { sumTo } from "./reduce.ts";

export type { ClampOptions } from "../kernels/elementwise/clamp.ts";

/** A tensor as it is, a number as a scalar; frees the scalar after `use`. */
function withScalar<R>(value: Tensor | number, use: (tensor: Tensor) => R): R {
  if (typeof value !== "number") return use(value);
  using scalar = full([], value);
  return use(scalar);
}

/** 1 or 0 for every pair; no gradient flows through a comparison. */
function compare(op: BinaryOp, a: Tensor, b: Tensor | number): Tensor {
  return withScalar(b, (other) => {
    const { c } = run(binary, { a, b: other }, { op });
    c.name = op;
    return c;
  });
}

/** 1 where a = b, else 0 (f32), with NumPy broadcasting; NaN equals nothing. b may be a number. No gradient. */
export const equal = (a: Tensor, b: Tensor | number) => compare("equal", a, b);

/** 1 where a ≠ b, else 0 (f32); NaN differs from everything. No gradient. */
export const notEqual = (a: Tensor, b: Tensor | number) => compare("not_equal", a, b);

/** 1 where a < b, else 0 (f32), 0 where either is NaN. No gradient. */
export const less = (a: Tensor, b: Tensor | number) => compare("less", a, b);

/** 1 where a ≤ b, else 0 (f32), 0 where either is NaN. No gradient. */
export const lessEqual = (a: Tensor, b: Tensor | number) => compare("less_equal", a, b);

/** 1 where a > b, else 0 (f32), 0 where either is NaN. No gradient. */
export const greater = (a: Tensor, b: Tensor | number) => compare("greater", a, b);

/** 1 where a ≥ b, else 0 (f32), 0 where either is NaN. No gradient. */
export const greaterEqual = (a: Tensor, b: Tensor | number) => compare("greater_equal", a, b);

/** 1 where neither is 0, else 0 (f32); NaN counts as true. No gradient. */
export const logicalAnd = (a: Tensor, b: Tensor) => compare("logical_and", a, b);

/** 0 where both are 0, else 1 (f32); NaN counts as true. No gradient. */
export const logicalOr = (a: Tensor, b: Tensor) => compare("logical_or", a, b);

/** 1 where exactly one is 0, else 0 (f32); NaN counts as true. No gradient. */
export const logicalXor = (a: Tensor, b: Tensor) => compare("logical_xor", a, b);

/** 1 where x is 0, else 0 (f32). No gradient. */
export const logicalNot = (x: Tensor) => compare("equal", x, 0);

/**
 * a where `condition` is not 0, else b, with broadcasting; a and b may be numbers. The gradient of what is not chosen is 0,
 * whatever its value; `condition` has none. Throws `ShapeError` if the three do not broadcast.
 */
export function where(condition: Tensor, a: Tensor | number, b: Tensor | number): Tensor {
  return withScalar(a, (left) => withScalar(b, (right) => choose(condition, left, right)));
}

function choose(condition: Tensor, a: Tensor, b: Tensor): Tensor {
  const { y } = run(whereKernel, { condition, a, b }, {});
  const shapes = { a: a.shape, b: b.shape };
  return differentiable("where", { a, b }, y, { condition }, (dy, saved, grads) => {
    using zero = full([], 0);
    for (const of of ["a", "b"] as const) {
      const slot = grads[of];
      if (!slot) continue;
      const into = sameShape(dy.shape, shapes[of]) ? slot.into : undefined;
      const inputs = of === "a" ? { a: dy, b: zero } : { a: zero, b: dy };
      const chosen = run(whereKernel, { condition: saved.condition, ...inputs }, {}, { y: into });
      slot.add(sumTo(chosen.y, shapes[of]));
    }
  });
}

/**
 * min(max(x, min), max): torch.clamp. NaN stays NaN; where min > max the result is max. The gradient is 1 between the
 * bounds and on them, 0 outside. Throws `ValueError` if there is no bound or one is NaN.
 */
export function clamp(x: Tensor, options: ClampOptions): Tensor {
  const { y } = run(clampKernel, { x }, options);
  return differentiable("clamp", { x }, y, { x }, (dy, saved, { x: dx }) => {
    dx?.add(run(clampGrad, { x: saved.x, dy }, options, { dx: dx.into }).dx);
  });
}
