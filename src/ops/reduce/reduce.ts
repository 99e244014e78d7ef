import { differentiable } from "../../autograd/node.ts";
import { boolean, integer, list, optional } from "../../core/kinds.ts";
import { type Shape, sameShape } from "../../core/shape.ts";
import { checked, options } from "../../core/signature.ts";
import { binary } from "../../kernels/elementwise/binary.ts";
import { scale } from "../../kernels/elementwise/scale.ts";
import { argmax as argmaxKernel } from "../../kernels/reduce/argmax.ts";
import { planReduction, type ReduceAxes, reducePasses } from "../../kernels/reduce/axes.ts";
import { extremumGrad } from "../../kernels/reduce/extremum_grad.ts";
import { type ReduceOptions, reduce } from "../../kernels/reduce/reduce.ts";
import { contiguous } from "../../kernels/shape/contiguous.ts";
import { expanded } from "../../kernels/shape/views.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { onAdapter, run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { view } from "../../tensor/view.ts";
import { asFloat } from "../elementwise/operands.ts";

export type { ReduceAxes } from "../../kernels/reduce/axes.ts";

/** Kinds of the options of operations that reduce over axes. */
export const reduceKinds = { axes: /* @__PURE__ */ list(integer), keepDims: boolean } as const;

/** Makes a reduction that checks its arguments. */
function reduction(name: string, work: (x: Tensor, given?: ReduceAxes) => Tensor) {
  const given = /* @__PURE__ */ optional(/* @__PURE__ */ options<ReduceAxes>(reduceKinds));
  return checked(name, { x: tensorKind, options: given }, work);
}

/** Runs the passes of a reduction; the last one writes to `into` if it is given. */
function reduceAll(x: Tensor, passes: readonly ReduceOptions[], into?: Tensor): Tensor {
  return passes.reduce((h, options, i) => {
    const last = i === passes.length - 1;
    const { y } = run(reduce, { x: h }, options, { y: last ? into : undefined });
    if (h !== x) h.dispose();
    return y;
  }, x);
}

export interface SumOptions extends ReduceAxes {
  /** An existing tensor of the result's size to write. */
  readonly into?: Tensor | undefined;
}

/** Sum over `axes`, without a gradient: a page whose sums need none does not load the kernels of one. */
export const plainSum = (x: Tensor, { into, ...axes }: SumOptions): Tensor =>
  reduceAll(x, reducePasses("sum", x.shape, axes, onAdapter(x)), into);

/** Shape of the result with reduced axes of size 1, for broadcasting. */
const kept = (x: Tensor, { axes }: ReduceAxes): Shape =>
  planReduction("reduce", x.shape, { axes, keepDims: true }).shape;

function linear(op: "sum" | "mean", x: Tensor, given: SumOptions): Tensor {
  const { into, ...axes } = given;
  const y = reduceAll(x, reducePasses(op, x.shape, axes, onAdapter(x)), into);
  const { shape } = x;
  const wide = kept(x, axes);
  const factor = op === "mean" ? y.size / x.size : 1;
  return differentiable(op, { x }, y, {}, (dy, _saved, grads) => {
    if (!grads.x) return;
    using small = view(dy, wide);
    using scaled = factor === 1 ? small : run(scale, { x: small }, { scale: factor, shift: 0 }).y;
    grads.x.add(run(contiguous, { x: scaled }, expanded(wide, shape), { y: grads.x.into }).y);
  });
}

/**
 * Sum over `axes` (default all); of integers in their own type, modulo 2³². `into` writes an existing tensor of the
 * result's size.
 *
 * @example
 * ```ts
 * import { sum, tensor } from "wgrad";
 * const x = tensor([[1, 2], [3, 4]]);
 * console.log(await sum(x).item(), await sum(x, { axes: [1] }).read()); // 10 [3, 7]
 * ```
 */
export const sum = /* @__PURE__ */ checked(
  "sum",
  {
    x: tensorKind,
    options: /* @__PURE__ */ optional(
      /* @__PURE__ */ options<SumOptions>({ ...reduceKinds, into: tensorKind }),
    ),
  },
  (x: Tensor, given: SumOptions = {}): Tensor => linear("sum", x, given),
);

/**
 * Mean over `axes` (default all); of integers in f32.
 *
 * @example
 * ```ts
 * import { mean, tensor } from "wgrad";
 * const y = mean(tensor([[1, 2], [3, 4]]), { axes: [0], keepDims: true });
 * console.log(y.shape, await y.read()); // [1, 2] [2, 3]
 * ```
 */
export const mean = /* @__PURE__ */ reduction("mean", (x, given = {}) =>
  asFloat(x, (float) => linear("mean", float, given)),
);

function extremum(op: "max" | "min", x: Tensor, options: ReduceAxes): Tensor {
  const y = reduceAll(x, reducePasses(op, x.shape, options, onAdapter(x)));
  const wide = kept(x, options);
  return differentiable(op, { x }, y, { x, y }, (dy, saved, grads) => {
    if (!grads.x) return;
    using top = view(saved.y, wide);
    using upstream = view(dy, wide);
    using equal = run(binary, { a: saved.x, b: top }, { op: "equal" }).c;
    using ties = sum(equal, { ...options, keepDims: true });
    const inputs = { x: saved.x, y: top, ties, dy: upstream };
    grads.x.add(run(extremumGrad, inputs, {}, { dx: grads.x.into }).dx);
  });
}

/**
 * Maximum over `axes` (default all); equal elements share the gradient, as in torch.amax.
 *
 * @example
 * ```ts
 * import { max, tensor } from "wgrad";
 * console.log(await max(tensor([[1, 5], [7, 3]]), { axes: [1] }).read()); // [5, 7]
 * ```
 */
export const max = /* @__PURE__ */ reduction("max", (x, given = {}) => extremum("max", x, given));

/** Minimum over `axes` (default all); equal elements share the gradient, as in torch.amin. */
export const min = /* @__PURE__ */ reduction("min", (x, given = {}) => extremum("min", x, given));

function argument(name: string, largest: boolean) {
  return checked(
    name,
    { x: tensorKind, axis: /* @__PURE__ */ optional(integer) },
    (x: Tensor, axis = -1): Tensor => run(argmaxKernel, { x }, { axis, largest }).index,
  );
}

/**
 * Index (u32) of the maximum along `axis` (default the last), the first of equal ones; NaN counts as the largest. No
 * gradient.
 *
 * @example
 * ```ts
 * import { argmax, tensor } from "wgrad";
 * console.log(await argmax(tensor([[1, 5], [7, 3]])).read()); // [1, 0]
 * ```
 */
export const argmax = /* @__PURE__ */ argument("argmax", true);

/** Index (u32) of the minimum along `axis`, the first of equal ones; NaN counts as the smallest. No gradient. */
export const argmin = /* @__PURE__ */ argument("argmin", false);

/**
 * Undoes broadcasting: sums a gradient over the axes along which `shape` was stretched. Returns the gradient itself if
 * there are none, else frees it.
 */
export function sumTo(gradient: Tensor, shape: Shape): Tensor {
  if (sameShape(gradient.shape, shape)) return gradient;
  const lead = gradient.shape.length - shape.length;
  const axes = gradient.shape.flatMap((n, axis) =>
    axis < lead || (shape[axis - lead] === 1 && n !== 1) ? [axis] : [],
  );
  const total = axes.length ? plainSum(gradient, { axes }) : gradient;
  const result = view(total, shape);
  if (total !== gradient) total.dispose();
  gradient.dispose();
  return result;
}
