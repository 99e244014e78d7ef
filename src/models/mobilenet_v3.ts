import { Activation } from "../nn/activation/plain.ts";
import { SqueezeExcitation } from "../nn/block/squeeze_excitation.ts";
import { Dropout } from "../nn/dropout.ts";
import { Linear } from "../nn/linear.ts";
import type { Module } from "../nn/module/module.ts";
import { divisible, ImageClassifier, startConvolutions, startLinear } from "./image_classifier.ts";
import { convMaker, InvertedResidual, invertedParts } from "./inverted.ts";
import { type MobileNetExtras, mobileNetFamily } from "./mobilenet_v2.ts";
import { builder, type ModelOptions } from "./options.ts";

/** Kernel size, inner and output channels, squeeze-and-excitation, activation, stride (Howard et al. 2019, tables 1 and 2). */
type MobileNetV3Row = readonly [
  kernel: number,
  hidden: number,
  channels: number,
  squeeze: boolean,
  act: "relu" | "hardswish",
  stride: number,
];

const large: readonly MobileNetV3Row[] = [
  [3, 16, 16, false, "relu", 1],
  [3, 64, 24, false, "relu", 2],
  [3, 72, 24, false, "relu", 1],
  [5, 72, 40, true, "relu", 2],
  [5, 120, 40, true, "relu", 1],
  [5, 120, 40, true, "relu", 1],
  [3, 240, 80, false, "hardswish", 2],
  [3, 200, 80, false, "hardswish", 1],
  [3, 184, 80, false, "hardswish", 1],
  [3, 184, 80, false, "hardswish", 1],
  [3, 480, 112, true, "hardswish", 1],
  [3, 672, 112, true, "hardswish", 1],
  [5, 672, 160, true, "hardswish", 2],
  [5, 960, 160, true, "hardswish", 1],
  [5, 960, 160, true, "hardswish", 1],
];
const little: readonly MobileNetV3Row[] = [
  [3, 16, 16, true, "relu", 2],
  [3, 72, 24, false, "relu", 2],
  [3, 88, 24, false, "relu", 1],
  [5, 96, 40, true, "hardswish", 2],
  [5, 240, 40, true, "hardswish", 1],
  [5, 240, 40, true, "hardswish", 1],
  [5, 120, 48, true, "hardswish", 1],
  [5, 144, 48, true, "hardswish", 1],
  [5, 288, 96, true, "hardswish", 2],
  [5, 576, 96, true, "hardswish", 1],
  [5, 576, 96, true, "hardswish", 1],
];
/** Rows of the small forms. */
const few = { large: [0, 1, 2, 3], little: [0, 1, 2, 3] };

const norm = { eps: 0.001, momentum: 0.01 };
const convs = { relu: convMaker(norm, "relu"), hardswish: convMaker(norm, "hardswish") };

function block(inC: number, [kernel, inside, , squeeze, act, stride]: MobileNetV3Row, outC: number, widthMult: number) {
  const hidden = divisible(inside * widthMult);
  const sizes = { inC, hidden, outC, kernel, stride };
  const { expand, depthwise, project } = invertedParts(sizes, convs[act]);
  const excitation = squeeze
    ? [
        new SqueezeExcitation(hidden, divisible(Math.floor(hidden / 4)), {
          scaleActivation: "hardsigmoid",
        }),
      ]
    : [];
  return new InvertedResidual("block", sizes, [...expand, depthwise, ...excitation, project]);
} // biome-ignore format: a signature

/** `tail`: number of channels of the hidden linear layer. */
function mobileNetV3(
  {
    small,
    inChannels,
    numClasses,
    widthMult = 1,
    dropout = 0.2,
  }: Required<ModelOptions> & MobileNetExtras,
  all: readonly MobileNetV3Row[],
  chosen: readonly number[],
  tail: number,
): ImageClassifier {
  const rows = small ? all.filter((_, i) => chosen.includes(i)) : all;
  let inC = divisible(16 * widthMult);
  const layers: Module[] = [convs.hardswish(inChannels, inC, { stride: small ? 1 : 2 })];
  for (const row of rows) {
    const outC = divisible(row[2] * widthMult);
    layers.push(block(inC, row, outC, widthMult));
    inC = outC;
  }
  const last = 6 * inC;
  layers.push(convs.hardswish(inC, last, { kernelSize: 1 }));
  const hidden = divisible((small ? tail / 8 : tail) * widthMult);
  const model = new ImageClassifier(layers, [
    new Linear(last, hidden),
    new Activation({ act: "hardswish" }),
    new Dropout(dropout),
    new Linear(hidden, numClasses),
  ]);
  startConvolutions(model);
  startLinear(model);
  return model;
}

/**
 * MobileNet v3 large (Howard et al. 2019): 5,483,032 parameters, images of 224². Compared with v2: squeeze-and-excitation
 * in half of the blocks, hardswish in the deeper ones, kernels of 5×5 where a search found them better, and fewer layers at
 * the end.
 */
export const mobilenetV3Large = /* @__PURE__ */ builder<ImageClassifier, MobileNetExtras>(
  "mobilenetV3Large",
  (options) => mobileNetV3(options, large, few.large, 1280),
  mobileNetFamily,
);

/**
 * MobileNet v3 small (Howard et al. 2019): 2,542,856 parameters, 224². Compared with large: reduces the image earlier, and
 * has eleven blocks and 96 channels.
 */
export const mobilenetV3Small = /* @__PURE__ */ builder<ImageClassifier, MobileNetExtras>(
  "mobilenetV3Small",
  (options) => mobileNetV3(options, little, few.little, 1024),
  mobileNetFamily,
);
