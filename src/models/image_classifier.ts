import type { Kind } from "../core/kinds.ts";
import { Sequential } from "../nn/container/containers.ts";
import { Conv2d } from "../nn/conv/conv.ts";
import { Dropout } from "../nn/dropout.ts";
import { Linear } from "../nn/linear.ts";
import { Module } from "../nn/module/module.ts";
import { globalAvgPool2d } from "../ops/pool/pool.ts";
import { flatten } from "../ops/shape/reshape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { layersOf, setConstant, setKaimingNormal, setNormal } from "./init.ts";

/** Layers that see the image, the mean of every plane of what they give, and layers that see those means. */
export class ImageClassifier extends Module {
  /** What sees the image. */
  readonly features: Sequential;
  /** From the means of its planes to logits. */
  readonly classifier: Sequential;

  constructor(features: readonly Module[], classifier: readonly Module[]) {
    super();
    this.features = new Sequential(...features);
    this.classifier = new Sequential(...classifier);
  }

  /** Logits [N, numClasses] of x [N, inChannels, H, W]. */
  override forward(x: Tensor): Tensor {
    return this.classifier.forward(flatten(globalAvgPool2d(this.features.forward(x))));
  }
}

/** Dropout and a linear layer, called 1 in the state dict. */
export const dropoutLinear = (dropout: number, channels: number, classes: number): Module[] => [
  new Dropout(dropout),
  new Linear(channels, classes),
];

/** Convolutions start for rectifiers by their outputs; a bias is 0. */
export function startConvolutions(model: Module): void {
  for (const conv of layersOf(model, Conv2d)) {
    setKaimingNormal(conv.weight, "fanOut");
    setConstant(conv.bias, 0);
  }
}

/** Linear layers are drawn by `draw`, from a normal distribution of deviation 0.01 by default; a bias is 0. */
export function startLinear(
  model: Module,
  draw = (weight: Tensor): void => setNormal(weight, 0.01),
): void {
  for (const linear of layersOf(model, Linear)) {
    draw(linear.weight);
    setConstant(linear.bias, 0);
  }
}

/** What is near to a number of channels and a multiple of 8, but never less than nine tenths of it. */
export function divisible(channels: number): number {
  const near = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return near < 0.9 * channels ? near + 8 : near;
}

export const positive: Kind = {
  expected: "a number > 0",
  accepts: (value) => Number.isFinite(value) && (value as number) > 0,
};
