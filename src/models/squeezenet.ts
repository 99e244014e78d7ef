import { Sequential } from "../nn/container/containers.ts";
import { Conv2d } from "../nn/conv/conv.ts";
import { Dropout } from "../nn/dropout.ts";
import { Module } from "../nn/module/module.ts";
import { GlobalAvgPool2d, MaxPool2d } from "../nn/pool/pool.ts";
import { Identity } from "../nn/shape.ts";
import { flatten } from "../ops/shape/reshape.ts";
import { concat } from "../ops/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { layersOf, setConstant, setKaimingUniform, setNormal } from "./init.ts";
import { builder, type ModelOptions } from "./options.ts";
import { convReLU } from "./rectified.ts";

const relu = { act: "relu" } as const;

/** 1×1 to few channels, then parallel 1×1 and 3×3 convolutions, whose results are concatenated. */
class Fire extends Module {
  readonly squeeze: Conv2d;
  readonly expand1x1: Conv2d;
  readonly expand3x3: Conv2d;

  constructor(inC: number, squeezed: number, expanded: number) {
    super();
    this.squeeze = new Conv2d(inC, squeezed, 1, relu);
    this.expand1x1 = new Conv2d(squeezed, expanded, 1, relu);
    this.expand3x3 = new Conv2d(squeezed, expanded, 3, { ...relu, padding: 1 });
  }

  override forward(x: Tensor): Tensor {
    const h = this.squeeze.forward(x);
    return concat([this.expand1x1.forward(h), this.expand3x3.forward(h)], 1);
  }
}

type SqueezeNetVersion = "1_0" | "1_1";

/** Channels and kernel size of the first convolution, and the indices of the fire modules before which the image is halved. */
const versions = {
  "1_0": { width: 96, size: 7, pools: [0, 3, 7] },
  "1_1": { width: 64, size: 3, pools: [0, 2, 4] },
} as const;

/** Channels of the eight fire modules: after the squeeze, and of each expansion. */
const fires = [16, 16, 32, 32, 48, 48, 64, 64].map((squeezed) => [squeezed, 4 * squeezed] as const);

function featuresOf(
  version: SqueezeNetVersion,
  { inChannels, small }: Required<ModelOptions>,
): Sequential {
  const { width, size, pools } = versions[version];
  const shrink = small ? 4 : 1;
  let channels = width / shrink;
  const stem = small
    ? convReLU(inChannels, channels, 3, { padding: 1 })
    : convReLU(inChannels, channels, size, { stride: 2 });
  const blocks = fires.flatMap(([squeezed, expanded], i) => {
    const pool =
      small && i === 0 ? new Identity() : new MaxPool2d(3, { stride: 2, ceilMode: true });
    const fire = new Fire(channels, squeezed / shrink, expanded / shrink);
    channels = (2 * expanded) / shrink;
    return pools.some((at) => at === i) ? [pool, fire] : [fire];
  });
  return new Sequential(...stem, ...blocks);
}

/** Logits [N, numClasses] for x [N, inChannels, H, W]: global averages of one map per class. */
class SqueezeNet extends Module {
  readonly features: Sequential;
  readonly classifier: Sequential;

  constructor(version: SqueezeNetVersion, options: Required<ModelOptions>) {
    super();
    this.features = featuresOf(version, options);
    const last = new Conv2d(options.small ? 128 : 512, options.numClasses, 1, relu);
    this.classifier = new Sequential(new Dropout(), last, new Identity(), new GlobalAvgPool2d());
    for (const { weight, bias } of layersOf(this, Conv2d)) {
      setKaimingUniform(weight);
      setConstant(bias, 0);
    }
    setNormal(last.weight, 0.01);
  }

  override forward(x: Tensor): Tensor {
    return flatten(this.classifier.forward(this.features.forward(x)), 1);
  }
}

/**
 * SqueezeNet 1.0 (Iandola et al. 2016): 1,248,424 parameters, images of 224². Compared with AlexNet: the same accuracy with
 * a fiftieth of the parameters, since 1×1 convolutions reduce the input channels of the 3×3 convolutions and replace half
 * of them, and there is no linear layer.
 */
export const squeezenet1_0 = /* @__PURE__ */ builder(
  "squeezenet1_0",
  (options) => new SqueezeNet("1_0", options),
);
/**
 * SqueezeNet 1.1: 1,235,496 parameters, images of 224². Compared with 1.0: 2.4 times less work, through a smaller first
 * convolution and earlier halving of the image.
 */
export const squeezenet1_1 = /* @__PURE__ */ builder(
  "squeezenet1_1",
  (options) => new SqueezeNet("1_1", options),
);
