import { boolean, count } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import type { Conv2dKernelOptions, Pair } from "../../kernels/conv2d/geometry.ts";
import type { Act } from "../../kernels/elementwise/activations.ts";
import { conv2d } from "../../ops/conv/conv.ts";
import { act as actKind, padding } from "../../ops/kinds.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { channelsOfGroup } from "../groups.ts";
import { biasFor, kaimingUniform } from "../init.ts";
import { sizes } from "../kinds.ts";
import { made } from "../module/made.ts";
import { Module } from "../module/module.ts";
import { parameter } from "../module/parameter.ts";

/** Options of the layer `Conv2d`: those of the operation, and whether there is a bias. */
export interface Conv2dLayerOptions extends Conv2dKernelOptions {
  /** Whether a learned bias per channel is added to the result. Default true. */
  readonly bias?: boolean;
  /** Applied to the result, in the same kernel. Default "identity". */
  readonly act?: Act;
}

/**
 * Convolution of x [N, inChannels, H, W] with weight [outChannels, inChannels/groups, kH, kW], as torch.nn.Conv2d. Throws
 * `ValueError` unless `groups` (default 1) divides both numbers of channels.
 *
 * @example
 * ```ts
 * import { zeros } from "wgrad";
 * import * as nn from "wgrad/nn";
 * const layer = new nn.Conv2d(3, 8, 3, { padding: 1 });
 * console.log(layer.forward(zeros([1, 3, 5, 5])).shape); // [1, 8, 5, 5]
 * ```
 */
export class Conv2d extends Module {
  static override readonly signature = /* @__PURE__ */ signature("Conv2d", {
    inChannels: count,
    outChannels: count,
    kernelSize: sizes,
    options: /* @__PURE__ */ options<Conv2dLayerOptions>({
      ...{ stride: sizes, padding, dilation: sizes, groups: count },
      ...{ bias: boolean, act: actKind },
    }),
  });
  /** [outChannels, inChannels/groups, kH, kW]. */
  readonly weight: Tensor;
  /** [outChannels]; undefined with `bias: false`. */
  readonly bias: Tensor | undefined;
  readonly #options: Omit<Conv2dLayerOptions, "bias">;

  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: Pair,
    given: Conv2dLayerOptions = {},
  ) {
    super();
    checkArguments(Conv2d.signature, arguments);
    const { bias = true, ...options } = given;
    const [kh, kw] = typeof kernelSize === "number" ? [kernelSize, kernelSize] : kernelSize;
    this.#options = options;
    const shape = [
      outChannels,
      channelsOfGroup("Conv2d", inChannels, outChannels, options)[0],
      kh,
      kw,
    ];
    this.weight = made(this, () => parameter(kaimingUniform(shape)));
    this.bias = bias ? parameter(biasFor(shape, outChannels)) : undefined;
  }

  override forward(x: Tensor): Tensor {
    return conv2d(x, this.weight, { bias: this.bias, ...this.#options });
  }
}
