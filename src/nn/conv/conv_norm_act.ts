import { callAs } from "../../core/caller.ts";
import { boolean, callback, count, either, nothing } from "../../core/kinds.ts";
import { checkArguments, options as optionsKind, signature } from "../../core/signature.ts";
import type { Pair } from "../../kernels/conv2d/geometry.ts";
import { type Act, activationOf } from "../../kernels/elementwise/activations.ts";
import { act as actKind, padding } from "../../ops/kinds.ts";
import { Activation } from "../activation/plain.ts";
import { FusingSequential } from "../container/chain.ts";
import { sizes } from "../kinds.ts";
import type { Module } from "../module/module.ts";
import { BatchNorm2d } from "../norm/batch_norm.ts";
import { Conv2d, type Conv2dLayerOptions } from "./conv.ts";

/** Options of `ConvNormAct`: a convolution followed by a norm and an activation. */
export interface ConvNormActOptions extends Omit<Conv2dLayerOptions, "act"> {
  /** Size of the window. Default 3. The default `padding` keeps the size at stride 1 if the kernel size is odd. */
  readonly kernelSize?: Pair;
  /**
   * Makes the norm for a number of channels; null for no norm. Default `BatchNorm2d`. `bias` defaults to true without a
   * norm, and to false with one.
   */
  readonly norm?: ((channels: number) => Module) | null;
  /** The activation at the end; null for none. Default "relu". */
  readonly act?: Act | null;
}

/** Padding of (kernel − 1)/2 · dilation, rounded down, for both axes. */
function centred(kernelSize: Pair, dilation: Pair): [number, number] {
  const both = (pair: Pair) => (typeof pair === "number" ? ([pair, pair] as const) : pair);
  const [[kh, kw], [dh, dw]] = [both(kernelSize), both(dilation)];
  return [Math.floor((kh - 1) / 2) * dh, Math.floor((kw - 1) / 2) * dw];
}

/**
 * Convolution, norm and activation, named 0, 1 and 2 in the state dict: torchvision's Conv2dNormActivation. An omitted
 * layer takes no number.
 */
export class ConvNormAct extends FusingSequential {
  static override readonly signature = /* @__PURE__ */ signature("ConvNormAct", {
    inChannels: count,
    outChannels: count,
    options: /* @__PURE__ */ optionsKind<ConvNormActOptions>({
      ...{ kernelSize: sizes, stride: sizes, padding, dilation: sizes, groups: count },
      ...{ bias: boolean, norm: /* @__PURE__ */ either(callback, nothing) },
      act: /* @__PURE__ */ either(actKind, nothing),
    }),
  });

  constructor(inChannels: number, outChannels: number, given: ConvNormActOptions = {}) {
    checkArguments(ConvNormAct.signature, arguments);
    const { kernelSize = 3, act = "relu", ...rest } = given;
    const { norm = (channels: number) => new BatchNorm2d(channels), ...options } = rest;
    const layers: Module[] = [
      callAs(
        "ConvNormAct",
        () =>
          new Conv2d(inChannels, outChannels, kernelSize, {
            padding: centred(kernelSize, options.dilation ?? 1),
            bias: norm === null,
            ...options,
          }),
      ),
    ];
    if (norm) layers.push(norm(outChannels));
    if (act) layers.push(new Activation(activationOf(act)));
    super(...layers);
  }
}
