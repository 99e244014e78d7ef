import { count } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import type { Act } from "../../kernels/elementwise/activations.ts";
import { mul } from "../../ops/elementwise/elementwise.ts";
import { act as actKind } from "../../ops/kinds.ts";
import { globalAvgPool2d } from "../../ops/pool/pool.ts";
import { composed } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Conv2d } from "../conv/conv.ts";
import { made } from "../module/made.ts";
import { Module } from "../module/module.ts";

/** Options of `SqueezeExcitation`: its two activations. */
export interface SqueezeExcitationOptions {
  /** After fc1. Default "relu". */
  readonly activation?: Act;
  /** After fc2. Default "sigmoid"; MobileNetV3 has "hardsigmoid". */
  readonly scaleActivation?: Act;
}

/**
 * Multiplies each channel of x [N, inputChannels, H, W] by a factor computed from the means of all channels: y = x ·
 * scaleActivation(fc2(activation(fc1(mean x)))) (Hu et al. 2017). The 1×1 convolutions fc1 and fc2, their bias and their
 * names are those of torchvision.ops.SqueezeExcitation.
 */
export class SqueezeExcitation extends Module {
  static override readonly signature = /* @__PURE__ */ signature("SqueezeExcitation", {
    inputChannels: count,
    squeezeChannels: count,
    options: /* @__PURE__ */ options<SqueezeExcitationOptions>({
      ...{ activation: actKind, scaleActivation: actKind },
    }),
  });
  /** 1×1, inputChannels to squeezeChannels. */
  readonly fc1: Conv2d;
  /** 1×1, squeezeChannels to inputChannels: the factors of the channels. */
  readonly fc2: Conv2d;

  constructor(
    inputChannels: number,
    squeezeChannels: number,
    given: SqueezeExcitationOptions = {},
  ) {
    super();
    checkArguments(SqueezeExcitation.signature, arguments);
    const { activation = "relu", scaleActivation = "sigmoid" } = given;
    this.fc1 = made(this, () => new Conv2d(inputChannels, squeezeChannels, 1, { act: activation }));
    this.fc2 = new Conv2d(squeezeChannels, inputChannels, 1, { act: scaleActivation });
  }

  override forward(x: Tensor): Tensor {
    using mean = globalAvgPool2d(x);
    return composed((pass) => {
      const squeezed = pass(this.fc1.forward(mean));
      return mul(x, pass(this.fc2.forward(squeezed)));
    });
  }
}
