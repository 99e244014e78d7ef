import { differentiable } from "../autograd/node.ts";
import { sameShape } from "../core/shape.ts";
import { binary } from "../kernels/elementwise/binary.ts";
import { binaryGrad } from "../kernels/elementwise/binary_grad.ts";
import type { BinaryOp } from "../kernels/elementwise/binary_ops.ts";
import { scale } from "../kernels/elementwise/scale.ts";
import { unary } from "../kernels/elementwise/unary.ts";
import { unaryGrad } from "../kernels/elementwise/unary_grad.ts";
import type { UnaryOp } from "../kernels/elementwise/unary_ops.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { sumTo } from "./reduce.ts";

/** a ∘ b with NumPy broadcasting. da = Σ dc · ∂op/∂a over the axes a was broadcast along, db likewise. */
function combine(op: BinaryOp, a: Tensor, b: Tensor): Tensor {
  const { c } = run(binary, { a, b }, { op });
  return differentiable(op, { a, b }, c, { a, b }, (dc, saved, grads) => {
    for (const of of ["a", "b"] as const) {
      const slot = grads[of];
      if (!slot) continue;
      const into = sameShape(dc.shape, saved[of].shape) ? slot.into : undefined;
      const { dop } = run(binaryGrad, { dc, a: saved.a, b: saved.b }, { op, of }, { dop: into });
      slot.add(sumTo(dop, saved[of].shape));
    }
  });
}

/** Sums and differences need nothing saved: the gradient is dc, or −dc. */
function combineLinear(op: "add" | "sub", a: Tensor, b: Tensor): Tensor {
  const { c } = run(binary, { a, b }, { op });
  const shapes = { a: a.shape, b: b.shape };
  return differentiable(op, { a, b }, c, {}, (dc, _saved, grads) => {
    grads.a?.add(sumTo(dc.detach(), shapes.a));
    if (!grads.b) return;
    const db = sumTo(dc.detach(), shapes.b);
    if (op === "add") return grads.b.add(db);
    grads.b.add(run(scale, { x: db }, { scale: -1, shift: 0 }, { y: grads.b.into }).y);
    db.dispose();
  });
}

/** y = factor · x + shift for numbers: dx = factor · dy. */
export function affine(
  x: Tensor,
  { factor = 1, shift = 0 }: { factor?: number; shift?: number },
): Tensor {
  const { y } = run(scale, { x }, { scale: factor, shift });
  return differentiable("affine", { x }, y, {}, (dy, _saved, { x: dx }) => {
    dx?.add(run(scale, { x: dy }, { scale: factor, shift: 0 }, { y: dx.into }).y);
  });
}

/** a + b; either may be a number. */
export function add(a: Tensor, b: Tensor | number): Tensor {
  return typeof b === "number" ? affine(a, { shift: b }) : combineLinear("add", a, b);
}

/** a − b. */
export function sub(a: Tensor, b: Tensor | number): Tensor {
  return typeof b === "number" ? affine(a, { shift: -b }) : combineLinear("sub", a, b);
}

/** a · b, element by element. */
export function mul(a: Tensor, b: Tensor | number): Tensor {
  return typeof b === "number" ? affine(a, { factor: b }) : combine("mul", a, b);
}

/** a / b. */
export function div(a: Tensor, b: Tensor | number): Tensor {
  return typeof b === "number" ? affine(a, { factor: 1 / b }) : combine("div", a, b);
}

/** aᵇ, element by element. */
export const pow = (a: Tensor, b: Tensor) => combine("pow", a, b);

/** The larger of each pair; equals share the gradient. */
export const maximum = (a: Tensor, b: Tensor) => combine("maximum", a, b);

/** The smaller of each pair; equals share the gradient. */
export const minimum = (a: Tensor, b: Tensor) => combine("minimum", a, b);

function map(op: UnaryOp, x: Tensor): Tensor {
  const { y } = run(unary, { x }, { op });
  return differentiable(op, { x }, y, { x }, (dy, saved, { x: dx }) => {
    dx?.add(run(unaryGrad, { x: saved.x, dy }, { op }, { dx: dx.into }).dx);
  });
}

export const neg = (x: Tensor) => map("neg", x);
/** |x|; the derivative at 0 is 0. */
export const abs = (x: Tensor) => map("abs", x);
export const exp = (x: Tensor) => map("exp", x);
/** Natural logarithm. */
export const log = (x: Tensor) => map("log", x);
export const sqrt = (x: Tensor) => map("sqrt", x);
export const square = (x: Tensor) => map("square", x);
/** 1 / x. */
export const reciprocal = (x: Tensor) => map("reciprocal", x);
export const sin = (x: Tensor) => map("sin", x);
export const cos = (x: Tensor) => map("cos", x);
