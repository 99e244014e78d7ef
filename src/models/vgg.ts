import { Sequential } from "../nn/container/containers.ts";
import { Conv2d } from "../nn/conv/conv.ts";
import { Dropout } from "../nn/dropout.ts";
import { Linear } from "../nn/linear.ts";
import { Module } from "../nn/module/module.ts";
import { MaxPool2d } from "../nn/pool/pool.ts";
import { Identity } from "../nn/shape.ts";
import { adaptiveAvgPool2d } from "../ops/pool/adaptive_pool.ts";
import { flatten } from "../ops/shape/reshape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { layersOf, setConstant, setKaimingNormal, setNormal } from "./init.ts";
import { builder, type ModelOptions } from "./options.ts";
import { convNormReLU, convReLU, linearReLU } from "./rectified.ts";

/** Number of convolutions in each of the five stages. */
type Depths = readonly [number, number, number, number, number];

const WIDTHS = [64, 128, 256, 512, 512] as const;

/** The small form does not pool after the first stage. */
function featuresOf(depths: Depths, norm: boolean, { inChannels, small }: Required<ModelOptions>) {
  let channels = inChannels;
  const stages = depths.flatMap((depth, stage) => {
    const width = (WIDTHS[stage] ?? 512) / (small ? 8 : 1);
    const convs = Array.from({ length: depth }, () => {
      const inC = channels;
      channels = width;
      return norm ? convNormReLU(inC, width, 3, 1) : convReLU(inC, width, 3, { padding: 1 });
    });
    return [...convs.flat(), small && stage === 0 ? new Identity() : new MaxPool2d(2)];
  });
  return { features: new Sequential(...stages), channels };
}

/** Stages of 3×3 convolutions and three linear layers; logits [N, numClasses] for x [N, inChannels, H, W]. */
class VGG extends Module {
  readonly features: Sequential;
  readonly classifier: Sequential;
  readonly #pooled: number;

  constructor(depths: Depths, norm: boolean, options: Required<ModelOptions>) {
    super();
    const { numClasses, small } = options;
    const { features, channels } = featuresOf(depths, norm, options);
    const wide = small ? 128 : 4096;
    this.#pooled = small ? 1 : 7;
    this.features = features;
    this.classifier = new Sequential(
      ...linearReLU(channels * this.#pooled ** 2, wide),
      new Dropout(),
      ...linearReLU(wide, wide),
      new Dropout(),
      new Linear(wide, numClasses),
    );
    for (const layer of layersOf(this, Conv2d)) setKaimingNormal(layer.weight, "fanOut");
    for (const { weight } of layersOf(this, Linear)) {
      setNormal(weight, small ? 0.64 / Math.sqrt(weight.shape[1] ?? 1) : 0.01); // 0.01 is the deviation for 4,096 inputs
    }
    for (const layer of [...layersOf(this, Conv2d), ...layersOf(this, Linear)]) {
      setConstant(layer.bias, 0);
    }
  }

  override forward(x: Tensor): Tensor {
    const h = adaptiveAvgPool2d(this.features.forward(x), this.#pooled);
    return this.classifier.forward(flatten(h, 1));
  }
}

const vgg = (name: string, depths: Depths, norm = false) =>
  builder(name, (options) => new VGG(depths, norm, options));

/**
 * VGG-11 (Simonyan and Zisserman 2014, network A): 132,863,336 parameters, images of 224². Compared with AlexNet: only 3×3
 * convolutions, since two of them have the receptive field of one 5×5 with fewer weights and an additional ReLU; the number
 * of channels doubles wherever the image is halved.
 */
export const vgg11 = /* @__PURE__ */ vgg("vgg11", [1, 1, 2, 2, 2]);
/**
 * VGG-11 with batch norm after every convolution: 132,868,840 parameters, images of 224². Compared with VGG-11: it trains
 * from random weights at large learning rates, while the authors of VGG had to initialise deep networks from shallow ones.
 */
export const vgg11Bn = /* @__PURE__ */ vgg("vgg11Bn", [1, 1, 2, 2, 2], true);
/** VGG-13 (network B): 133,047,848 parameters, 224². Compared with VGG-11: two convolutions also in the first stages. */
export const vgg13 = /* @__PURE__ */ vgg("vgg13", [2, 2, 2, 2, 2]);
/** VGG-13 with batch norm: 133,053,736 parameters, 224². Differs from VGG-13 as `vgg11Bn` differs from VGG-11. */
export const vgg13Bn = /* @__PURE__ */ vgg("vgg13Bn", [2, 2, 2, 2, 2], true);
/**
 * VGG-16 (network D): 138,357,544 parameters, 224². Compared with VGG-13: three convolutions in each of the last three
 * stages.
 */
export const vgg16 = /* @__PURE__ */ vgg("vgg16", [2, 2, 3, 3, 3]);
/** VGG-16 with batch norm: 138,365,992 parameters, 224². Differs from VGG-16 as `vgg11Bn` differs from VGG-11. */
export const vgg16Bn = /* @__PURE__ */ vgg("vgg16Bn", [2, 2, 3, 3, 3], true);
/**
 * VGG-19 (network E): 143,667,240 parameters, 224². Compared with VGG-16: four instead of three convolutions in the last
 * three stages.
 */
export const vgg19 = /* @__PURE__ */ vgg("vgg19", [2, 2, 4, 4, 4]);
/** VGG-19 with batch norm: 143,678,248 parameters, 224². Differs from VGG-19 as `vgg11Bn` differs from VGG-11. */
export const vgg19Bn = /* @__PURE__ */ vgg("vgg19Bn", [2, 2, 4, 4, 4], true);
