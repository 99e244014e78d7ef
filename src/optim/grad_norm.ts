import { checkMaxNorm, clipNorm } from "../kernels/optim/clip_norm.ts";
import { gradNorm, type NormType, powerOf } from "../kernels/optim/grad_norm.ts";
import { sideBySide } from "../ops/shape/side_by_side.ts";
import { tensor } from "../tensor/create.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Limit for the norm of all gradients together. */
export interface NormLimit {
  /** ≥ 0; with Infinity the norm is only measured. */
  readonly maxNorm: number;
  /** 2 (default), 1 or Infinity. */
  readonly normType?: NormType;
}

/** Gradients of one arena, and which of its blocks are included. */
export interface ArenaGrads {
  readonly grads: Tensor;
  readonly block_row: Tensor;
}

/** One scalar each, on the GPU: the norm of all gradients, and the factor to multiply them by. */
export interface ClippedNorm {
  readonly norm: Tensor;
  readonly coefficient: Tensor;
}

/** Computes the factor that an optimiser's step multiplies its gradients by. */
export interface Clip {
  /** The norm of all gradients and the factor, on the GPU. */
  measure(sources: readonly ArenaGrads[]): ClippedNorm;
}

/** Throws `ValueError` for an invalid limit or norm, before anything is queued. */
export function checkLimit(who: string, { maxNorm, normType = 2 }: NormLimit): void {
  checkMaxNorm(who, maxNorm);
  powerOf(who, normType);
}

/** Two dispatches for one arena, for any number of parameters; nothing is read back. */
export function measure(
  sources: readonly ArenaGrads[],
  { maxNorm, normType = 2 }: NormLimit,
): ClippedNorm {
  const parts = sources.map((source) => run(gradNorm, { ...source }, { normType }).partials);
  const [first, ...others] = parts;
  if (!first) return { norm: tensor(0), coefficient: tensor(1) };
  const partials = others.length === 0 ? first : sideBySide(first, others, 0).y;
  return run(clipNorm, { partials }, { maxNorm, normType });
}
