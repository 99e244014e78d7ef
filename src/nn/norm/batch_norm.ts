import { boolean, count, type Kind } from "../../core/kinds.ts";
import {
  type CallSignature,
  checkArguments,
  options as optionsKind,
  signature,
} from "../../core/signature.ts";
import { batchNorm, type FusedOptions } from "../../ops/norm/norm.ts";
import { ones, zeros } from "../../ops/shape/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Counter } from "../module/counter.ts";
import { made } from "../module/made.ts";
import { buffer } from "../module/parameter.ts";
import { AffineNorm, checkRank, type NormLayerOptions, normKinds } from "./norm_base.ts";

/** Options of batch norms. */
export interface BatchNormLayerOptions extends NormLayerOptions {
  /** Weight of the new batch in the running statistics; null weights all batches equally. Default 0.1. */
  readonly momentum?: number | null;
  /** If false, evaluation also normalises by the batch's statistics. Default true. */
  readonly trackRunningStats?: boolean;
}

const share: Kind = {
  expected: "a number in [0, 1], or null for the mean of all batches",
  accepts: (value) => value === null || (typeof value === "number" && value >= 0 && value <= 1),
};
const batchNormKinds = {
  channels: count,
  options: /* @__PURE__ */ optionsKind<BatchNormLayerOptions>({
    ...normKinds,
    ...{ momentum: share, trackRunningStats: boolean },
  }),
};

/** Batch norm for x [N, C, ...]: batch statistics in training, running ones in evaluation. γ, β by default. */
class BatchNorm extends AffineNorm {
  readonly runningMean: Tensor | undefined;
  readonly runningVar: Tensor | undefined;
  readonly numBatchesTracked: Counter | undefined;
  readonly #channels: number;
  readonly #momentum: number | null;
  readonly #signature: CallSignature;
  readonly #ranks: readonly number[];

  constructor(
    known: CallSignature,
    ranks: readonly number[],
    channels: number,
    options: BatchNormLayerOptions,
  ) {
    super([channels], options);
    const { momentum = 0.1, trackRunningStats = true } = options;
    this.#channels = channels;
    this.#momentum = momentum;
    this.#signature = known;
    this.#ranks = ranks;
    this.runningMean = trackRunningStats ? made(this, () => buffer(zeros([channels]))) : undefined;
    this.runningVar = trackRunningStats ? buffer(ones([channels])) : undefined;
    this.numBatchesTracked = trackRunningStats ? new Counter() : undefined;
  }

  override forward(x: Tensor, fused: FusedOptions = {}): Tensor {
    checkRank(this.#signature, x, this.#ranks, this.#channels);
    const { runningMean: mean, runningVar: variance, numBatchesTracked: batches, training } = this;
    let seen = () => (batches?.value ?? 0) + 1;
    const momentum = this.#momentum ?? (() => 1 / seen());
    const running = mean && variance ? { mean, variance, momentum } : undefined;
    const byBatch = training || !running;
    const y = batchNorm(x, { ...this.options(), ...fused, running, training: byBatch });
    if (training && batches) seen = batches.advance(); // a function, which a captured step calls in every replay
    return y;
  }
}

/** Batch norm for x [N, C] or [N, C, L], as torch.nn.BatchNorm1d. */
export class BatchNorm1d extends BatchNorm {
  static override readonly signature = /* @__PURE__ */ signature("BatchNorm1d", batchNormKinds);

  constructor(channels: number, options: BatchNormLayerOptions = {}) {
    checkArguments(BatchNorm1d.signature, arguments);
    super(BatchNorm1d.signature, [2, 3], channels, options);
  }
}

/**
 * Batch norm for x [N, C, H, W], as torch.nn.BatchNorm2d.
 *
 * @example
 * ```ts
 * import { uniform } from "wgrad";
 * import * as nn from "wgrad/nn";
 * const norm = new nn.BatchNorm2d(3);
 * console.log(norm.forward(uniform([4, 3, 2, 2])).shape); // [4, 3, 2, 2]
 * ```
 */
export class BatchNorm2d extends BatchNorm {
  static override readonly signature = /* @__PURE__ */ signature("BatchNorm2d", batchNormKinds);

  constructor(channels: number, options: BatchNormLayerOptions = {}) {
    checkArguments(BatchNorm2d.signature, arguments);
    super(BatchNorm2d.signature, [4], channels, options);
  }
}

/** Batch norm for x [N, C, D, H, W], as torch.nn.BatchNorm3d. */
export class BatchNorm3d extends BatchNorm {
  static override readonly signature = /* @__PURE__ */ signature("BatchNorm3d", batchNormKinds);

  constructor(channels: number, options: BatchNormLayerOptions = {}) {
    checkArguments(BatchNorm3d.signature, arguments);
    super(BatchNorm3d.signature, [5], channels, options);
  }
}
