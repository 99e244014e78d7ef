import {
  type Conv1dOptions,
  type ConvTranspose1dOptions,
  conv1d,
  convTranspose1d,
} from "../ops/conv1d.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { biasFor, kaimingUniform } from "./init.ts";
import { Module, parameter } from "./module.ts";

/** Whether there is a bias; default true. */
interface WithBias {
  readonly bias?: boolean;
}

/** Convolution of x [N, inChannels, L] with weight [outChannels, inChannels/groups, k], as torch.nn.Conv1d. */
export class Conv1d extends Module {
  readonly weight: Tensor;
  readonly bias: Tensor | undefined;
  readonly #options: Omit<Conv1dOptions, "bias">;

  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: number,
    { bias = true, ...options }: Omit<Conv1dOptions, "bias"> & WithBias = {},
  ) {
    super();
    this.#options = options;
    const shape = [outChannels, inChannels / (options.groups ?? 1), kernelSize];
    this.weight = parameter(kaimingUniform(shape));
    this.bias = bias ? parameter(biasFor(shape, outChannels)) : undefined;
  }

  override forward(x: Tensor): Tensor {
    return conv1d(x, this.weight, { ...this.#options, bias: this.bias });
  }
}

/** Transposed convolution of x [N, inChannels, L] with weight [inChannels, outChannels/groups, k], as torch's. */
export class ConvTranspose1d extends Module {
  readonly weight: Tensor;
  readonly bias: Tensor | undefined;
  readonly #options: Omit<ConvTranspose1dOptions, "bias">;

  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: number,
    { bias = true, ...options }: Omit<ConvTranspose1dOptions, "bias"> & WithBias = {},
  ) {
    super();
    this.#options = options;
    const shape = [inChannels, outChannels / (options.groups ?? 1), kernelSize];
    this.weight = parameter(kaimingUniform(shape));
    this.bias = bias ? parameter(biasFor(shape, outChannels)) : undefined;
  }

  override forward(x: Tensor): Tensor {
    return convTranspose1d(x, this.weight, { ...this.#options, bias: this.bias });
  }
}
