import { ShapeError } from "../core/errors.ts";
import { type Shape, show } from "../core/shape.ts";
import { ones, zeros } from "../ops/create.ts";
import {
  batchNorm,
  type FusedOptions,
  groupNorm,
  instanceNorm,
  layerNorm,
  type NormOptions,
  rmsNorm,
} from "../ops/norm.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Counter } from "./counter.ts";
import { buffer, Module, parameter } from "./module.ts";

export interface NormLayerOptions {
  /** Added to the variance. Default 1e-5; of RMS norm 2⁻²³. */
  readonly eps?: number;
  /** Learn γ (from 1) and β (from 0; RMS norm has none). */
  readonly affine?: boolean;
}

export interface BatchNormOptions extends NormLayerOptions {
  /** Weight of the new batch in the running statistics. Default 0.1. */
  readonly momentum?: number;
  /** False normalises by the batch in evaluation, too. Default true. */
  readonly trackRunningStats?: boolean;
}

/** A normalisation layer; what follows it, a residual and an activation, can run in its kernels. */
export abstract class Norm extends Module {
  /** act(norm(x) + residual). */
  abstract override forward(x: Tensor, fused?: FusedOptions): Tensor;
}

/** γ and β of a norm, or neither. */
abstract class AffineNorm extends Norm {
  readonly weight: Tensor | undefined;
  readonly bias: Tensor | undefined;
  readonly #eps: number;

  constructor(shape: Shape, { eps = 1e-5, affine = true }: NormLayerOptions) {
    super();
    this.#eps = eps;
    this.weight = affine ? parameter(ones(shape)) : undefined;
    this.bias = affine ? parameter(zeros(shape)) : undefined;
  }

  protected options(): NormOptions {
    return { weight: this.weight, bias: this.bias, eps: this.#eps };
  }
}

/** Batch norm for x [N, C, ...]: batch statistics in training, running ones in evaluation. γ, β by default. */
class BatchNorm extends AffineNorm {
  readonly runningMean: Tensor | undefined;
  readonly runningVar: Tensor | undefined;
  readonly numBatchesTracked: Counter | undefined;
  readonly #momentum: number;
  readonly #ranks: readonly number[];

  constructor(channels: number, options: BatchNormOptions, ranks: readonly number[]) {
    super([channels], options);
    const { momentum = 0.1, trackRunningStats = true } = options;
    this.#momentum = momentum;
    this.#ranks = ranks;
    this.runningMean = trackRunningStats ? buffer(zeros([channels])) : undefined;
    this.runningVar = trackRunningStats ? buffer(ones([channels])) : undefined;
    this.numBatchesTracked = trackRunningStats ? new Counter() : undefined;
  }

  override forward(x: Tensor, fused: FusedOptions = {}): Tensor {
    if (!this.#ranks.includes(x.shape.length)) {
      throw new ShapeError(
        `${this.constructor.name}: expected x of rank ${this.#ranks.join(" or ")}, got ${show(x.shape, "x")}`,
      );
    }
    const { runningMean: mean, runningVar: variance, training } = this;
    const running = mean && variance ? { mean, variance, momentum: this.#momentum } : undefined;
    const byBatch = training || !running;
    const y = batchNorm(x, { ...this.options(), ...fused, running, training: byBatch });
    if (training) this.numBatchesTracked?.advance();
    return y;
  }
}

/** Batch norm for x [N, C] or [N, C, L], as torch.nn.BatchNorm1d. */
export class BatchNorm1d extends BatchNorm {
  constructor(channels: number, options: BatchNormOptions = {}) {
    super(channels, options, [2, 3]);
  }
}

/** Batch norm for x [N, C, H, W], as torch.nn.BatchNorm2d. */
export class BatchNorm2d extends BatchNorm {
  constructor(channels: number, options: BatchNormOptions = {}) {
    super(channels, options, [4]);
  }
}

/** Group norm for x [N, C, ...]: `groups` groups of channels a sample; γ, β by default. */
export class GroupNorm extends AffineNorm {
  readonly #groups: number;

  constructor(groups: number, channels: number, options: NormLayerOptions = {}) {
    super([channels], options);
    this.#groups = groups;
  }

  override forward(x: Tensor, fused: FusedOptions = {}): Tensor {
    return groupNorm(x, this.#groups, { ...this.options(), ...fused });
  }
}

/** Instance norm for x [N, C, H, W]; no γ, β by default, as torch.nn.InstanceNorm2d. */
export class InstanceNorm2d extends AffineNorm {
  constructor(channels: number, options: NormLayerOptions = {}) {
    super([channels], { affine: false, ...options });
  }

  override forward(x: Tensor, fused: FusedOptions = {}): Tensor {
    return instanceNorm(x, { ...this.options(), ...fused });
  }
}

/** Layer norm over the last axes, whose sizes are `normalizedShape`; γ, β of that shape by default. */
export class LayerNorm extends AffineNorm {
  readonly #shape: Shape;

  constructor(normalizedShape: number | Shape, options: NormLayerOptions = {}) {
    const shape = typeof normalizedShape === "number" ? [normalizedShape] : normalizedShape;
    super(shape, options);
    this.#shape = shape;
  }

  override forward(x: Tensor, fused: FusedOptions = {}): Tensor {
    return layerNorm(x, this.#shape, { ...this.options(), ...fused });
  }
}

/** RMS norm over the last axes, whose sizes are `normalizedShape`; γ of that shape by default, as torch.nn.RMSNorm. */
export class RMSNorm extends Norm {
  readonly weight: Tensor | undefined;
  readonly #shape: Shape;
  readonly #eps: number | undefined;

  /** Default eps 2⁻²³. */
  constructor(normalizedShape: number | Shape, { eps, affine = true }: NormLayerOptions = {}) {
    super();
    this.#shape = typeof normalizedShape === "number" ? [normalizedShape] : normalizedShape;
    this.#eps = eps;
    this.weight = affine ? parameter(ones(this.#shape)) : undefined;
  }

  override forward(x: Tensor, fused: FusedOptions = {}): Tensor {
    return rmsNorm(x, this.#shape, { weight: this.weight, eps: this.#eps, ...fused });
  }
}
