import { boolean } from "../core/kinds.ts";
import type { Activation } from "../kernels/elementwise/activations.ts";
import { blockKinds, type NormKind } from "../nn/block/residual.ts";
import { builder } from "./options.ts";
import { ResNet, type ResNetOptions } from "./resnet.ts";

/** Options of residual networks in addition to `ModelOptions`. */
export interface ResNetExtras {
  /** Norm after every convolution. Default "batch". */
  readonly norm?: NormKind;
  /** Activation of the stem and the blocks. Default "relu". */
  readonly activation?: Activation;
  /** Whether every residual branch starts at 0, with γ = 0 in its last norm (Goyal et al. 2017). Default false. */
  readonly zeroInitResidual?: boolean;
}

const extras = {
  ...{ norm: blockKinds.norm, activation: blockKinds.activation, zeroInitResidual: boolean },
};

/** Number of groups of the 3×3 convolutions, and channels of each. */
interface Grouped {
  readonly groups?: number;
  readonly each?: number;
}

/** Blocks with as many output channels as their 3×3 convolutions; in other blocks these have a quarter. */
const twoConvolutions: readonly string[] = ["basic", "preactivation"];

/** A network of He et al. (2015), table 1; its small form has an eighth of the blocks, channels and groups. */
const imageNet = (
  name: string,
  block: NonNullable<ResNetOptions["block"]>,
  depths: readonly number[],
  { groups = 1, each = 64 }: Grouped = {},
) =>
  builder<ResNet, ResNetExtras>(
    name,
    ({ small, ...options }) => {
      const shrink = small ? 8 : 1;
      const layers = depths.map((depth) => Math.ceil(depth / shrink));
      const cardinality = Math.max(1, groups / shrink);
      const widthPerGroup = (each * groups) / cardinality;
      const stem = small ? "small" : "imagenet";
      const width = (twoConvolutions.includes(block) ? 64 : 256) / shrink;
      return new ResNet({
        ...options,
        cardinality,
        widthPerGroup,
        block,
        layers,
        stem,
        width,
        stemWidth: 64 / shrink,
      });
    },
    { kinds: extras },
  );

/**
 * ResNet-18 (He et al. 2015): 11,689,512 parameters, images of 224². Compared with VGG: the input of every two convolutions
 * is added to their result, so layers only learn the difference and depth no longer impairs training; batch norm
 * throughout, one linear layer after global average pooling.
 */
export const resnet18 = /* @__PURE__ */ imageNet("resnet18", "basic", [2, 2, 2, 2]);
/** ResNet-34 (He et al. 2015): 21,797,672 parameters, 224². Compared with ResNet-18: sixteen blocks instead of eight. */
export const resnet34 = /* @__PURE__ */ imageNet("resnet34", "basic", [3, 4, 6, 3]);
/**
 * ResNet-50 (He et al. 2015): 25,557,032 parameters, 224². Compared with ResNet-34: blocks of 1×1, 3×3 and 1×1
 * convolutions, where the 3×3 has a quarter of the channels. The 3×3 convolution has the stride, as in PyTorch, not the
 * first 1×1.
 */
export const resnet50 = /* @__PURE__ */ imageNet("resnet50", "bottleneck", [3, 4, 6, 3]);
/**
 * ResNet-101 (He et al. 2015): 44,549,160 parameters, 224². Compared with ResNet-50: 23 instead of 6 blocks in the third
 * stage.
 */
export const resnet101 = /* @__PURE__ */ imageNet("resnet101", "bottleneck", [3, 4, 23, 3]);
/**
 * ResNet-152 (He et al. 2015): 60,192,808 parameters, 224². Compared with ResNet-101: 8 and 36 blocks in stages two and
 * three.
 */
export const resnet152 = /* @__PURE__ */ imageNet("resnet152", "bottleneck", [3, 8, 36, 3]);

/**
 * ResNeXt-50 32×4d (Xie et al. 2016): 25,028,904 parameters, 224². Compared with ResNet-50: the 3×3 convolutions have 32
 * groups of 4 channels: twice as many channels for the same cost.
 */
export const resnext50_32x4d = /* @__PURE__ */ imageNet(
  "resnext50_32x4d",
  "resnext",
  [3, 4, 6, 3],
  {
    ...{ groups: 32, each: 4 },
  },
);
/** ResNeXt-101 32×8d (Xie et al. 2016): 88,791,336 parameters, 224². Compared with ResNeXt-50: deeper, groups of 8 channels. */
export const resnext101_32x8d = /* @__PURE__ */ imageNet(
  "resnext101_32x8d",
  "resnext",
  [3, 4, 23, 3],
  {
    ...{ groups: 32, each: 8 },
  },
);
/**
 * ResNeXt-101 64×4d (Xie et al. 2016): 83,455,272 parameters, 224². Compared with 32×8d: the same channels in twice the
 * groups.
 */
export const resnext101_64x4d = /* @__PURE__ */ imageNet(
  "resnext101_64x4d",
  "resnext",
  [3, 4, 23, 3],
  {
    ...{ groups: 64, each: 4 },
  },
);
/**
 * WideResNet-50-2 (Zagoruyko and Komodakis 2016): 68,883,240 parameters, 224². Compared with ResNet-50: twice the channels
 * in every 3×3 convolution. That improves accuracy as much as three times the depth, and runs faster on GPUs.
 */
export const wideResnet50_2 = /* @__PURE__ */ imageNet(
  "wideResnet50_2",
  "bottleneck",
  [3, 4, 6, 3],
  {
    each: 128,
  },
);
/** WideResNet-101-2: 126,886,696 parameters, 224². Compared with ResNet-101: twice the channels in every 3×3 convolution. */
export const wideResnet101_2 = /* @__PURE__ */ imageNet(
  "wideResnet101_2",
  "bottleneck",
  [3, 4, 23, 3],
  {
    each: 128,
  },
);

/**
 * ResNet-18 of the second version (He et al. 2016): 11,687,720 parameters, 224². Compared with ResNet-18: norm and ReLU
 * come before their convolutions, with nothing after the addition, so that shortcuts pass activations and gradients on
 * unchanged. Parameters have the names of ResNet-18; the last norm is `bn`.
 */
export const preActResnet18 = /* @__PURE__ */ imageNet(
  "preActResnet18",
  "preactivation",
  [2, 2, 2, 2],
);
/**
 * ResNet-34 of the second version: 21,795,880 parameters, 224². Compared with `preActResnet18`: sixteen blocks instead of
 * eight.
 */
export const preActResnet34 = /* @__PURE__ */ imageNet(
  "preActResnet34",
  "preactivation",
  [3, 4, 6, 3],
);
/**
 * ResNet-50 of the second version: 25,549,352 parameters, 224². Differs from ResNet-50 as `preActResnet18` differs from
 * ResNet-18.
 */
export const preActResnet50 = /* @__PURE__ */ imageNet(
  "preActResnet50",
  "preactivationBottleneck",
  [3, 4, 6, 3],
);
/**
 * ResNet-101 of the second version: 44,541,480 parameters, 224². Compared with `preActResnet50`: 23 blocks in the third
 * stage.
 */
export const preActResnet101 = /* @__PURE__ */ imageNet(
  "preActResnet101",
  "preactivationBottleneck",
  [3, 4, 23, 3],
);
/**
 * ResNet-152 of the second version: 60,185,128 parameters, 224². Compared with `preActResnet101`: 8 and 36 blocks in stages
 * two and three.
 */
export const preActResnet152 = /* @__PURE__ */ imageNet(
  "preActResnet152",
  "preactivationBottleneck",
  [3, 8, 36, 3],
);
/**
 * ResNet-200 of the second version (He et al. 2016): 64,666,152 parameters, 224². Compared with `preActResnet152`: 24
 * blocks in the second stage. At this depth the first version of ResNet becomes less accurate.
 */
export const preActResnet200 = /* @__PURE__ */ imageNet(
  "preActResnet200",
  "preactivationBottleneck",
  [3, 24, 36, 3],
);
