import { boolean, count, oneOf } from "../../core/kinds.ts";
import {
  checkArguments,
  checked,
  options as optionsKind,
  signature,
} from "../../core/signature.ts";
import { type Activation, activationOf } from "../../kernels/elementwise/activations.ts";
import { activation } from "../../ops/activation/activation.ts";
import { addEqual } from "../../ops/elementwise/add_equal.ts";
import { activationName } from "../../ops/kinds.ts";
import type { FusedOptions } from "../../ops/norm/norm.ts";
import { currentEngine } from "../../scheduler/engine.ts";
import { composed, type PassOn } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Sequential } from "../container/containers.ts";
import { Conv2d } from "../conv/conv.ts";
import { channelsOfGroup } from "../groups.ts";
import { made } from "../module/made.ts";
import { Module } from "../module/module.ts";
import { BatchNorm2d } from "../norm/batch_norm.ts";
import { GroupNorm, InstanceNorm2d } from "../norm/norm.ts";
import { Norm } from "../norm/norm_base.ts";
import { Identity } from "../shape.ts";

/** Which elements share statistics; "layer" is one group over (C, H, W). */
export type NormKind = "batch" | "group" | "instance" | "layer" | "none";

/** Options of residual blocks. */
export interface BlockOptions {
  /** Stride of the first 3×3 convolution and of the shortcut. Default 1. */
  readonly stride?: number;
  /** The norm after every convolution. Default "batch". */
  readonly norm?: NormKind;
  /** leaky_relu and elu use their default parameter. Default "relu". */
  readonly activation?: Activation;
  /** False leaves out the addition: a plain network for comparison. Default true. */
  readonly shortcut?: boolean;
}

/** Options of `Bottleneck` and of similar blocks. */
export interface BottleneckOptions extends BlockOptions {
  /** Groups of the 3×3 convolution: ResNeXt's cardinality. Default 1. */
  readonly groups?: number;
  /** Channels of the 3×3 convolution. Default outChannels / 4. */
  readonly width?: number;
}

/** Accepts the names in `NormKind`, for the arguments that name a norm. */
export const normKind = /* @__PURE__ */ oneOf("batch", "group", "instance", "layer", "none");

/** Kinds of the options in `BlockOptions`. */
export const blockKinds = {
  ...{ stride: count, norm: normKind, activation: activationName, shortcut: boolean },
};
const channels = { inChannels: count, outChannels: count };
/** Kinds of the arguments of blocks with `BlockOptions`. */
export const basicKinds = {
  ...channels,
  options: /* @__PURE__ */ optionsKind<BlockOptions>(blockKinds),
};

const normLayers: Readonly<Record<NormKind, (channels: number) => Module>> = {
  batch: (channels) => new BatchNorm2d(channels),
  group: (channels) => new GroupNorm(groupsFor(channels), channels),
  instance: (channels) => new InstanceNorm2d(channels, { affine: true }),
  layer: (channels) => new GroupNorm(1, channels),
  none: () => new Identity(),
};

/** A normalisation layer of that kind for this many channels. */
export const normLayer = /* @__PURE__ */ checked(
  "normLayer",
  { kind: normKind, channels: count },
  (kind: NormKind, channels: number): Module => normLayers[kind](channels),
);

/**
 * The largest number of groups, up to 32 (as in Wu and He 2018), that divides the channels and leaves at least four in
 * each.
 */
function groupsFor(channels: number): number {
  let groups = Math.min(32, Math.max(1, Math.floor(channels / 4)));
  while (channels % groups !== 0) groups--;
  return groups;
}

/** 3×3 convolution that keeps the size at stride 1; no bias, since a norm follows. */
export const conv3x3 = (inC: number, outC: number, stride = 1, groups = 1) =>
  new Conv2d(inC, outC, 3, { stride, padding: 1, groups, bias: false });

export const conv1x1 = (inC: number, outC: number, stride = 1) =>
  new Conv2d(inC, outC, 1, { stride, bias: false });

/** The projection shortcut; undefined if sizes do not change or no shortcut is wanted. */
function projection(inC: number, outC: number, options: BlockOptions): Sequential | undefined {
  const { stride = 1, norm = "batch", shortcut = true } = options;
  if (!shortcut || (stride === 1 && inC === outC)) return undefined;
  return new Sequential(conv1x1(inC, outC, stride), normLayer(norm, outC));
}

const same: PassOn = (h) => h;

/** act(norm(x) + residual): in the norm's kernels, or in separate kernels if `norm` is not a norm layer. */
export function normAct(norm: Module, x: Tensor, fused: FusedOptions, pass: PassOn = same): Tensor {
  if (norm instanceof Norm) return norm.forward(x, fused);
  const { act, residual } = fused;
  const h = pass(norm.forward(x));
  const sum = residual ? pass(addEqual(residual, h)) : h;
  return act ? activation(sum, activationOf(act)) : sum;
}

/** y = act(x′ + F(x)), the end of an original residual block; x′ is x or its projection. */
abstract class ResidualBlock extends Module {
  readonly #shortcut: boolean;
  protected readonly act: Activation;
  /** Subclasses declare it last, its position in PyTorch's state dicts. */
  abstract readonly downsample: Sequential | undefined;

  constructor(options: BlockOptions) {
    super();
    made(this, currentEngine); // its layers need one, and would tell their names
    this.#shortcut = options.shortcut ?? true;
    this.act = options.activation ?? "relu";
  }

  /** F(x). `last` computes its final norm together with the addition and activation that follow. */
  protected abstract residual(x: Tensor, last: FusedOptions, pass: PassOn): Tensor;

  override forward(x: Tensor): Tensor {
    return composed((pass) => {
      const projected = () => (this.downsample ? pass(this.downsample.forward(x)) : x);
      const shortcut = this.#shortcut ? projected() : undefined;
      return this.residual(x, { act: this.act, residual: shortcut }, pass);
    });
  }
}

/**
 * Two 3×3 convolutions (He et al., "Deep residual learning for image recognition", 2015).
 *
 * @example
 * ```ts
 * import { zeros } from "wgrad";
 * import * as nn from "wgrad/nn";
 * const block = new nn.BasicBlock(16, 32, { stride: 2 });
 * console.log(block.forward(zeros([2, 16, 8, 8])).shape); // [2, 32, 4, 4]
 * ```
 */
export class BasicBlock extends ResidualBlock {
  static override readonly signature = /* @__PURE__ */ signature("BasicBlock", basicKinds);
  /** 3×3, inChannels to outChannels, with the stride. */
  readonly conv1: Conv2d;
  /** The norm after `conv1`. */
  readonly bn1: Module;
  /** 3×3, outChannels to outChannels. */
  readonly conv2: Conv2d;
  /** The norm after `conv2`; the shortcut is added to its result. */
  readonly bn2: Module;
  override readonly downsample: Sequential | undefined;

  constructor(inChannels: number, outChannels: number, options: BlockOptions = {}) {
    checkArguments(BasicBlock.signature, arguments);
    super(options);
    const { stride = 1, norm = "batch" } = options;
    this.conv1 = conv3x3(inChannels, outChannels, stride);
    this.bn1 = normLayer(norm, outChannels);
    this.conv2 = conv3x3(outChannels, outChannels);
    this.bn2 = normLayer(norm, outChannels);
    this.downsample = projection(inChannels, outChannels, options);
  }

  protected override residual(x: Tensor, last: FusedOptions, pass: PassOn): Tensor {
    const h = pass(normAct(this.bn1, pass(this.conv1.forward(x)), { act: this.act }, pass));
    return normAct(this.bn2, pass(this.conv2.forward(h)), last, pass);
  }
}

/**
 * 1×1 to fewer channels, 3×3, 1×1 to more channels; with `groups`, the block of ResNeXt (Xie et al. 2016). The 3×3
 * convolution has the stride.
 */
export class Bottleneck extends ResidualBlock {
  static override readonly signature = /* @__PURE__ */ signature("Bottleneck", {
    ...channels,
    options: /* @__PURE__ */ optionsKind<BottleneckOptions>({
      ...blockKinds,
      ...{ groups: count, width: count },
    }),
  });
  /** 1×1, inChannels to `width`. */
  readonly conv1: Conv2d;
  /** The norm after `conv1`. */
  readonly bn1: Module;
  /** 3×3 of `width` channels in `groups`, with the stride. */
  readonly conv2: Conv2d;
  /** The norm after `conv2`. */
  readonly bn2: Module;
  /** 1×1, `width` to outChannels. */
  readonly conv3: Conv2d;
  /** The norm after `conv3`; the shortcut is added to its result. */
  readonly bn3: Module;
  override readonly downsample: Sequential | undefined;

  constructor(inChannels: number, outChannels: number, options: BottleneckOptions = {}) {
    checkArguments(Bottleneck.signature, arguments);
    super(options);
    const { stride = 1, norm = "batch", groups = 1 } = options;
    const width = options.width ?? Math.max(groups, Math.floor(outChannels / 4));
    channelsOfGroup("Bottleneck", width, width, { groups });
    this.conv1 = conv1x1(inChannels, width);
    this.bn1 = normLayer(norm, width);
    this.conv2 = conv3x3(width, width, stride, groups);
    this.bn2 = normLayer(norm, width);
    this.conv3 = conv1x1(width, outChannels);
    this.bn3 = normLayer(norm, outChannels);
    this.downsample = projection(inChannels, outChannels, options);
  }

  protected override residual(x: Tensor, last: FusedOptions, pass: PassOn): Tensor {
    const { act } = this;
    const reduced = pass(normAct(this.bn1, pass(this.conv1.forward(x)), { act }, pass));
    const h = pass(normAct(this.bn2, pass(this.conv2.forward(reduced)), { act }, pass));
    return normAct(this.bn3, pass(this.conv3.forward(h)), last, pass);
  }
}
