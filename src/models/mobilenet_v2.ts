import { probability } from "../nn/kinds.ts";
import {
  divisible,
  dropoutLinear,
  ImageClassifier,
  positive,
  startConvolutions,
  startLinear,
} from "./image_classifier.ts";
import {
  type ConvMaker,
  convMaker,
  InvertedResidual,
  type InvertedSizes,
  invertedParts,
} from "./inverted.ts";
import { builder } from "./options.ts";

/** Options of MobileNets v2 and v3 in addition to `ModelOptions`. */
export interface MobileNetExtras {
  /** Factor of numbers of channels, which are then rounded to multiples of 8. Default 1. */
  readonly widthMult?: number;
  /** Dropout probability before the last linear layer. Default 0.2. */
  readonly dropout?: number;
}

export const mobileNetFamily = { kinds: { widthMult: positive, dropout: probability } };

/** Expansion, output channels, blocks and the first one's stride (Sandler et al. 2018, table 2). */
type MobileNetV2Row = readonly [
  expansion: number,
  channels: number,
  blocks: number,
  stride: number,
];
const rows: readonly MobileNetV2Row[] = [
  ...([[1, 16, 1, 1], [6, 24, 2, 2], [6, 32, 3, 2], [6, 64, 4, 2]] as const),
  ...([[6, 96, 3, 1], [6, 160, 3, 2], [6, 320, 1, 1]] as const),
]; // biome-ignore format: a table
const smallRows: readonly MobileNetV2Row[] = [[1, 16, 1, 1], [4, 24, 2, 2], [4, 32, 1, 2]]; // biome-ignore format: a table

function block(sizes: InvertedSizes, conv: ConvMaker): InvertedResidual {
  const { expand, depthwise, project } = invertedParts(sizes, conv);
  return new InvertedResidual("conv", sizes, [...expand, depthwise, ...project]);
}

/**
 * MobileNet v2 (Sandler et al. 2018): 3,504,872 parameters, images of 224². Compared with v1: blocks expand to six times
 * the channels, convolve depthwise and reduce the channels again without an activation, and shortcuts connect the narrow
 * ends.
 */
export const mobilenetV2 = /* @__PURE__ */ builder<ImageClassifier, MobileNetExtras>(
  "mobilenetV2",
  ({ small, inChannels, numClasses, widthMult = 1, dropout = 0.2 }) => {
    const conv = convMaker({}, "relu6");
    let inC = divisible(32 * widthMult * (small ? 0.5 : 1));
    const last = divisible((small ? 128 : 1280) * Math.max(1, widthMult));
    const stem = conv(inChannels, inC, { stride: small ? 1 : 2 });
    const blocks = (small ? smallRows : rows).flatMap(([expansion, channels, count, first]) =>
      Array.from({ length: count }, (_, i) => {
        const outC = divisible(channels * widthMult);
        const hidden = Math.round(inC * expansion);
        const made = block({ inC, hidden, outC, kernel: 3, stride: i === 0 ? first : 1 }, conv);
        inC = outC;
        return made;
      }),
    );
    const features = [stem, ...blocks, conv(inC, last, { kernelSize: 1 })];
    const model = new ImageClassifier(features, dropoutLinear(dropout, last, numClasses));
    startConvolutions(model);
    startLinear(model);
    return model;
  },
  mobileNetFamily,
);
