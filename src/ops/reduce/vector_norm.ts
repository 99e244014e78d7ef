import { differentiable } from "../../autograd/node.ts";
import { ValueError } from "../../core/errors.ts";
import { number, optional } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import { binary } from "../../kernels/elementwise/binary.ts";
import { where } from "../../kernels/elementwise/where.ts";
import { planReduction, type ReduceAxes } from "../../kernels/reduce/axes.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { view } from "../../tensor/view.ts";
import { clamp } from "../elementwise/compare.ts";
import { abs, div, mul, sqrt, square } from "../elementwise/elementwise.ts";
import { filledOn } from "../shape/create.ts";
import { max, reduceKinds, sum } from "./reduce.ts";

/** Order of the norm, and axes. */
export interface NormOverOptions extends ReduceAxes {
  /** 1: Σ|x|, 2: √Σx², Infinity: max |x|. Default 2. */
  readonly p?: 1 | 2 | typeof Infinity;
}

/**
 * Norm of vectors along `axes` (default: all elements as one vector), torch.linalg.vector_norm. The gradient of the 2-norm
 * at 0 is 0; equal maxima share the gradient of the maximum norm. Squares of large and small elements neither overflow nor
 * underflow. Throws `ValueError` for another p, `ShapeError` for axes that do not exist.
 *
 * @example
 * ```ts
 * import { norm, tensor } from "wgrad";
 * const x = tensor([[3, 4], [6, 8]]);
 * console.log(await norm(x, { axes: [1] }).read(), await norm(x, { p: Infinity }).item()); // [5, 10] 8
 * ```
 */
export const norm = /* @__PURE__ */ checked(
  "norm",
  {
    x: tensorKind,
    options: /* @__PURE__ */ optional(
      /* @__PURE__ */ options<NormOverOptions>({ ...reduceKinds, p: number }),
    ),
  },
  (x: Tensor, { p = 2, ...axes }: NormOverOptions = {}): Tensor => {
    if (p === 1 || p === Infinity) {
      using sizes = abs(x);
      return p === 1 ? sum(sizes, axes) : max(sizes, axes);
    }
    if (p === 2) return euclidean(x, axes);
    throw new ValueError(
      `norm: expected p of 1, 2 or Infinity, got ${p}; write another power with pow and sum`,
    );
  },
);

/** Scales whose inverse is a normal f32, so that division by them is accurate on every adapter. */
const SCALES = { min: 2 ** -126, max: 2 ** 126 };

/** y = s · √Σ(x / s)², s = max |x|, so that squares neither overflow nor underflow; dx = x / y · dy, and 0 where y is 0. */
function euclidean(x: Tensor, axes: ReduceAxes): Tensor {
  const wide = { ...axes, keepDims: true };
  using data = x.detach();
  using sizes = abs(data);
  using most = x.size > 0 ? max(sizes, wide) : sum(sizes, wide); // max() refuses an empty tensor
  using scale = clamp(most, SCALES);
  using scaled = div(data, scale);
  using squares = square(scaled);
  using total = sum(squares, wide);
  using length = sqrt(total);
  using root = mul(length, scale);
  const y = view(root, planReduction("norm", x.shape, axes).shape);
  return differentiable("norm", { x }, y, { x, root }, (dy, saved, { x: dx }) => {
    using upstream = view(dy, saved.root.shape);
    using quotient = run(binary, { a: saved.x, b: saved.root }, { op: "div" }).c;
    using zero = filledOn(dy.engine, [], 0);
    using slope = run(where, { condition: saved.root, a: quotient, b: zero }, {}).y;
    dx?.add(run(binary, { a: slope, b: upstream }, { op: "mul" }, { c: dx.into }).c);
  });
}
