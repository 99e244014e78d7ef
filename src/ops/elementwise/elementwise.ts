import { differentiable } from "../../autograd/node.ts";
import { either, nothing, number, oneOf } from "../../core/kinds.ts";
import { sameShape } from "../../core/shape.ts";
import { checked, options } from "../../core/signature.ts";
import { binaryGrad } from "../../kernels/elementwise/binary_grad.ts";
import type { BinaryOp } from "../../kernels/elementwise/binary_ops.ts";
import { scale } from "../../kernels/elementwise/scale.ts";
import { unary } from "../../kernels/elementwise/unary.ts";
import { unaryGrad } from "../../kernels/elementwise/unary_grad.ts";
import type { UnaryOp } from "../../kernels/elementwise/unary_ops.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { mergeHook } from "../merge_hook.ts";
import { sumTo } from "../reduce/reduce.ts";
import {
  applied,
  asFloat,
  isFloat,
  isInteger,
  meeting,
  type Operand,
  pairKinds,
} from "./operands.ts";

/** The kernels of an operation with two operands of one dtype. */
interface BinaryKernels {
  forward(a: Tensor, b: Tensor): Tensor;
  /** dc · ∂op/∂a or ∂op/∂b in the shape of dc; written to `dop` if it is given. */
  slope(inputs: Record<"dc" | "a" | "b", Tensor>, of: "a" | "b", dop: Tensor | undefined): Tensor;
}

/** a ∘ b with NumPy broadcasting. da is Σ dc · ∂op/∂a over the axes along which a was broadcast; db likewise. */
export function paired(op: string, first: Operand, second: Operand, pair: BinaryKernels): Tensor {
  return meeting(op, first, second, (a, b) => {
    const c = pair.forward(a, b);
    return differentiable(op, { a, b }, c, { a, b }, (dc, saved, grads) => {
      for (const of of ["a", "b"] as const) {
        const slot = grads[of];
        if (!slot) continue;
        const into = sameShape(dc.shape, saved[of].shape) ? slot.into : undefined;
        const dop = pair.slope({ dc, a: saved.a, b: saved.b }, of, into);
        slot.add(sumTo(dop, saved[of].shape));
      }
    });
  });
}

const combine = (op: BinaryOp, first: Operand, second: Operand): Tensor =>
  paired(op, first, second, {
    forward: (a, b) => applied(op, a, b),
    slope: (inputs, of, dop) => run(binaryGrad, inputs, { op, of }, { dop }).dop,
  });

/** For sums and differences nothing needs to be saved: the gradient is dc, or −dc. */
function combineLinear(op: "add" | "sub", first: Operand, second: Operand): Tensor {
  return meeting(op, first, second, (a, b) => {
    const hook = op === "add" ? mergeHook() : undefined;
    if (hook) return hook.add(a, b, () => applied(op, a, b));
    const c = applied(op, a, b);
    const shapes = { a: a.shape, b: b.shape };
    return differentiable(op, { a, b }, c, {}, (dc, _saved, grads) => {
      grads.a?.add(sumTo(dc.detach(), shapes.a));
      if (!grads.b) return;
      const db = sumTo(dc.detach(), shapes.b);
      if (op === "add") return grads.b.add(db);
      grads.b.add(run(scale, { x: db }, { scale: -1, shift: 0 }, { y: grads.b.into }).y);
      db.dispose();
    });
  });
}

export interface ScaleOptions {
  /** Default 1. */
  readonly factor?: number | undefined;
  /** Default 0. */
  readonly shift?: number | undefined;
}

/** y = factor · x + shift with numbers factor and shift: dx = factor · dy. */
function line(x: Tensor, { factor = 1, shift = 0 }: ScaleOptions): Tensor {
  const { y } = run(scale, { x }, { scale: factor, shift });
  return differentiable("affine", { x }, y, {}, (dy, _saved, { x: dx }) => {
    dx?.add(run(scale, { x: dy }, { scale: factor, shift: 0 }, { y: dx.into }).y);
  });
}

/** y = factor · x + shift with numbers factor and shift: dx = factor · dy. Integers are converted to f32. */
export const affine = /* @__PURE__ */ checked(
  "affine",
  {
    x: tensorKind,
    options: /* @__PURE__ */ options<ScaleOptions>({ factor: number, shift: number }),
  },
  (x: Tensor, given: ScaleOptions = {}): Tensor => asFloat(x, (float) => line(float, given)),
);

function arithmetic(name: string, work: (a: Operand, b: Operand) => Tensor) {
  return checked(name, pairKinds, work);
}

/**
 * a + b with broadcasting; one operand may be a number. Dtypes are promoted as in PyTorch; integers wrap.
 *
 * @example
 * ```ts
 * import { add, tensor } from "wgrad";
 * const y = add(tensor([[1], [2]]), tensor([10, 20])); // [2, 1] and [2] broadcast to [2, 2]
 * console.log(y.shape, await y.read()); // [2, 2] [11, 21, 12, 22]
 * ```
 */
export const add = /* @__PURE__ */ arithmetic("add", (a, b) => {
  if (isFloat(a) && typeof b === "number") return line(a, { shift: b });
  if (isFloat(b) && typeof a === "number") return line(b, { shift: a });
  return combineLinear("add", a, b);
});

/** a − b with broadcasting; one operand may be a number. */
export const sub = /* @__PURE__ */ arithmetic("sub", (a, b) => {
  if (isFloat(a) && typeof b === "number") return line(a, { shift: -b });
  if (isFloat(b) && typeof a === "number") return line(b, { factor: -1, shift: a });
  return combineLinear("sub", a, b);
});

/**
 * a · b, elementwise, with broadcasting; one operand may be a number.
 *
 * @example
 * ```ts
 * import { mul, tensor } from "wgrad";
 * console.log(await mul(tensor([1, 2, 3]), 10).read()); // [10, 20, 30]
 * ```
 */
export const mul = /* @__PURE__ */ arithmetic("mul", (a, b) => {
  if (isFloat(a) && typeof b === "number") return line(a, { factor: b });
  if (isFloat(b) && typeof a === "number") return line(b, { factor: a });
  return combine("mul", a, b);
});

/** Whether 1 / b is exact in f32, so that multiplying by it equals dividing by b. */
function invertible(b: Operand): b is number {
  const exponent = typeof b === "number" ? Math.log2(Math.abs(b)) : NaN;
  return Number.isInteger(exponent) && Math.abs(exponent) <= 126;
}

/** Options of `div`. */
export interface DivOptions {
  /**
   * Rounding of the quotient: "floor" rounds down as Python's //, "trunc" towards 0 as C. The result then has the operands'
   * dtype, is exactly rounded, and has gradient 0; an integer divided by 0 gives 0. Default: no rounding.
   */
  readonly roundingMode?: keyof typeof roundings | null | undefined;
}

const roundings = { floor: "floor_div", trunc: "trunc_div" } as const;

/** a / b with broadcasting; one operand may be a number. Quotients of integers are f32 unless rounded. */
export const div = /* @__PURE__ */ checked(
  "div",
  {
    ...pairKinds,
    options: /* @__PURE__ */ options<DivOptions>({
      roundingMode: /* @__PURE__ */ either(/* @__PURE__ */ oneOf("floor", "trunc"), nothing),
    }),
  },
  (a: Operand, b: Operand, { roundingMode }: DivOptions = {}): Tensor => {
    if (roundingMode) return combine(roundings[roundingMode], a, b);
    return isFloat(a) && invertible(b) ? line(a, { factor: 1 / b }) : combine("div", a, b);
  },
);

/** aᵇ, elementwise, with broadcasting; one operand may be a number. */
export const pow = /* @__PURE__ */ arithmetic("pow", (a, b) => combine("pow", a, b));

/** Elementwise maximum, with broadcasting; one operand may be a number. Equal operands share the gradient. */
export const maximum = /* @__PURE__ */ arithmetic("maximum", (a, b) => combine("maximum", a, b));

/** Elementwise minimum, with broadcasting; one operand may be a number. Equal operands share the gradient. */
export const minimum = /* @__PURE__ */ arithmetic("minimum", (a, b) => combine("minimum", a, b));

function map(op: UnaryOp, x: Tensor): Tensor {
  const { y } = run(unary, { x }, { op });
  return differentiable(op, { x }, y, { x }, (dy, saved, { x: dx }) => {
    dx?.add(run(unaryGrad, { x: saved.x, dy }, { op }, { dx: dx.into }).dx);
  });
}

/**
 * Makes an operation from a function of every element. Integers are converted to f32, as in PyTorch, unless `whole` handles
 * them.
 */
export function mapped(op: UnaryOp, whole?: (x: Tensor) => Tensor) {
  return checked(
    op,
    { x: tensorKind },
    (x: Tensor): Tensor =>
      whole && isInteger(x) ? whole(x) : asFloat(x, (float) => map(op, float)),
  );
}

/** −x; for u32 modulo 2³². */
export const neg = /* @__PURE__ */ mapped("neg", (x) => sub(0, x));
/** |x|; the derivative at 0 is 0. */
export const abs = /* @__PURE__ */ mapped("abs", (x) => maximum(x, x.dtype === "u32" ? x : neg(x)));
/** e to the power of every element: dx = dy · y. The result is ∞ above 88.72, the limit of f32. */
export const exp = /* @__PURE__ */ mapped("exp");
/** Natural logarithm. */
export const log = /* @__PURE__ */ mapped("log");
/** Square root of every element: dx = dy / (2y), infinite at 0. NaN for negative numbers. */
export const sqrt = /* @__PURE__ */ mapped("sqrt");
/** Square of every element: dx = 2 · x · dy. */
export const square = /* @__PURE__ */ mapped("square", (x) => mul(x, x));
/** 1 / x. */
export const reciprocal = /* @__PURE__ */ mapped("reciprocal");
/** Sine of every element, in radians: dx = dy · cos x. */
export const sin = /* @__PURE__ */ mapped("sin");
/** Cosine of every element, in radians: dx = −dy · sin x. */
export const cos = /* @__PURE__ */ mapped("cos");
