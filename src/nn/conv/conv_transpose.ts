import { ValueError } from "../../core/errors.ts";
import { boolean, count } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import type { Pair } from "../../kernels/conv2d/geometry.ts";
import { type TransposedOptions, transposed } from "../../kernels/conv2d/transposed.ts";
import { convTranspose2d } from "../../ops/conv/conv_transpose.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { channelsOfGroup } from "../groups.ts";
import { biasFor, kaimingUniform } from "../init.ts";
import { paddings, sizes } from "../kinds.ts";
import { made } from "../module/made.ts";
import { Module } from "../module/module.ts";
import { parameter } from "../module/parameter.ts";

/** Options of the layer `ConvTranspose2d`. */
export interface ConvTranspose2dLayerOptions extends TransposedOptions {
  /** Whether a learned bias per channel is added to the result. Default true. */
  readonly bias?: boolean;
}

/**
 * Transposed convolution of x [N, inChannels, H, W] with weight [inChannels, outChannels/groups, kH, kW], as
 * torch.nn.ConvTranspose2d: fanIn is computed from the weight's shape: outChannels/groups · kH · kW.
 *
 * @example
 * ```ts
 * import { zeros } from "wgrad";
 * import * as nn from "wgrad/nn";
 * const up = new nn.ConvTranspose2d(8, 3, 4, { stride: 2, padding: 1 });
 * console.log(up.forward(zeros([1, 8, 16, 16])).shape); // [1, 3, 32, 32]
 * ```
 */
export class ConvTranspose2d extends Module {
  static override readonly signature = /* @__PURE__ */ signature("ConvTranspose2d", {
    inChannels: count,
    outChannels: count,
    kernelSize: sizes,
    options: /* @__PURE__ */ options<ConvTranspose2dLayerOptions>({
      ...{ stride: sizes, padding: paddings, outputPadding: paddings, dilation: sizes },
      ...{ groups: count, bias: boolean },
    }),
  });
  /** [inChannels, outChannels/groups, kH, kW]. */
  readonly weight: Tensor;
  /** [outChannels]; undefined with `bias: false`. */
  readonly bias: Tensor | undefined;
  readonly #options: TransposedOptions;

  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: Pair,
    given: ConvTranspose2dLayerOptions = {},
  ) {
    super();
    checkArguments(ConvTranspose2d.signature, arguments);
    const { bias = true, ...options } = given;
    const [kh, kw] = typeof kernelSize === "number" ? [kernelSize, kernelSize] : kernelSize;
    this.#options = options;
    const shape = [
      inChannels,
      channelsOfGroup("ConvTranspose2d", inChannels, outChannels, options)[1],
      kh,
      kw,
    ];
    this.weight = made(this, () => parameter(kaimingUniform(shape)));
    this.bias = bias ? parameter(biasFor(shape, outChannels)) : undefined;
  }

  /**
   * With `outputSize` [H, W] the output padding is chosen to give that size. Throws `ValueError` if it cannot: possible
   * sizes range from the one without output padding to max(stride, dilation) − 1 above it.
   */
  override forward(x: Tensor, outputSize?: readonly [height: number, width: number]): Tensor {
    const options = outputSize ? this.#reaching(x, outputSize) : this.#options;
    return convTranspose2d(x, this.weight, { ...options, bias: this.bias });
  }

  #reaching(x: Tensor, outputSize: readonly [number, number]): TransposedOptions {
    const plain = { ...this.#options, outputPadding: 0 };
    const least = transposed("ConvTranspose2d", x.shape, this.weight.shape, undefined, plain);
    const { stride, dilation } = least.window;
    const missing = (axis: 0 | 1) => {
      const more = outputSize[axis] - least.output[axis];
      const limit = Math.max(stride[axis], dilation[axis]);
      if (Number.isInteger(more) && more >= 0 && more < limit) return more;
      throw new ValueError(
        `ConvTranspose2d: expected outputSize from ${show(least.output)} to less than ${limit} above it, got ` +
          `${show(outputSize)}; choose one of those`,
      );
    };
    return { ...this.#options, outputPadding: [missing(0), missing(1)] };
  }
}
