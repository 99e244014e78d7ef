import { differentiable, type GradSlots } from "../autograd/node.ts";
import { ShapeError } from "../core/errors.ts";
import { type Shape, sameShape, show } from "../core/shape.ts";
import type { Norm } from "../kernels/norm/geometry.ts";
import { gradAffine } from "../kernels/norm/grad_affine.ts";
import { gradInput } from "../kernels/norm/grad_input.ts";
import { gradSums } from "../kernels/norm/grad_sums.ts";
import { inference } from "../kernels/norm/inference.ts";
import { merge } from "../kernels/norm/merge.ts";
import { normalize } from "../kernels/norm/normalize.ts";
import { running as updateRunning } from "../kernels/norm/running.ts";
import { stats as rowStats } from "../kernels/norm/stats.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** y = (x − mean) / √(var + eps) · γ + β; γ and β may be left out. */
export interface NormOptions {
  /** γ: one a channel; for layer norm the shape it normalises over. */
  readonly weight?: Tensor | undefined;
  /** β, of γ's shape; needs γ. */
  readonly bias?: Tensor | undefined;
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number;
}

/** Mean and variance over the training so far, [C] each; updated in place in training. */
export interface RunningStats {
  readonly mean: Tensor;
  readonly variance: Tensor;
  /** Weight of the new batch. Default 0.1. */
  readonly momentum?: number;
}

/** Statistics of every row, [rows, 4]: rows cut into pieces are merged. */
export function statsOf(x: Tensor, norm: Norm, eps: number): Tensor {
  const { stats } = run(rowStats, { x }, { norm, eps });
  if (stats.shape.length === 2) return stats;
  const merged = run(merge, { pieces: stats }, { eps }).stats;
  stats.dispose();
  return merged;
}

/** Normalises by the rows' own statistics; backward in three dispatches at most. */
function normalizeRows(
  name: string,
  x: Tensor,
  norm: Norm,
  options: NormOptions,
  stats: Tensor,
): Tensor {
  const { weight: gamma, bias: beta } = options;
  const { y } = run(normalize, { x, stats, gamma, beta }, { norm });
  const saved = { x, stats, ...(gamma && { gamma }) };
  return differentiable(name, { x, gamma, beta }, y, saved, (dy, kept, grads) => {
    const inputs = { x: kept.x, dy, stats: kept.stats, gamma: kept.gamma };
    const { sums } = run(gradSums, inputs, { norm });
    if (grads.x)
      grads.x.add(run(gradInput, { ...inputs, sums }, { norm }, { dx: grads.x.into }).dx);
    addAffine(sums, norm, kept.x.shape, grads);
    sums.dispose();
  });
}

/** dγ and dβ from the sums, as far as they are wanted. */
function addAffine(
  sums: Tensor,
  norm: Norm,
  shape: Shape,
  { gamma, beta }: GradSlots<{ gamma: Tensor; beta: Tensor }>,
): void {
  if (!gamma && !beta) return;
  const into = { dgamma: gamma?.into, dbeta: beta?.into };
  const { dgamma, dbeta } = run(gradAffine, { sums }, { norm, shape }, into);
  if (gamma) gamma.add(dgamma);
  else dgamma.dispose();
  if (beta) beta.add(dbeta);
  else dbeta.dispose();
}

/**
 * Batch normalisation of x [N, C, ...] (Ioffe and Szegedy 2015). In training by the batch's own statistics (biased
 * variance), which also update `running` (unbiased variance); otherwise by `running`.
 */
export function batchNorm(
  x: Tensor,
  options: NormOptions & {
    readonly running?: RunningStats | undefined;
    readonly training: boolean;
  },
): Tensor {
  const { running, training, eps = 1e-5 } = options;
  const norm: Norm = { kind: "batch" };
  if (!training && running) return inferenceNorm(x, options, running);
  const count = x.size / (x.shape[1] ?? 1);
  if (training && count < 2) {
    throw new ShapeError(
      `batchNorm: expected at least 2 values a channel in training, got ${show(x.shape, "x")}; use a larger batch, or eval()`,
    );
  }
  const stats = statsOf(x, norm, eps);
  const y = normalizeRows("batchNorm", x, norm, options, stats);
  if (running && training) {
    const inputs = { stats, running_mean: running.mean, running_var: running.variance };
    run(updateRunning, inputs, { count, momentum: running.momentum ?? 0.1 });
  }
  stats.dispose();
  return y;
}

/** y = γ·(x − running mean)·rstd + β: a straight line, so dx = γ·rstd·dy. */
function inferenceNorm(x: Tensor, options: NormOptions, running: RunningStats): Tensor {
  const { weight: gamma, bias: beta, eps = 1e-5 } = options;
  const norm: Norm = { kind: "batch" };
  const inputs = { running_mean: running.mean, running_var: running.variance };
  const { stats, slope } = run(inference, inputs, { eps });
  const { y } = run(normalize, { x, stats, gamma, beta }, { norm });
  const saved = { x, stats, slope, ...(gamma && { gamma }) };
  const result = differentiable("batchNorm", { x, gamma, beta }, y, saved, (dy, kept, grads) => {
    const line = { x: dy, stats: kept.slope, gamma: kept.gamma };
    if (grads.x) grads.x.add(run(normalize, line, { norm }, { y: grads.x.into }).y);
    if (!grads.gamma && !grads.beta) return;
    const { sums } = run(gradSums, { x: kept.x, dy, stats: kept.stats }, { norm });
    addAffine(sums, norm, kept.x.shape, grads);
    sums.dispose();
  });
  for (const used of [stats, slope]) used.dispose();
  return result;
}

function ownStatistics(name: string, x: Tensor, norm: Norm, options: NormOptions): Tensor {
  const stats = statsOf(x, norm, options.eps ?? 1e-5);
  const y = normalizeRows(name, x, norm, options, stats);
  stats.dispose();
  return y;
}

/** Normalises each sample's groups of neighbouring channels, x [N, C, ...] (Wu and He 2018). */
export function groupNorm(x: Tensor, groups: number, options: NormOptions = {}): Tensor {
  return ownStatistics("groupNorm", x, { kind: "group", groups }, options);
}

/** Normalises each sample's channels one by one, x [N, C, ...] (Ulyanov et al. 2016). */
export function instanceNorm(x: Tensor, options: NormOptions = {}): Tensor {
  return ownStatistics("instanceNorm", x, { kind: "instance" }, options);
}

/** Normalises over the last axes, whose sizes are `normalizedShape` (Ba et al. 2016); γ and β have that shape. */
export function layerNorm(x: Tensor, normalizedShape: Shape, options: NormOptions = {}): Tensor {
  const axes = normalizedShape.length;
  if (!axes || !sameShape(x.shape.slice(-axes), normalizedShape)) {
    throw new ShapeError(
      `layerNorm: expected x [..., ${normalizedShape.join(", ")}], got ${show(x.shape, "x")}; check normalizedShape`,
    );
  }
  return ownStatistics("layerNorm", x, { kind: "layer", axes }, options);
}
