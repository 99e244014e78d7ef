import type { Act } from "../kernels/elementwise/activations.ts";
import { FusingSequential } from "../nn/container/chain.ts";
import { ConvNormAct } from "../nn/conv/conv_norm_act.ts";
import { type AnyModule, Module } from "../nn/module/module.ts";
import { BatchNorm2d, type BatchNormLayerOptions } from "../nn/norm/batch_norm.ts";
import { StochasticDepth } from "../nn/stochastic_depth.ts";
import { add } from "../ops/elementwise/elementwise.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Sizes of an inverted residual block: few channels at both ends, many inside. */
export interface InvertedSizes {
  readonly inC: number;
  /** Number of channels of the depthwise convolution. */
  readonly hidden: number;
  readonly outC: number;
  readonly kernel: number;
  readonly stride: number;
}

/** Makes convolutions with batch norm, with the options of one family of networks. */
export const convMaker =
  (norm: BatchNormLayerOptions, act: Act) =>
  (
    inC: number,
    outC: number,
    options: { kernelSize?: number; stride?: number; groups?: number; act?: null } = {}, // biome-ignore format: a signature
  ) =>
    new ConvNormAct(inC, outC, {
      act,
      ...options,
      norm: (channels) => new BatchNorm2d(channels, norm),
    });
export type ConvMaker = ReturnType<typeof convMaker>;

/** 1×1 to `hidden` channels (omitted if that is not more), depthwise, 1×1 to the output channels without activation. */
export function invertedParts(
  { inC, hidden, outC, kernel, stride }: InvertedSizes,
  conv: ConvMaker,
) {
  return {
    expand: hidden === inC ? [] : [conv(inC, hidden, { kernelSize: 1 })],
    depthwise: conv(hidden, hidden, { kernelSize: kernel, stride, groups: hidden }),
    project: conv(hidden, outC, { kernelSize: 1, act: null }),
  };
}

/** x + layers(x), or only layers(x) if sizes change. */
export class InvertedResidual extends Module {
  readonly body: FusingSequential;
  readonly stochasticDepth: StochasticDepth;
  readonly #name: string;
  readonly #shortcut: boolean;

  /** `name`: name of the layers in the state dict. `drop`: probability of stochastic depth, default 0. */
  constructor(
    name: string,
    { inC, outC, stride }: InvertedSizes,
    layers: readonly Module[],
    drop = 0,
  ) {
    super();
    this.#name = name;
    this.#shortcut = stride === 1 && inC === outC;
    this.body = new FusingSequential(...layers);
    this.stochasticDepth = new StochasticDepth(drop);
  }

  override namedChildren(): [name: string, child: AnyModule][] {
    return super
      .namedChildren()
      .map(([name, child]) => [name === "body" ? this.#name : name, child]);
  }

  override forward(x: Tensor): Tensor {
    if (!this.#shortcut) return this.body.forward(x);
    if (this.stochasticDepth.idle) return this.body.forward(x, x);
    return add(this.stochasticDepth.forward(this.body.forward(x)), x);
  }
}
