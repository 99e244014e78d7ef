import { Sequential } from "../nn/container/containers.ts";
import { Dropout } from "../nn/dropout.ts";
import { Linear } from "../nn/linear.ts";
import { Module } from "../nn/module/module.ts";
import { MaxPool2d } from "../nn/pool/pool.ts";
import { adaptiveAvgPool2d } from "../ops/pool/adaptive_pool.ts";
import { flatten } from "../ops/shape/reshape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { builder, type ModelOptions } from "./options.ts";
import { convReLU, linearReLU } from "./rectified.ts";

const pool = () => new MaxPool2d(3, { stride: 2 });

/** Five convolutions and three linear layers; logits [N, numClasses] for x [N, inChannels, H, W]. */
class AlexNet extends Module {
  readonly features: Sequential;
  readonly classifier: Sequential;
  readonly #pooled: number;

  constructor({ inChannels, numClasses, small }: Required<ModelOptions>) {
    super();
    const narrow = small ? 8 : 1;
    const [a, b, c, d] = [64 / narrow, 192 / narrow, 384 / narrow, 256 / narrow] as const;
    const wide = small ? 128 : 4096;
    this.#pooled = small ? 2 : 6;
    this.features = new Sequential(
      ...(small
        ? convReLU(inChannels, a, 3, { padding: 1 })
        : convReLU(inChannels, a, 11, { stride: 4, padding: 2 })),
      pool(),
      ...convReLU(a, b, 5, { padding: 2 }),
      pool(),
      ...convReLU(b, c, 3, { padding: 1 }),
      ...convReLU(c, d, 3, { padding: 1 }),
      ...convReLU(d, d, 3, { padding: 1 }),
      pool(),
    );
    this.classifier = new Sequential(
      new Dropout(),
      ...linearReLU(d * this.#pooled ** 2, wide),
      new Dropout(),
      ...linearReLU(wide, wide),
      new Linear(wide, numClasses),
    );
  }

  override forward(x: Tensor): Tensor {
    const h = adaptiveAvgPool2d(this.features.forward(x), this.#pooled);
    return this.classifier.forward(flatten(h, 1));
  }
}

/**
 * AlexNet (Krizhevsky 2014, the form for one GPU): 61,100,840 parameters, images of 224². Compared with LeNet: a thousand
 * times as many parameters, trained on a million photographs thanks to ReLU instead of tanh, dropout and GPUs; overlapping
 * max pooling instead of averages.
 */
export const alexnet = /* @__PURE__ */ builder("alexnet", (options) => new AlexNet(options));
