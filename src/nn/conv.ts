import type { Conv2dOptions, Pair } from "../kernels/conv2d/geometry.ts";
import type { Act } from "../kernels/elementwise/activations.ts";
import { conv2d } from "../ops/conv.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { biasFor, kaimingUniform } from "./init.ts";
import { Module, parameter } from "./module.ts";

export interface Conv2dLayerOptions extends Conv2dOptions {
  /** Default true. */
  readonly bias?: boolean;
  /** Applied to the result, in the same kernel. Default "identity". */
  readonly act?: Act;
}

/** Convolution of x [N, inChannels, H, W] with weight [outChannels, inChannels/groups, kH, kW], as torch.nn.Conv2d. */
export class Conv2d extends Module {
  readonly weight: Tensor;
  readonly bias: Tensor | undefined;
  readonly #options: Omit<Conv2dLayerOptions, "bias">;

  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: Pair,
    { bias = true, ...options }: Conv2dLayerOptions = {},
  ) {
    super();
    const [kh, kw] = typeof kernelSize === "number" ? [kernelSize, kernelSize] : kernelSize;
    this.#options = options;
    const shape = [outChannels, inChannels / (options.groups ?? 1), kh, kw];
    this.weight = parameter(kaimingUniform(shape));
    this.bias = bias ? parameter(biasFor(shape, outChannels)) : undefined;
  }

  override forward(x: Tensor): Tensor {
    return conv2d(x, this.weight, { bias: this.bias, ...this.#options });
  }
}
