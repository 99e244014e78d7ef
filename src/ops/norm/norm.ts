import { differentiable } from "../../autograd/node.ts";
import { recomputing } from "../../autograd/recompute.ts";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { boolean, callback, count, either, number, required, shape } from "../../core/kinds.ts";
import { type Shape, sameShape, show } from "../../core/shape.ts";
import { checked, options } from "../../core/signature.ts";
import { activationOf } from "../../kernels/elementwise/activations.ts";
import { type NormGrouping, planesOf } from "../../kernels/norm/geometry.ts";
import { normInference as inference } from "../../kernels/norm/inference.ts";
import { normMerge as merge } from "../../kernels/norm/merge.ts";
import { normalize } from "../../kernels/norm/normalize.ts";
import { planRunning } from "../../kernels/norm/running.ts";
import { normStats as rowStats } from "../../kernels/norm/stats.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { onAdapter, run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { toHalf } from "../elementwise/precision.ts";
import { act as actKind } from "../kinds.ts";
import { type Epilogue, mergeHook, withMergeHook } from "../merge_hook.ts";
import { normBackward } from "./norm_grads.ts";
import type { FusedOptions, NormOptions, RunningStats } from "./norm_options.ts";

export type { FusedOptions, NormOptions, RunningStats };

const fusedKinds = { act: actKind, residual: tensorKind };
const normOptions = /* @__PURE__ */ options<NormOptions>({
  ...fusedKinds,
  ...{ weight: tensorKind, bias: tensorKind, eps: number },
});

const momentumOf = ({ momentum = 0.1 }: Partial<RunningStats> = {}): number =>
  typeof momentum === "function" ? momentum() : momentum;

/** Statistics of every row, [rows, 4]; rows that are processed in pieces are merged. Also updates `running`. */
export function statsOf(
  x: Tensor,
  norm: NormGrouping,
  eps: number,
  running?: RunningStats,
): Tensor {
  const fixed = { norm, eps, ...onAdapter(x) };
  const now = () => ({ ...fixed, momentum: momentumOf(running), centred: norm.kind !== "rms" });
  const options = typeof running?.momentum === "function" ? now : now();
  const moved = running && { running_mean: running.mean, running_var: running.variance };
  const whole = rowStats.plan({ x: x.shape }, fixed).outputs.stats.length === 2;
  const { stats } = run(rowStats, { x, ...(whole && moved) }, whole ? options : fixed);
  if (whole) return stats;
  const merged = run(merge, { pieces: stats, ...moved }, options).stats;
  stats.dispose();
  return merged;
}

/** Throws, before the statistics are queued, for options that do not fit x. */
function check(name: string, x: Tensor, norm: NormGrouping, options: NormOptions): void {
  const { weight, bias, residual, act } = options;
  if (residual && !sameShape(residual.shape, x.shape)) {
    throw new ShapeError(
      `${name}: expected a residual of x's shape ${show(x.shape)}, got ${show(residual.shape, "residual")}; ` +
        "project the shortcut first, or use add(), which broadcasts",
    );
  }
  const stats = [planesOf(name, x.shape, norm).rows, 4];
  const affine = { ...(weight && { gamma: weight.shape }), ...(bias && { beta: bias.shape }) };
  normalize.plan({ x: x.shape, stats, ...affine }, { norm, act });
}

/**
 * Normalises by the statistics of every row and applies the epilogue. `slope`: statistics of `inference`, which do not
 * depend on x.
 */
function normalizeRows(
  name: string,
  x: Tensor,
  norm: NormGrouping,
  options: NormOptions,
  stats: Tensor,
  slope?: Tensor,
): Tensor {
  const { weight: gamma, bias: beta, residual } = options;
  const act = activationOf(options.act);
  const { y } = run(normalize, { x, stats, gamma, beta, residual }, { norm, act, ...onAdapter(x) });
  const hasActivation = act.act !== "identity"; // without activation dz = dy, and nothing need be saved for it
  const saved = {
    x,
    stats,
    ...(gamma && { gamma }),
    ...((hasActivation || !gamma) && beta && { beta }),
    ...(hasActivation && residual && { residual }),
    ...(slope && { slope }),
  };
  return differentiable(name, { x, gamma, beta, residual }, y, saved, (dy, kept, grads) => {
    normBackward(dy, kept, grads, { norm, act });
  });
}

/** Options of `batchNorm`. */
export interface BatchNormOptions extends NormOptions {
  /** Running statistics; required unless `training`. */
  readonly running?: RunningStats | undefined;
  /**
   * Whether to normalise by the batch's statistics, and to update `running` if it is given. Default false: normalise by
   * `running`.
   */
  readonly training?: boolean | undefined;
}

/**
 * Batch normalisation of x [N, C, ...] (Ioffe and Szegedy 2015). In training it uses the batch's own statistics (biased
 * variance), which also update `running` (unbiased variance); otherwise (PyTorch's default) `running`. Throws `ValueError`
 * if `running` is needed and missing.
 */
export const batchNorm = /* @__PURE__ */ checked(
  "batchNorm",
  {
    x: tensorKind,
    options: /* @__PURE__ */ options<BatchNormOptions>({
      ...fusedKinds,
      ...{ weight: tensorKind, bias: tensorKind, eps: number },
      running: /* @__PURE__ */ options<RunningStats>({
        mean: /* @__PURE__ */ required(tensorKind),
        variance: /* @__PURE__ */ required(tensorKind),
        momentum: /* @__PURE__ */ either(number, callback),
      }),
      training: boolean,
    }),
  },
  (x: Tensor, options: BatchNormOptions = {}): Tensor => {
    const { running, training = false, eps = 1e-5 } = options;
    const norm: NormGrouping = { kind: "batch" };
    check("batchNorm", x, norm, options);
    if (!training) {
      if (running) return inferenceNorm(toHalf(x), options, running);
      throw new ValueError(
        "batchNorm: expected running statistics, for training is false (the default), got none; pass training: true to " +
          "normalise by the batch, or running: { mean, variance }",
      );
    }
    const count = x.size / (x.shape[1] ?? 1);
    if (count < 2) {
      throw new ShapeError(
        `batchNorm: expected at least 2 values a channel in training, got ${show(x.shape, "x")}; use a larger batch, or eval()`,
      );
    }
    if (running) checkRunning(x, running);
    const half = toHalf(x);
    const stats = statsOf(half, norm, eps, recomputing() ? undefined : running);
    const y = normalizeRows("batchNorm", half, norm, options, stats);
    stats.dispose();
    return y;
  },
);

/** Throws, before anything is queued, for running statistics that do not fit x. */
function checkRunning(x: Tensor, running: RunningStats): void {
  const shapes = { running_mean: running.mean.shape, running_var: running.variance.shape };
  planRunning("batchNorm", x.shape[1] ?? 1, shapes, momentumOf(running));
}

/** Batch norm with running statistics. */
function inferenceNorm(x: Tensor, options: NormOptions, running: RunningStats): Tensor {
  const hook = mergeHook();
  if (hook) {
    const epilogue = { residual: options.residual, act: activationOf(options.act) };
    const compute = ([input]: readonly Tensor[], after: Epilogue) =>
      withMergeHook(undefined, () =>
        inferenceNorm(input as Tensor, { ...options, ...after }, running),
      );
    return hook.norm(x, options, running, { inputs: [x], epilogue, compute });
  }
  const inputs = { running_mean: running.mean, running_var: running.variance };
  const { stats, slope } = run(inference, inputs, { eps: options.eps ?? 1e-5 });
  const y = normalizeRows("batchNorm", x, { kind: "batch" }, options, stats, slope);
  for (const used of [stats, slope]) used.dispose();
  return y;
}

function ownStatistics(name: string, x: Tensor, norm: NormGrouping, options: NormOptions): Tensor {
  check(name, x, norm, options);
  const half = toHalf(x);
  const stats = statsOf(half, norm, options.eps ?? 1e-5);
  const y = normalizeRows(name, half, norm, options, stats);
  stats.dispose();
  return y;
}

/** Normalises each sample's groups of neighbouring channels, x [N, C, ...] (Wu and He 2018). */
export const groupNorm = /* @__PURE__ */ checked(
  "groupNorm",
  { x: tensorKind, groups: count, options: normOptions },
  (x: Tensor, groups: number, options: NormOptions = {}): Tensor =>
    ownStatistics("groupNorm", x, { kind: "group", groups }, options),
);

/** Normalises each channel of each sample, x [N, C, ...] (Ulyanov et al. 2016). */
export const instanceNorm = /* @__PURE__ */ checked(
  "instanceNorm",
  { x: tensorKind, options: normOptions },
  (x: Tensor, options: NormOptions = {}): Tensor =>
    ownStatistics("instanceNorm", x, { kind: "instance" }, options),
);

/** The number of last axes that `normalizedShape` gives; they must match those of x. */
function lastAxes(name: string, x: Tensor, normalizedShape: Shape): number {
  const axes = normalizedShape.length;
  if (axes && sameShape(x.shape.slice(-axes), normalizedShape)) return axes;
  throw new ShapeError(
    `${name}: expected x [..., ${normalizedShape.join(", ")}], got ${show(x.shape, "x")}; check normalizedShape`,
  );
}

/** Normalises over the last axes, whose sizes are `normalizedShape` (Ba et al. 2016); γ and β have that shape. */
export const layerNorm = /* @__PURE__ */ checked(
  "layerNorm",
  { x: tensorKind, normalizedShape: shape, options: normOptions },
  (x: Tensor, normalizedShape: Shape, options: NormOptions = {}): Tensor => {
    const axes = lastAxes("layerNorm", x, normalizedShape);
    return ownStatistics("layerNorm", x, { kind: "layer", axes }, options);
  },
);

/** The distance from 1 to the next f32: PyTorch's default eps. */
const F32_EPS = 2 ** -23;

/**
 * y = act(x / √(mean(x²) + eps) · γ + residual), the mean over the last axes, whose sizes are `normalizedShape`; γ has
 * that shape (Zhang and Sennrich 2019). Default eps 2⁻²³, as torch.nn.functional.rms_norm.
 */
export const rmsNorm = /* @__PURE__ */ checked(
  "rmsNorm",
  {
    x: tensorKind,
    normalizedShape: shape,
    options: /* @__PURE__ */ options<Omit<NormOptions, "bias">>({
      ...fusedKinds,
      weight: tensorKind,
      eps: number,
    }),
  },
  (x: Tensor, normalizedShape: Shape, options: Omit<NormOptions, "bias"> = {}): Tensor => {
    const axes = lastAxes("rmsNorm", x, normalizedShape);
    const { eps = F32_EPS } = options;
    return ownStatistics("rmsNorm", x, { kind: "rms", axes }, { ...options, eps });
  },
);
