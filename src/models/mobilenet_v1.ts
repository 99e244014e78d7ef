import { FusingSequential } from "../nn/container/chain.ts";
import { Linear } from "../nn/linear.ts";
import { Module } from "../nn/module/module.ts";
import { globalAvgPool2d } from "../ops/pool/pool.ts";
import { flatten } from "../ops/shape/reshape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { positive, startConvolutions } from "./image_classifier.ts";
import { type ConvMaker, convMaker } from "./inverted.ts";
import { builder } from "./options.ts";

/** Option of MobileNet v1 in addition to `ModelOptions`. */
export interface MobileNetV1Extras {
  /** Factor of all numbers of channels. Default 1; the paper also uses 0.75, 0.5 and 0.25. */
  readonly widthMult?: number;
}

/** Output channels and stride of each depthwise separable convolution (Howard et al. 2017, table 1). */
const rows: readonly (readonly [channels: number, stride: number])[] = [
  ...([[64, 1], [128, 2], [128, 1], [256, 2], [256, 1], [512, 2]] as const),
  ...([[512, 1], [512, 1], [512, 1], [512, 1], [512, 1], [1024, 2], [1024, 1]] as const),
]; // biome-ignore format: a table
const smallRows: typeof rows = [[64, 1], [128, 2], [256, 2], [512, 2]]; // biome-ignore format: a table

const separable = (conv: ConvMaker, inC: number, outC: number, stride: number) =>
  new FusingSequential(
    ...conv(inC, inC, { stride, groups: inC }),
    ...conv(inC, outC, { kernelSize: 1 }),
  );

/** See `mobilenetV1`. */
export class MobileNetV1 extends Module {
  /** The stem, then the depthwise separable blocks. */
  readonly model: FusingSequential;
  /** The linear layer. */
  readonly fc: Linear;

  constructor(layers: readonly FusingSequential[], channels: number, classes: number) {
    super();
    this.model = new FusingSequential(...layers);
    this.fc = new Linear(channels, classes);
    startConvolutions(this);
  }

  override forward(x: Tensor): Tensor {
    return this.fc.forward(flatten(globalAvgPool2d(this.model.forward(x))));
  }
}

/**
 * MobileNet v1 (Howard et al. 2017): 4,231,976 parameters, images of 224². Compared with VGG: each 3×3 convolution is split
 * into a depthwise one, which processes every channel separately, and a 1×1 one, which mixes channels, for a ninth of the
 * multiply-adds; a width multiplier trades accuracy for speed. It is not in torchvision; names are those of ports that have
 * all blocks in one `model`: model.0.0 and model.0.1 the stem and its norm, model.i.0, .1, .3 and .4 of a block, fc.
 */
export const mobilenetV1 = /* @__PURE__ */ builder<MobileNetV1, MobileNetV1Extras>(
  "mobilenetV1",
  ({ small, inChannels, numClasses, widthMult = small ? 0.25 : 1 }) => {
    const conv = convMaker({}, "relu");
    const scaled = (channels: number) => Math.max(8, Math.floor(channels * widthMult));
    let inC = scaled(32);
    const stem = new FusingSequential(...conv(inChannels, inC, { stride: small ? 1 : 2 }));
    const blocks = (small ? smallRows : rows).map(([channels, stride]) => {
      const made = separable(conv, inC, scaled(channels), stride);
      inC = scaled(channels);
      return made;
    });
    return new MobileNetV1([stem, ...blocks], inC, numClasses);
  },
  { kinds: { widthMult: positive } },
);
