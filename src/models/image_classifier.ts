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

/** Layers on the image, global average pooling, and layers on the averages. */
export class ImageClassifier extends Module {
  /** Layers on the image. */
  readonly features: Sequential;
  /** Layers from the averaged channels to logits. */
  readonly classifier: Sequential;

  constructor(features: readonly Module[], classifier: readonly Module[]) {
    super();
    this.features = new Sequential(...features);
    this.classifier = new Sequential(...classifier);
  }

  /** Logits [N, numClasses] for x [N, inChannels, H, W]. */
  override forward(x: Tensor): Tensor {
    return this.classifier.forward(flatten(globalAvgPool2d(this.features.forward(x))));
  }
}

/** Dropout and a linear layer, named 1 in the state dict. */
export const dropoutLinear = (dropout: number, channels: number, classes: number): Module[] => [
  new Dropout(dropout),
  new Linear(channels, classes),
];

/** Initialises convolutions by He's formula with fanOut, and biases with 0. */
export function startConvolutions(model: Module): void {
  for (const conv of layersOf(model, Conv2d)) {
    setKaimingNormal(conv.weight, "fanOut");
    setConstant(conv.bias, 0);
  }
}

/** Initialises linear layers by `draw`, by default from a normal distribution with deviation 0.01, and biases with 0. */
export function startLinear(
  model: Module,
  draw = (weight: Tensor): void => setNormal(weight, 0.01),
): void {
  for (const linear of layersOf(model, Linear)) {
    draw(linear.weight);
    setConstant(linear.bias, 0);
  }
}

/** The multiple of 8 nearest to a number of channels, but not less than nine tenths of it. */
export function divisible(channels: number): number {
  const near = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return near < 0.9 * channels ? near + 8 : near;
}

export const positive: Kind = {
  expected: "a number > 0",
  accepts: (value) => Number.isFinite(value) && (value as number) > 0,
};
