import { Conv2d } from "../nn/conv/conv.ts";
import { Linear } from "../nn/linear.ts";
import { Module } from "../nn/module/module.ts";
import { adaptiveAvgPool2d } from "../ops/pool/adaptive_pool.ts";
import { avgPool2d } from "../ops/pool/pool.ts";
import { flatten } from "../ops/shape/reshape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { builder, type ModelOptions } from "./options.ts";

/** Two convolutions and three linear layers; logits [N, numClasses] for x [N, inChannels, H, W]. */
class LeNet extends Module {
  readonly conv1: Conv2d;
  readonly conv2: Conv2d;
  readonly fc1: Linear;
  readonly fc2: Linear;
  readonly fc3: Linear;

  constructor({ inChannels, numClasses }: Required<ModelOptions>) {
    super();
    this.conv1 = new Conv2d(inChannels, 6, 5, { act: "tanh" });
    this.conv2 = new Conv2d(6, 16, 5, { act: "tanh" });
    this.fc1 = new Linear(16 * 5 * 5, 120, { act: "tanh" });
    this.fc2 = new Linear(120, 84, { act: "tanh" });
    this.fc3 = new Linear(84, numClasses);
  }

  override forward(x: Tensor): Tensor {
    const s2 = avgPool2d(this.conv1.forward(x), { kernelSize: 2 });
    const s4 = adaptiveAvgPool2d(this.conv2.forward(s2), 5); // of 32² images: means of 2 × 2
    return this.fc3.forward(this.fc2.forward(this.fc1.forward(flatten(s4, 1))));
  }
}

/**
 * LeNet-5 (LeCun et al. 1998) for 32² images of one channel and ten classes, its defaults: 61,706 parameters. Compared with
 * earlier perceptrons: small kernels that slide over the image share their weights, and 2 × 2 averages between them make it
 * insensitive to small shifts. In today's usual form: every map of the second convolution uses all maps of the first, the
 * averages have no weights, and the last layer is linear. It is already small, so `small` has no effect.
 */
export const lenet5 = /* @__PURE__ */ builder("lenet5", (options) => new LeNet(options), {
  defaults: { inChannels: 1, numClasses: 10 },
});
