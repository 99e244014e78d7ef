import { ShapeError } from "../../core/errors.ts";
import { count, finite } from "../../core/kinds.ts";
import { type Shape, show } from "../../core/shape.ts";
import { checkArguments, options as optionsKind, signature } from "../../core/signature.ts";
import { mul } from "../../ops/elementwise/elementwise.ts";
import {
  type LocalResponseNormOptions,
  localResponseNorm,
  localResponseOptions,
} from "../../ops/norm/local_response.ts";
import { type FusedOptions, layerNorm } from "../../ops/norm/norm.ts";
import { channelShuffle } from "../../ops/shape/channel_shuffle.ts";
import { full } from "../../ops/shape/create.ts";
import { permute } from "../../ops/shape/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { normalized } from "../kinds.ts";
import { made } from "../module/made.ts";
import { Module } from "../module/module.ts";
import { parameter } from "../module/parameter.ts";
import { AffineNorm, checkRank, type NormLayerOptions, normKinds } from "../norm/norm_base.ts";

/**
 * Rearranges the channels of x [N, C, ...] so that each of `groups` groups gets channels of all former groups, as
 * torch.nn.ChannelShuffle; see `channelShuffle`.
 */
export class ChannelShuffle extends Module {
  static override readonly signature = /* @__PURE__ */ signature("ChannelShuffle", {
    groups: count,
  });
  readonly #groups: number;

  constructor(groups: number) {
    super();
    checkArguments(ChannelShuffle.signature, arguments);
    this.#groups = groups;
  }

  override forward(x: Tensor): Tensor {
    return channelShuffle(x, this.#groups);
  }
}

/**
 * Divides x [N, C, ...] by (k + alpha/size · Σ x²)^beta, the sum over `size` neighbouring channels; see
 * `localResponseNorm`.
 */
export class LocalResponseNorm extends Module {
  static override readonly signature = /* @__PURE__ */ signature("LocalResponseNorm", {
    size: count,
    options: localResponseOptions,
  });
  readonly #size: number;
  readonly #options: LocalResponseNormOptions;

  constructor(size: number, options: LocalResponseNormOptions = {}) {
    super();
    checkArguments(LocalResponseNorm.signature, arguments);
    this.#size = size;
    this.#options = options;
  }

  override forward(x: Tensor): Tensor {
    return localResponseNorm(x, this.#size, this.#options);
  }
}

/**
 * Layer norm over the channels of each pixel of x [N, channels, H, W], as in torchvision's ConvNeXt; γ, β [channels] by
 * default. It permutes to NHWC and back: two passes more than layer norm.
 */
export class LayerNorm2d extends AffineNorm {
  static override readonly signature = /* @__PURE__ */ signature("LayerNorm2d", {
    channels: count,
    options: /* @__PURE__ */ optionsKind<NormLayerOptions>(normKinds),
  });
  readonly #channels: number;

  /** Default eps 1e-5; ConvNeXt has 1e-6. */
  constructor(channels: number, options: NormLayerOptions = {}) {
    checkArguments(LayerNorm2d.signature, arguments);
    super([channels], options);
    this.#channels = channels;
  }

  override forward(x: Tensor, { residual, act }: FusedOptions = {}): Tensor {
    checkRank(LayerNorm2d.signature, x, [4]);
    if (x.shape[1] !== this.#channels) {
      throw new ShapeError(
        `LayerNorm2d: expected x [N, ${this.#channels}, H, W], got ${show(x.shape, "x")}; ` +
          "make the layer with as many channels, or permute x",
      );
    }
    const last = (image: Tensor) => permute(image, [0, 2, 3, 1]);
    using rows = last(x);
    using added = residual && last(residual);
    const options = { ...this.options(), residual: added, act };
    using y = layerNorm(rows, [this.#channels], options);
    return permute(y, [0, 3, 1, 2]);
  }
}

/** Options of `LayerScale`. */
export interface LayerScaleOptions {
  /** Initial value of every γ. Default 1e-6. */
  readonly init?: number;
}

/**
 * γ · x with a learned γ per channel that is small initially, so that a deep network starts close to its shortcuts (Touvron
 * et al. 2021, "Going deeper with image transformers"). γ has the given shape and broadcasts: `new LayerScale([96, 1, 1])`
 * for x [N, 96, H, W], `new LayerScale(96)` for x [..., 96]. Its name in the state dict is gamma.
 */
export class LayerScale extends Module {
  static override readonly signature = /* @__PURE__ */ signature("LayerScale", {
    shape: normalized,
    options: /* @__PURE__ */ optionsKind<LayerScaleOptions>({ init: finite }),
  });
  /** γ, of the given shape. */
  readonly gamma: Tensor;

  constructor(shape: number | Shape, given: LayerScaleOptions = {}) {
    super();
    checkArguments(LayerScale.signature, arguments);
    const { init = 1e-6 } = given;
    this.gamma = made(this, () =>
      parameter(full(typeof shape === "number" ? [shape] : shape, init)),
    );
  }

  override forward(x: Tensor): Tensor {
    return mul(x, this.gamma);
  }
}
