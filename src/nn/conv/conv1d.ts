import { boolean, count } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import {
  type Conv1dOptions,
  type ConvTranspose1dOptions,
  conv1d,
  convTranspose1d,
} from "../../ops/conv/conv1d.ts";
import { linePadding } from "../../ops/kinds.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { channelsOfGroup } from "../groups.ts";
import { biasFor, kaimingUniform } from "../init.ts";
import { whole } from "../kinds.ts";
import { made } from "../module/made.ts";
import { Module } from "../module/module.ts";
import { parameter } from "../module/parameter.ts";

/** Whether there is a bias; default true. */
interface WithBias {
  readonly bias?: boolean;
}

const channelKinds = { inChannels: count, outChannels: count, kernelSize: count };

/** Convolution of x [N, inChannels, L] with weight [outChannels, inChannels/groups, k], as torch.nn.Conv1d. */
export class Conv1d extends Module {
  static override readonly signature = /* @__PURE__ */ signature("Conv1d", {
    ...channelKinds,
    options: /* @__PURE__ */ options<Omit<Conv1dOptions, "bias"> & WithBias>({
      ...{ stride: count, padding: linePadding, dilation: count, groups: count, bias: boolean },
    }),
  });
  /** [outChannels, inChannels/groups, k]. */
  readonly weight: Tensor;
  /** [outChannels]; undefined with `bias: false`. */
  readonly bias: Tensor | undefined;
  readonly #options: Omit<Conv1dOptions, "bias">;

  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: number,
    given: Omit<Conv1dOptions, "bias"> & WithBias = {},
  ) {
    super();
    checkArguments(Conv1d.signature, arguments);
    const { bias = true, ...options } = given;
    this.#options = options;
    const shape = [
      outChannels,
      channelsOfGroup("Conv1d", inChannels, outChannels, options)[0],
      kernelSize,
    ];
    this.weight = made(this, () => parameter(kaimingUniform(shape)));
    this.bias = bias ? parameter(biasFor(shape, outChannels)) : undefined;
  }

  override forward(x: Tensor): Tensor {
    return conv1d(x, this.weight, { ...this.#options, bias: this.bias });
  }
}

/**
 * Transposed convolution of x [N, inChannels, L] with weight [inChannels, outChannels/groups, k], as
 * torch.nn.ConvTranspose1d.
 */
export class ConvTranspose1d extends Module {
  static override readonly signature = /* @__PURE__ */ signature("ConvTranspose1d", {
    ...channelKinds,
    options: /* @__PURE__ */ options<Omit<ConvTranspose1dOptions, "bias"> & WithBias>({
      ...{ stride: count, padding: whole, outputPadding: whole, dilation: count },
      ...{ groups: count, bias: boolean },
    }),
  });
  /** [inChannels, outChannels/groups, k]. */
  readonly weight: Tensor;
  /** [outChannels]; undefined with `bias: false`. */
  readonly bias: Tensor | undefined;
  readonly #options: Omit<ConvTranspose1dOptions, "bias">;

  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: number,
    given: Omit<ConvTranspose1dOptions, "bias"> & WithBias = {},
  ) {
    super();
    checkArguments(ConvTranspose1d.signature, arguments);
    const { bias = true, ...options } = given;
    this.#options = options;
    const shape = [
      inChannels,
      channelsOfGroup("ConvTranspose1d", inChannels, outChannels, options)[1],
      kernelSize,
    ];
    this.weight = made(this, () => parameter(kaimingUniform(shape)));
    this.bias = bias ? parameter(biasFor(shape, outChannels)) : undefined;
  }

  override forward(x: Tensor): Tensor {
    return convTranspose1d(x, this.weight, { ...this.#options, bias: this.bias });
  }
}
