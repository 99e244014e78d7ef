import { count } from "../../core/kinds.ts";
import type { Shape } from "../../core/shape.ts";
import { checkArguments, options as optionsKind, signature } from "../../core/signature.ts";
import {
  type FusedOptions,
  groupNorm,
  instanceNorm,
  layerNorm,
  rmsNorm,
} from "../../ops/norm/norm.ts";
import { ones } from "../../ops/shape/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { channelsOfGroup } from "../groups.ts";
import { normalized } from "../kinds.ts";
import { made } from "../module/made.ts";
import { parameter } from "../module/parameter.ts";
import { AffineNorm, checkRank, Norm, type NormLayerOptions, normKinds } from "./norm_base.ts";

const normOptions = /* @__PURE__ */ optionsKind<NormLayerOptions>(normKinds);
const channelKinds = { channels: count, options: normOptions };
const shapeKinds = { normalizedShape: normalized, options: normOptions };

/** Group norm for x [N, C, ...]: statistics per sample and group of channels; γ, β by default. */
export class GroupNorm extends AffineNorm {
  static override readonly signature = /* @__PURE__ */ signature("GroupNorm", {
    groups: count,
    ...channelKinds,
  });
  readonly #groups: number;

  /** Throws `ValueError` unless `groups` divides `channels`. */
  constructor(groups: number, channels: number, options: NormLayerOptions = {}) {
    checkArguments(GroupNorm.signature, arguments);
    channelsOfGroup("GroupNorm", channels, channels, { groups });
    super([channels], options);
    this.#groups = groups;
  }

  override forward(x: Tensor, fused: FusedOptions = {}): Tensor {
    return groupNorm(x, this.#groups, { ...this.options(), ...fused });
  }
}

/** Instance norm for x [N, C, L]; no γ, β by default, as torch.nn.InstanceNorm1d. */
export class InstanceNorm1d extends AffineNorm {
  static override readonly signature = /* @__PURE__ */ signature("InstanceNorm1d", channelKinds);

  constructor(channels: number, given: NormLayerOptions = {}) {
    checkArguments(InstanceNorm1d.signature, arguments);
    const { affine = false, ...options } = given;
    super([channels], { affine, ...options });
  }

  override forward(x: Tensor, fused: FusedOptions = {}): Tensor {
    checkRank(InstanceNorm1d.signature, x, [3]);
    return instanceNorm(x, { ...this.options(), ...fused });
  }
}

/** Instance norm for x [N, C, H, W]; no γ, β by default, as torch.nn.InstanceNorm2d. */
export class InstanceNorm2d extends AffineNorm {
  static override readonly signature = /* @__PURE__ */ signature("InstanceNorm2d", channelKinds);

  constructor(channels: number, given: NormLayerOptions = {}) {
    checkArguments(InstanceNorm2d.signature, arguments);
    const { affine = false, ...options } = given;
    super([channels], { affine, ...options });
  }

  override forward(x: Tensor, fused: FusedOptions = {}): Tensor {
    checkRank(InstanceNorm2d.signature, x, [4]);
    return instanceNorm(x, { ...this.options(), ...fused });
  }
}

/**
 * Layer norm over the last axes, whose sizes are `normalizedShape`; γ, β of that shape by default.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import * as nn from "wgrad/nn";
 * const y = new nn.LayerNorm(3).forward(tensor([[1, 2, 3], [10, 20, 30]]));
 * console.log(await y.read()); // [-1.225, 0, 1.225, -1.225, 0, 1.225]
 * ```
 */
export class LayerNorm extends AffineNorm {
  static override readonly signature = /* @__PURE__ */ signature("LayerNorm", shapeKinds);
  readonly #shape: Shape;

  constructor(normalizedShape: number | Shape, options: NormLayerOptions = {}) {
    checkArguments(LayerNorm.signature, arguments);
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
  static override readonly signature = /* @__PURE__ */ signature("RMSNorm", shapeKinds);
  /** γ, of the normalized shape; undefined with `affine: false`. */
  readonly weight: Tensor | undefined;
  readonly #shape: Shape;
  readonly #eps: number | undefined;

  /** Default eps 2⁻²³. */
  constructor(normalizedShape: number | Shape, given: NormLayerOptions = {}) {
    super();
    checkArguments(RMSNorm.signature, arguments);
    const { eps, affine = true } = given;
    this.#shape = typeof normalizedShape === "number" ? [normalizedShape] : normalizedShape;
    this.#eps = eps;
    this.weight = affine ? made(this, () => parameter(ones(this.#shape))) : undefined;
  }

  override forward(x: Tensor, fused: FusedOptions = {}): Tensor {
    return rmsNorm(x, this.#shape, { weight: this.weight, eps: this.#eps, ...fused });
  }
}
