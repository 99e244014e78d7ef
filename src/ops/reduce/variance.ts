import { differentiable } from "../../autograd/node.ts";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { number, optional } from "../../core/kinds.ts";
import { type Shape, show } from "../../core/shape.ts";
import { checked, options } from "../../core/signature.ts";
import { binary } from "../../kernels/elementwise/binary.ts";
import { scale } from "../../kernels/elementwise/scale.ts";
import { unary } from "../../kernels/elementwise/unary.ts";
import { where } from "../../kernels/elementwise/where.ts";
import { planReduction, type ReduceAxes, type ReductionSizes } from "../../kernels/reduce/axes.ts";
import { varianceGrad } from "../../kernels/reduce/variance_grad.ts";
import { contiguous } from "../../kernels/shape/contiguous.ts";
import { permuted } from "../../kernels/shape/views.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { view } from "../../tensor/view.ts";
import { statsOf } from "../norm/norm.ts";
import { filledOn } from "../shape/create.ts";
import { reduceKinds } from "./reduce.ts";

/** Axes, and the correction of the divisor. */
export interface VarianceOptions extends ReduceAxes {
  /** The divisor is n − correction: 1 for the unbiased estimate, 0 for the population's. Default 1, as in PyTorch. */
  readonly correction?: number | undefined;
}

/** (pivot, offset, rstd, variance) of every output, [outputs, 4]: pivot, then two passes, by norm/stats. */
function moments(
  x: Tensor,
  { kept, reduced, length }: ReductionSizes,
  axes: readonly number[],
): Tensor {
  const [step, ...more] = reduced;
  const rows = x.size / length;
  if (more.length === 0 && (step?.stride === 1 || step?.size === 1)) {
    using matrix = view(x, [rows, length]);
    return statsOf(matrix, { kind: "layer", axes: 1 }, 0);
  }
  const [channels, ...others] = kept;
  if (channels && others.length === 0) {
    const { size, stride } = channels;
    using planes = view(x, [x.size / (size * stride), size, stride]);
    return statsOf(planes, { kind: "batch" }, 0);
  }
  const last = new Set(axes.map((axis) => (axis < 0 ? axis + x.shape.length : axis)));
  const all = x.shape.map((_, axis) => axis);
  const order = [...all.filter((axis) => !last.has(axis)), ...last];
  using turned = run(contiguous, { x }, permuted(x.shape, order)).y;
  using matrix = view(turned, [rows, length]);
  return statsOf(matrix, { kind: "layer", axes: 1 }, 0);
}

interface RowSpread {
  /** (pivot, offset, rstd, variance) of every output. */
  readonly stats: Tensor;
  /** A column of stats, in the shape of the result with `keepDims`. */
  readonly column: (index: number) => Tensor;
  /** n / (n − correction): the factor of the biased variance. */
  readonly share: number;
  readonly shape: Shape;
  /** dvar/dx = factor · (x − mean). */
  readonly factor: number;
}

function spreadOf(
  who: string,
  x: Tensor,
  { correction = 1, ...given }: VarianceOptions,
): RowSpread {
  if (!Number.isFinite(correction)) {
    throw new ValueError(
      `${who}: expected a finite correction, got ${correction}; 1 or 0 are usual`,
    );
  }
  const { axes = x.shape.map((_, axis) => axis) } = given;
  const { shape } = planReduction(who, x.shape, given);
  const reduction = planReduction(who, x.shape, { axes, keepDims: true });
  const { length } = reduction;
  if (x.size === 0) {
    throw new ShapeError(
      `${who}: expected at least one element, got ${show(x.shape, "x")}; skip empty batches`,
    );
  }
  const stats = moments(x, reduction, axes);
  const strides = new Array<number>(x.shape.length).fill(0);
  let step = 4;
  for (let axis = strides.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= reduction.shape[axis] as number;
  }
  const divisor = Math.max(0, length - correction); // 0 gives NaN for one element, as in PyTorch
  return {
    stats,
    column: (offset) =>
      run(contiguous, { x: stats }, { shape: reduction.shape, strides, offset }).y,
    share: length / divisor,
    shape,
    factor: 2 / divisor,
  };
}

function spread(name: string, work: (x: Tensor, given: VarianceOptions) => Tensor) {
  const known = options<VarianceOptions>({ ...reduceKinds, correction: number });
  return checked(
    name,
    { x: tensorKind, options: optional(known) },
    (x: Tensor, given: VarianceOptions = {}): Tensor => work(x, given),
  );
}

/**
 * Variance over `axes` (default all): Σ (x − mean)² / (n − correction), torch.var. Computed about a pivot in two passes, so
 * that a large mean does not reduce precision. n ≤ correction gives NaN or ∞. Throws `ShapeError`, `ValueError`.
 *
 * @example
 * ```ts
 * import { tensor, variance } from "wgrad";
 * const x = tensor([1, 2, 3, 4]);
 * console.log(await variance(x).item(), await variance(x, { correction: 0 }).item()); // 1.667 1.25
 * ```
 */
export const variance = /* @__PURE__ */ spread("variance", (x, given) => {
  const { stats, column, share, shape, factor } = spreadOf("variance", x, given);
  using biased = column(3);
  const { y: wide } = run(scale, { x: biased }, { scale: share, shift: 0 });
  const y = view(wide, shape);
  const kept = wide.shape;
  wide.dispose();
  const result = differentiable("variance", { x }, y, { x, stats }, (dy, saved, { x: dx }) => {
    using dvar = view(dy, kept);
    const inputs = { x: saved.x, stats: saved.stats, dvar };
    dx?.add(run(varianceGrad, inputs, { factor }, { dx: dx.into }).dx);
  });
  stats.dispose();
  return result;
});

/**
 * Standard deviation over `axes` (default all), torch.std: the square root of `variance`, correct even if the variance
 * exceeds the range of float32. Where the result is 0 the gradient is 0, as in PyTorch. Throws `ShapeError`, `ValueError`.
 */
export const std = /* @__PURE__ */ spread("std", (x, given) => {
  const { stats, column, share, shape, factor } = spreadOf("std", x, given);
  using rstd = column(2); // ∞ where all elements are equal
  using narrow = run(unary, { x: rstd }, { op: "reciprocal" }).y; // correct even if the variance is outside the range of f32
  using root = run(scale, { x: narrow }, { scale: Math.sqrt(share), shift: 0 }).y;
  const y = view(root, shape);
  const result = differentiable(
    "std",
    { x },
    y,
    { x, stats, root },
    (dy, { x: from, stats: rows, root: deviation }, { x: dx }) => {
      using upstream = view(dy, deviation.shape);
      // dstd/dvar = 1 / (2·std); 0 where std is 0
      using slope = run(binary, { a: upstream, b: deviation }, { op: "div" }).c;
      using zero = filledOn(dy.engine, [], 0);
      using dvar = run(where, { condition: deviation, a: slope, b: zero }, {}).y;
      const inputs = { x: from, stats: rows, dvar };
      dx?.add(run(varianceGrad, inputs, { factor: factor / 2 }, { dx: dx.into }).dx);
    },
  );
  stats.dispose();
  return result;
});
