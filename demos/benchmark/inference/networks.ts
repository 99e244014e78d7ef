import type { Tensor } from "wgrad";
import { inceptionV3, mobilenetV2, resnet18, resnet50, squeezenet1_1 } from "wgrad/models";
import type { Module } from "wgrad/nn";

export interface Network {
  readonly name: string;
  /** Side of the image it was made for. */
  readonly size: number;
  /** Side of one that a processor can do in seconds. */
  readonly small: number;
  readonly build: () => Module<[Tensor], Tensor>;
}

export const networks: readonly Network[] = [
  { name: "MobileNetV2", size: 224, small: 32, build: mobilenetV2 },
  { name: "ResNet-18", size: 224, small: 32, build: resnet18 },
  { name: "ResNet-50", size: 224, small: 32, build: resnet50 },
  { name: "SqueezeNet 1.1", size: 224, small: 32, build: squeezenet1_1 },
  {
    ...{ name: "InceptionV3", size: 299, small: 75 },
    build: () => inceptionV3() as Module<[Tensor], Tensor>, // evaluated, it gives logits alone
  },
];
