import { FusingSequential } from "../nn/container/chain.ts";
import type { Sequential } from "../nn/container/containers.ts";
import { Module } from "../nn/module/module.ts";
import { globalAvgPool2d } from "../ops/pool/pool.ts";
import { flatten } from "../ops/shape/reshape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { divisible, dropoutLinear, startConvolutions, startLinear } from "./image_classifier.ts";
import { setUniform } from "./init.ts";
import { convMaker, InvertedResidual, invertedParts } from "./inverted.ts";
import { builder } from "./options.ts";

/** Channels, kernel, stride, expansion and blocks of each stack (Tan et al. 2018, variant B1). */
type MnasNetRow = readonly [
  channels: number,
  kernel: number,
  stride: number,
  expansion: number,
  blocks: number,
];
const rows: readonly MnasNetRow[] = [
  [24, 3, 2, 3, 3],
  [40, 5, 2, 3, 3],
  [80, 5, 2, 6, 3],
  [96, 3, 1, 6, 2],
  [192, 5, 2, 6, 4],
  [320, 3, 1, 6, 1],
];
const smallRows: readonly MnasNetRow[] = [
  [24, 3, 2, 3, 1],
  [40, 5, 2, 3, 1],
];

/** Batch norm with torchvision's equivalent of TensorFlow's momentum 0.9997. */
const conv = convMaker({ momentum: 3e-4 }, "relu");

function stack(
  inC: number,
  outC: number,
  [, kernel, stride, expansion, blocks]: MnasNetRow,
): FusingSequential {
  const made = Array.from({ length: blocks }, (_, i) => {
    const first = i === 0;
    const from = first ? inC : outC;
    const sizes = { inC: from, hidden: from * expansion, outC, kernel, stride: first ? stride : 1 };
    const { expand, depthwise, project } = invertedParts(sizes, conv);
    const layers = [...expand, depthwise, project].flatMap((layer) => [...layer]);
    return new InvertedResidual("layers", sizes, layers);
  });
  return new FusingSequential(...made);
}

/** See `mnasnet1_0`. */
export class MNASNet extends Module {
  /** Stem, stacks of inverted residual blocks, and the last 1×1 convolution. */
  readonly layers: FusingSequential;
  /** Dropout and the linear layer. */
  readonly classifier: Sequential;

  constructor(layers: readonly Module[], channels: number, classes: number) {
    super();
    this.layers = new FusingSequential(...layers);
    this.classifier = new FusingSequential(...dropoutLinear(0.2, channels, classes));
    startConvolutions(this);
    startLinear(this, (weight) => setUniform(weight, Math.sqrt(3 / classes)));
  }

  override forward(x: Tensor): Tensor {
    return this.classifier.forward(flatten(globalAvgPool2d(this.layers.forward(x))));
  }
}

/** The small form has half the channels and two stacks of one block. */
const mnasnet = (name: string, alpha: number) =>
  builder<MNASNet>(name, ({ small, inChannels, numClasses }) => {
    const scaled = (channels: number) => divisible((channels * alpha) / (small ? 2 : 1));
    const [first, second] = [scaled(32), scaled(16)];
    const last = small ? 128 : 1280;
    let inC = second;
    const stacks = (small ? smallRows : rows).map((row) => {
      const made = stack(inC, scaled(row[0]), row);
      inC = scaled(row[0]);
      return made;
    });
    const layers = [
      ...conv(inChannels, first, { stride: small ? 1 : 2 }),
      ...conv(first, first, { groups: first }),
      ...conv(first, second, { kernelSize: 1, act: null }),
      ...stacks,
      ...conv(inC, last, { kernelSize: 1 }),
    ];
    return new MNASNet(layers, last, numClasses);
  });

/**
 * MNASNet 1.0 (Tan et al. 2018, variant B1): 4,383,312 parameters, images of 224². Compared with MobileNet v2: kernel,
 * expansion and depth of each stage come from a search that balanced accuracy and time measured on a phone.
 */
export const mnasnet1_0 = /* @__PURE__ */ mnasnet("mnasnet1_0", 1);
/** MNASNet 0.5 (Tan et al. 2018): 2,218,512 parameters, 224². Compared with 1.0: half the channels. */
export const mnasnet0_5 = /* @__PURE__ */ mnasnet("mnasnet0_5", 0.5);
/** MNASNet 0.75 (Tan et al. 2018): 3,170,208 parameters, 224². Compared with 1.0: three quarters of the channels. */
export const mnasnet0_75 = /* @__PURE__ */ mnasnet("mnasnet0_75", 0.75);
/** MNASNet 1.3 (Tan et al. 2018): 6,282,256 parameters, 224². Compared with 1.0: 1.3 times the channels. */
export const mnasnet1_3 = /* @__PURE__ */ mnasnet("mnasnet1_3", 1.3);
