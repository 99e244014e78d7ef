import { differentiable } from "../../autograd/node.ts";
import { number } from "../../core/kinds.ts";
import { sameShape } from "../../core/shape.ts";
import { checked, options } from "../../core/signature.ts";
import type { BinaryOp } from "../../kernels/elementwise/binary_ops.ts";
import {
  type ClampOptions,
  clampBounds,
  clamp as clampKernel,
} from "../../kernels/elementwise/clamp.ts";
import { clampGrad } from "../../kernels/elementwise/clamp_grad.ts";
import { where as whereKernel } from "../../kernels/elementwise/where.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { sumTo } from "../reduce/reduce.ts";
import { filledOn } from "../shape/create.ts";
import {
  applied,
  asFloat,
  isInteger,
  meeting,
  type Operand,
  pairKinds,
  together,
} from "./operands.ts";

export type { ClampOptions } from "../../kernels/elementwise/clamp.ts";

/** a ∘ b without a gradient; comparisons give 1 or 0. */
function compare(op: BinaryOp, a: Operand, b: Operand): Tensor {
  return meeting(op, a, b, (left, right) => Object.assign(applied(op, left, right), { name: op }));
}

function comparison(name: string, op: BinaryOp) {
  return checked(name, pairKinds, (a: Operand, b: Operand): Tensor => compare(op, a, b));
}

/** 1 where a = b, else 0 (f32), with NumPy broadcasting; NaN equals nothing. Either may be a number. No gradient. */
export const equal = /* @__PURE__ */ comparison("equal", "equal");

/** 1 where a ≠ b, else 0 (f32); NaN differs from everything. No gradient. */
export const notEqual = /* @__PURE__ */ comparison("notEqual", "not_equal");

/** 1 where a < b, else 0 (f32), 0 where either is NaN. No gradient. */
export const less = /* @__PURE__ */ comparison("less", "less");

/** 1 where a ≤ b, else 0 (f32), 0 where either is NaN. No gradient. */
export const lessEqual = /* @__PURE__ */ comparison("lessEqual", "less_equal");

/** 1 where a > b, else 0 (f32), 0 where either is NaN. No gradient. */
export const greater = /* @__PURE__ */ comparison("greater", "greater");

/** 1 where a ≥ b, else 0 (f32), 0 where either is NaN. No gradient. */
export const greaterEqual = /* @__PURE__ */ comparison("greaterEqual", "greater_equal");

/** 1 where neither is 0, else 0 (f32); NaN counts as true. No gradient. */
export const logicalAnd = /* @__PURE__ */ comparison("logicalAnd", "logical_and");

/** 0 where both are 0, else 1 (f32); NaN counts as true. No gradient. */
export const logicalOr = /* @__PURE__ */ comparison("logicalOr", "logical_or");

/** 1 where exactly one is 0, else 0 (f32); NaN counts as true. No gradient. */
export const logicalXor = /* @__PURE__ */ comparison("logicalXor", "logical_xor");

/** 1 where x is 0, else 0 (f32). No gradient. */
export const logicalNot = /* @__PURE__ */ checked(
  "logicalNot",
  { x: tensorKind },
  (x: Tensor): Tensor => compare("equal", x, 0),
);

/**
 * a where `condition` is not 0, else b, with broadcasting; a and b may be numbers. The gradient of elements that are not
 * chosen is 0, whatever their value; `condition` has no gradient. Throws `ShapeError` if the three do not broadcast.
 *
 * @example
 * ```ts
 * import { greater, tensor, where } from "wgrad";
 * const x = tensor([-1, 2, 3]);
 * console.log(await where(greater(x, 0), x, 0).read()); // [0, 2, 3]
 * ```
 */
export const where = /* @__PURE__ */ checked(
  "where",
  { condition: tensorKind, ...pairKinds },
  (condition: Tensor, a: Operand, b: Operand): Tensor =>
    asFloat(condition, (holds) =>
      together(condition.engine, a, b, (left, right) => choose(holds, left, right)),
    ),
);

function choose(condition: Tensor, a: Tensor, b: Tensor): Tensor {
  const { y } = run(whereKernel, { condition, a, b }, {});
  const shapes = { a: a.shape, b: b.shape };
  return differentiable("where", { a, b }, y, { condition }, (dy, saved, grads) => {
    using zero = filledOn(dy.engine, [], 0);
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

/** `clamp` for integers; the result is f32 if a bound is not an integer. */
function clampWhole(x: Tensor, bounds: ClampOptions): Tensor {
  const { low, high } = clampBounds(bounds);
  const raise = () => (low === -Infinity ? x.detach() : compare("maximum", x, low));
  using raised = raise();
  return high === Infinity ? raised.detach() : compare("minimum", raised, high);
}

/**
 * min(max(x, min), max): torch.clamp. NaN stays NaN; where min > max the result is max. The gradient is 1 between the
 * bounds and on them, 0 outside. Throws `ValueError` if there is no bound or one is NaN.
 *
 * @example
 * ```ts
 * import { clamp, tensor } from "wgrad";
 * console.log(await clamp(tensor([-5, 0.5, 5]), { min: -1, max: 1 }).read()); // [-1, 0.5, 1]
 * ```
 */
export const clamp = /* @__PURE__ */ checked(
  "clamp",
  {
    x: tensorKind,
    options: /* @__PURE__ */ options<ClampOptions>({ min: number, max: number }),
  },
  (x: Tensor, bounds: ClampOptions = {}): Tensor => {
    if (isInteger(x)) return clampWhole(x, bounds);
    const { y } = run(clampKernel, { x }, bounds);
    return differentiable("clamp", { x }, y, { x }, (dy, saved, { x: dx }) => {
      dx?.add(run(clampGrad, { x: saved.x, dy }, bounds, { dx: dx.into }).dx);
    });
  },
);
