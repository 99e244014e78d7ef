import type { Tensor } from "wgrad";
import { inceptionV3, mobilenetV2, resnet18, resnet50, squeezenet1_1 } from "wgrad/models";
import type { Module } from "wgrad/nn";
import * as words from "../../words/en/benchmark/inference.ts";

export interface Network {
  readonly name: string;
  /** Side of the images it was designed for. */
  readonly size: number;
  /** Side of smaller images that a CPU can process in seconds. */
  readonly small: number;
  readonly build: () => Module<[Tensor], Tensor>;
}

export const networks: readonly Network[] = [
  { name: words.mobilenetv2, size: 224, small: 32, build: mobilenetV2 },
  { name: words.resnet18, size: 224, small: 32, build: resnet18 },
  { name: words.resnet50, size: 224, small: 32, build: resnet50 },
  { name: words.squeezenet11, size: 224, small: 32, build: squeezenet1_1 },
  {
    ...{ name: words.inceptionv3, size: 299, small: 75 },
    build: () => inceptionV3() as Module<[Tensor], Tensor>, // in evaluation mode, it returns logits only
  },
];
