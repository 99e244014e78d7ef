import type { Conv2dLayerOptions } from "../nn/conv/conv.ts";
import { Conv2d } from "../nn/conv/conv.ts";
import { Linear } from "../nn/linear.ts";
import type { Module } from "../nn/module/module.ts";
import { BatchNorm2d } from "../nn/norm/batch_norm.ts";
import { Identity } from "../nn/shape.ts";
import type { FusedOptions } from "../ops/norm/norm.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Batch norm with the following ReLU, in one kernel. */
export class BatchNormReLU extends BatchNorm2d {
  override forward(x: Tensor, fused: FusedOptions = {}): Tensor {
    return super.forward(x, { act: "relu", ...fused });
  }
}

/**
 * Parts of a `Sequential`: a convolution that ends with ReLU, and an identity in the place of PyTorch's ReLU layer, so that
 * the layers after it have PyTorch's numbers in the state dict.
 */
export const convReLU = (
  inC: number,
  outC: number,
  size: number,
  options: Conv2dLayerOptions = {},
): Module[] => [new Conv2d(inC, outC, size, { ...options, act: "relu" }), new Identity()];

/** `convReLU` with batch norm in between; the convolution has a bias. */
export const convNormReLU = (
  inC: number,
  outC: number,
  size: number,
  padding: number,
): Module[] => [new Conv2d(inC, outC, size, { padding }), new BatchNormReLU(outC), new Identity()];

/** `convReLU` for linear layers. */
export const linearReLU = (inputs: number, outputs: number): Module[] => [
  new Linear(inputs, outputs, { act: "relu" }),
  new Identity(),
];
