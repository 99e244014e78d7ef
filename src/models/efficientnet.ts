import { SqueezeExcitation } from "../nn/block/squeeze_excitation.ts";
import { FusingSequential } from "../nn/container/chain.ts";
import { probability } from "../nn/kinds.ts";
import type { Module } from "../nn/module/module.ts";
import type { BatchNormLayerOptions } from "../nn/norm/batch_norm.ts";
import {
  divisible,
  dropoutLinear,
  ImageClassifier,
  startConvolutions,
  startLinear,
} from "./image_classifier.ts";
import { setUniform } from "./init.ts";
import {
  type ConvMaker,
  convMaker,
  InvertedResidual,
  type InvertedSizes,
  invertedParts,
} from "./inverted.ts";
import { builder, type ModelOptions } from "./options.ts";

/** Options of EfficientNets in addition to `ModelOptions`. */
export interface EfficientNetExtras {
  /**
   * Dropout probability before the linear layer. Default 0.2 for B0 and B1, 0.3 for B2 and B3, 0.4 for B4 and B5, 0.5 for
   * B6 and B7.
   */
  readonly dropout?: number;
  /** Probability of stochastic depth in the last block; it increases from 0 in the first. Default 0.2. */
  readonly stochasticDepth?: number;
}

/** Expansion, kernel, stride, channels and blocks of each stage of B0 (Tan and Le 2019, table 1). */
type EfficientNetRow = readonly [
  expansion: number,
  kernel: number,
  stride: number,
  channels: number,
  blocks: number,
];
const rows: readonly EfficientNetRow[] = [
  [1, 3, 1, 16, 1],
  [6, 3, 2, 24, 2],
  [6, 5, 2, 40, 2],
  [6, 3, 2, 80, 3],
  [6, 5, 1, 112, 3],
  [6, 5, 2, 192, 4],
  [6, 3, 1, 320, 1],
];
const smallRows: readonly EfficientNetRow[] = [
  [1, 3, 1, 16, 1],
  [4, 3, 2, 24, 1],
  [4, 5, 2, 40, 1],
];

/** How a network is scaled up from B0. */
interface Scale {
  readonly width: number;
  readonly depth: number;
  readonly dropout: number;
  readonly norm?: BatchNormLayerOptions;
}

function block(sizes: InvertedSizes, conv: ConvMaker, drop: number): InvertedResidual {
  const { expand, depthwise, project } = invertedParts(sizes, conv);
  const squeezed = Math.max(1, Math.floor(sizes.inC / 4));
  const excitation = new SqueezeExcitation(sizes.hidden, squeezed, { activation: "silu" });
  return new InvertedResidual("block", sizes, [...expand, depthwise, excitation, project], drop);
}

/** The stages, each a Chain, and the number of channels of the last. */
function stagesOf(inChannels: number, table: readonly EfficientNetRow[], conv: ConvMaker, scale: Scale, drop: number) {
  const counts = table.map(([, , , , blocks]) => Math.ceil(blocks * scale.depth));
  const total = counts.reduce((a, b) => a + b);
  let inC = inChannels;
  let index = 0;
  const stages = table.map(([expansion, kernel, first, channels], stage) => {
    const outC = divisible(channels * scale.width);
    const blocks = Array.from({ length: counts[stage] ?? 0 }, (_, i) => {
      const hidden = divisible(inC * expansion);
      const sizes = { inC, hidden, outC, kernel, stride: i === 0 ? first : 1 };
      inC = outC;
      return block(sizes, conv, (drop * index++) / total);
    });
    return new FusingSequential(...blocks);
  });
  return { stages, channels: inC };
} // biome-ignore format: a signature

function efficientNet(
  {
    small,
    inChannels,
    numClasses,
    dropout,
    stochasticDepth = 0.2,
  }: Required<ModelOptions> & EfficientNetExtras,
  scale: Scale,
): ImageClassifier {
  const conv = convMaker(scale.norm ?? {}, "silu");
  const stem = divisible((small ? 16 : 32) * scale.width);
  const table = small ? smallRows : rows;
  const { stages, channels } = stagesOf(stem, table, conv, scale, stochasticDepth);
  const last = 4 * channels;
  const features: Module[] = [
    conv(inChannels, stem, { stride: small ? 1 : 2 }),
    ...stages,
    conv(channels, last, { kernelSize: 1 }),
  ];
  const end = dropoutLinear(dropout ?? scale.dropout, last, numClasses);
  const model = new ImageClassifier(features, end);
  startConvolutions(model);
  startLinear(model, (weight) => setUniform(weight, 1 / Math.sqrt(numClasses)));
  return model;
}

const scaled = (
  name: string,
  width: number,
  depth: number,
  dropout: number,
  norm?: BatchNormLayerOptions,
) =>
  builder<ImageClassifier, EfficientNetExtras>(
    name,
    (options) => efficientNet(options, { width, depth, dropout, ...(norm && { norm }) }),
    { kinds: { dropout: probability, stochasticDepth: probability } },
  );

/** TensorFlow's values, which torchvision uses for the three largest networks. */
const tensorFlow = { eps: 0.001, momentum: 0.01 };

/**
 * EfficientNet-B0 (Tan and Le 2019): 5,288,548 parameters, images of 224². Compared with MobileNet v2 and MNASNet: every
 * block has squeeze-and-excitation, silu, and stochastic depth; designed to be scaled in width, depth and image size
 * together.
 */
export const efficientnetB0 = /* @__PURE__ */ scaled("efficientnetB0", 1, 1, 0.2);
/** EfficientNet-B1 (Tan and Le 2019): 7,794,184 parameters, 240². Compared with B0: 1.1 times the blocks. */
export const efficientnetB1 = /* @__PURE__ */ scaled("efficientnetB1", 1, 1.1, 0.2);
/**
 * EfficientNet-B2 (Tan and Le 2019): 9,109,994 parameters, 260². Compared with B0: 1.1 times the channels, 1.2 times the
 * blocks.
 */
export const efficientnetB2 = /* @__PURE__ */ scaled("efficientnetB2", 1.1, 1.2, 0.3);
/**
 * EfficientNet-B3 (Tan and Le 2019): 12,233,232 parameters, 300². Compared with B0: 1.2 times the channels, 1.4 times the
 * blocks.
 */
export const efficientnetB3 = /* @__PURE__ */ scaled("efficientnetB3", 1.2, 1.4, 0.3);
/**
 * EfficientNet-B4 (Tan and Le 2019): 19,341,616 parameters, 380². Compared with B0: 1.4 times the channels, 1.8 times the
 * blocks.
 */
export const efficientnetB4 = /* @__PURE__ */ scaled("efficientnetB4", 1.4, 1.8, 0.4);
/**
 * EfficientNet-B5 (Tan and Le 2019): 30,389,784 parameters, 456². Compared with B0: 1.6 times the channels, 2.2 times the
 * blocks.
 */
export const efficientnetB5 = /* @__PURE__ */ scaled("efficientnetB5", 1.6, 2.2, 0.4, tensorFlow);
/**
 * EfficientNet-B6 (Tan and Le 2019): 43,040,704 parameters, 528². Compared with B0: 1.8 times the channels, 2.6 times the
 * blocks.
 */
export const efficientnetB6 = /* @__PURE__ */ scaled("efficientnetB6", 1.8, 2.6, 0.5, tensorFlow);
/**
 * EfficientNet-B7 (Tan and Le 2019): 66,347,960 parameters, 600². Compared with B0: twice the channels, 3.1 times the
 * blocks.
 */
export const efficientnetB7 = /* @__PURE__ */ scaled("efficientnetB7", 2, 3.1, 0.5, tensorFlow);
