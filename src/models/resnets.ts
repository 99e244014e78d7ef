import { boolean } from "../core/kinds.ts";
import type { Activation } from "../kernels/elementwise/activations.ts";
import { blockKinds, type NormKind } from "../nn/residual.ts";
import { builder } from "./options.ts";
import { ResNet, type ResNetOptions } from "./resnet.ts";

/** What residual networks offer beside `ModelOptions`. */
export interface ResNetExtras {
  /** Default "batch". */
  readonly norm?: NormKind;
  /** Default "relu". */
  readonly activation?: Activation;
  /** Starts every residual branch at 0, by the γ of its last norm (Goyal et al. 2017). Default false. */
  readonly zeroInitResidual?: boolean;
}

const extras = {
  ...{ norm: blockKinds.norm, activation: blockKinds.activation, zeroInitResidual: boolean },
};

type Fixed = Pick<ResNetOptions, "cardinality" | "widthPerGroup">;

/** A network of He et al. (2015), table 1; its small form has an eighth of the blocks and of the channels. */
const imageNet = (
  name: string,
  block: NonNullable<ResNetOptions["block"]>,
  depths: readonly number[],
  fixed: Fixed = {},
) =>
  builder<ResNet, ResNetExtras>(
    name,
    ({ small, ...options }) => {
      const shrink = small ? 8 : 1;
      const layers = depths.map((depth) => Math.ceil(depth / shrink));
      const stem = small ? "small" : "imagenet";
      const width = (/^(basic|preactivation)$/.test(block) ? 64 : 256) / shrink;
      return new ResNet({
        ...options,
        ...fixed,
        block,
        layers,
        stem,
        width,
        stemWidth: 64 / shrink,
      });
    },
    extras,
  );

/**
 * ResNet-18 (He et al. 2015): 11,689,512 parameters, images of 224². Against VGG: every two convolutions are added to what
 * went into them, so that a layer need only learn the difference and depth no longer makes training worse; batch norm
 * throughout, one linear layer after global average pooling.
 */
export const resnet18 = /* @__PURE__ */ imageNet("resnet18", "basic", [2, 2, 2, 2]);
/** ResNet-34 (He et al. 2015): 21,797,672 parameters, 224². Against ResNet-18: sixteen blocks instead of eight. */
export const resnet34 = /* @__PURE__ */ imageNet("resnet34", "basic", [3, 4, 6, 3]);
/**
 * ResNet-50 (He et al. 2015): 25,557,032 parameters, 224². Against ResNet-34: blocks of 1×1, 3×3 and 1×1 convolutions, whose
 * 3×3 works on a quarter of the channels. The stride is in the 3×3, as PyTorch has it, not in the first 1×1.
 */
export const resnet50 = /* @__PURE__ */ imageNet("resnet50", "bottleneck", [3, 4, 6, 3]);
/** ResNet-101 (He et al. 2015): 44,549,160 parameters, 224². Against ResNet-50: 23 instead of 6 blocks in the third stage. */
export const resnet101 = /* @__PURE__ */ imageNet("resnet101", "bottleneck", [3, 4, 23, 3]);
/** ResNet-152 (He et al. 2015): 60,192,808 parameters, 224². Against ResNet-101: 8 and 36 blocks in stages two and three. */
export const resnet152 = /* @__PURE__ */ imageNet("resnet152", "bottleneck", [3, 8, 36, 3]);
