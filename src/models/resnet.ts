import { count, type Kind, oneOf } from "../core/kinds.ts";
import { checkArguments, checked, options as optionsKind, signature } from "../core/signature.ts";
import type { Activation } from "../kernels/elementwise/activations.ts";
import { Sequential } from "../nn/containers.ts";
import { Conv2d } from "../nn/conv.ts";
import { Linear } from "../nn/linear.ts";
import { type AnyModule, Module } from "../nn/module.ts";
import {
  BasicBlock,
  type BlockOptions,
  Bottleneck,
  blockKinds,
  type NormKind,
  normAct,
  normLayer,
  PreActivationBlock,
} from "../nn/residual.ts";
import { globalAvgPool2d, maxPool2d } from "../ops/pool.ts";
import { flatten } from "../ops/reshape.ts";
import type { Tensor } from "../tensor/tensor.ts";

export type BlockKind = "basic" | "bottleneck" | "preactivation" | "resnext";

export interface ResNetOptions {
  /** Default "basic". */
  readonly block?: BlockKind;
  /** Blocks in each stage; every stage after the first halves the image and doubles the channels. Default [1, 1, 1]. */
  readonly layers?: readonly number[];
  /** Output channels of the first stage. Default 16. */
  readonly width?: number;
  /** "small": a 3×3 convolution; "imagenet": 7×7 by steps of two, then max pooling by steps of two. Default "small". */
  readonly stem?: "small" | "imagenet";
  /** Output channels of the stem. Default `width`. */
  readonly stemWidth?: number;
  /** Default 1. */
  readonly inChannels?: number;
  /** Default 10. */
  readonly classes?: number;
  /** Stride of the 3×3 stem. Default 1. */
  readonly stemStride?: number;
  /** Groups of "resnext" blocks. Default 4. */
  readonly cardinality?: number;
  readonly norm?: NormKind;
  readonly activation?: Activation;
  readonly shortcut?: boolean;
}

type BlockMaker = (inC: number, outC: number, options: BlockOptions, cardinality: number) => Module;

const makers: Readonly<Record<BlockKind, BlockMaker>> = {
  basic: (inC, outC, options) => new BasicBlock(inC, outC, options),
  bottleneck: (inC, outC, options) =>
    new Bottleneck(inC, outC, { ...options, width: Math.floor(outC / 4) }),
  preactivation: (inC, outC, options) => new PreActivationBlock(inC, outC, options),
  resnext: (inC, outC, options, groups) =>
    new Bottleneck(inC, outC, { ...options, groups, width: roundUp(outC / 2, groups) }),
};

const roundUp = (n: number, multiple: number) => Math.ceil(n / multiple) * multiple;

function stemOf({ stem, inChannels = 1, stemStride = 1 }: ResNetOptions, width: number): Conv2d {
  const [size, stride] = stem === "imagenet" ? [7, 2] : [3, stemStride];
  return new Conv2d(inChannels, width, size, { stride, padding: (size - 1) / 2, bias: false });
}

/** Numbers of blocks of the stages. */
const counts: Kind = {
  expected: "layers like [2, 2, 2], a positive number of blocks a stage",
  accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(count.accepts),
};
const { stride: _, ...commonKinds } = blockKinds;
const resNetOptions = /* @__PURE__ */ optionsKind<ResNetOptions>({
  ...commonKinds,
  block: /* @__PURE__ */ oneOf("basic", "bottleneck", "preactivation", "resnext"),
  stem: /* @__PURE__ */ oneOf("small", "imagenet"),
  layers: counts,
  ...{ width: count, stemWidth: count, stemStride: count, inChannels: count, classes: count },
  cardinality: count,
});

/**
 * A residual network as He et al. (2015) built them: a stem (3×3 for CIFAR's small images, 7×7 and pooling for
 * ImageNet's), stages of blocks, global average pooling, one linear layer. Logits [N, classes] for x [N, inChannels, H, W].
 */
export class ResNet extends Module {
  static override readonly signature = /* @__PURE__ */ signature("ResNet", {
    options: resNetOptions,
  });
  readonly conv1: Conv2d;
  /** Absent where pre-activation blocks begin with a norm of their own. */
  readonly bn1: Module | undefined;
  readonly stages: readonly Sequential[];
  /** The norm and activation that pre-activation blocks leave to the end. */
  readonly bn: Module | undefined;
  readonly fc: Linear;
  readonly #activation: Activation;
  readonly #pooled: boolean;

  constructor(options: ResNetOptions = {}) {
    super();
    checkArguments(ResNet.signature, arguments);
    const { block = "basic", layers = [1, 1, 1], width = 16, norm = "batch" } = options;
    const { classes = 10, cardinality = 4, stem = "small", stemWidth = width } = options;
    this.#activation = options.activation ?? "relu";
    this.conv1 = stemOf(options, stemWidth);
    this.bn1 = block === "preactivation" ? undefined : normLayer(norm, stemWidth);
    this.#pooled = stem === "imagenet";
    const ofBlocks = Object.entries(options).filter(([name]) => name in commonKinds);
    const common: BlockOptions = Object.fromEntries(ofBlocks);
    let channels = stemWidth;
    this.stages = layers.map((count, stage) => {
      const outC = width * 2 ** stage;
      const blocks = Array.from({ length: count }, (_, i) => {
        const stride = stage > 0 && i === 0 ? 2 : 1;
        const made = makers[block](channels, outC, { ...common, stride }, cardinality);
        channels = outC;
        return made;
      });
      return new Sequential(...blocks);
    });
    this.bn = block === "preactivation" ? normLayer(norm, channels) : undefined;
    this.fc = new Linear(channels, classes);
  }

  /** PyTorch calls the stages layer1, layer2 … */
  override namedChildren(): [name: string, child: AnyModule][] {
    return super
      .namedChildren()
      .map(([name, child]) => [
        name.replace(/^stages\.(\d+)$/, (_, i) => `layer${Number(i) + 1}`),
        child,
      ]);
  }

  override forward(x: Tensor): Tensor {
    const act = { act: this.#activation };
    const conv = this.conv1.forward(x);
    const stem = this.bn1 ? normAct(this.bn1, conv, act) : conv;
    const small = this.#pooled ? maxPool2d(stem, { kernelSize: 3, stride: 2, padding: 1 }) : stem;
    const h = this.stages.reduce((hidden, stage) => stage.forward(hidden), small);
    const last = this.bn ? normAct(this.bn, h, act) : h;
    return this.fc.forward(flatten(globalAvgPool2d(last)));
  }
}

/** A residual network; see `ResNet`. */
export const resNet = /* @__PURE__ */ checked(
  "resNet",
  { options: resNetOptions },
  (options: ResNetOptions = {}): ResNet => new ResNet(options),
);

/** What the networks of the paper's table 1 still leave open. */
export type ImageNetOptions = Pick<ResNetOptions, "inChannels" | "classes" | "norm" | "activation">;

const imageNetOptions = /* @__PURE__ */ optionsKind<ImageNetOptions>({
  ...{ inChannels: count, classes: count },
  ...{ norm: blockKinds.norm, activation: blockKinds.activation },
});

const imageNet = (name: string, block: "basic" | "bottleneck", layers: readonly number[]) =>
  checked(name, { options: imageNetOptions }, (options: ImageNetOptions = {}): ResNet => {
    const width = block === "basic" ? 64 : 256;
    const fixed = { block, layers, width, stem: "imagenet", stemWidth: 64 } as const;
    return new ResNet({ inChannels: 3, classes: 1000, ...options, ...fixed });
  });

/** ResNet-18 for images of 224² (He et al. 2015, table 1): 11,689,512 parameters with 3 channels and 1,000 classes, the defaults. */
export const resnet18 = /* @__PURE__ */ imageNet("resnet18", "basic", [2, 2, 2, 2]);
/** ResNet-34: 21,797,672 parameters; see `resnet18`. */
export const resnet34 = /* @__PURE__ */ imageNet("resnet34", "basic", [3, 4, 6, 3]);
/** ResNet-50 with the stride in the 3×3 convolutions, as PyTorch has it: 25,557,032 parameters; see `resnet18`. */
export const resnet50 = /* @__PURE__ */ imageNet("resnet50", "bottleneck", [3, 4, 6, 3]);
/** ResNet-101: 44,549,160 parameters; see `resnet50`. */
export const resnet101 = /* @__PURE__ */ imageNet("resnet101", "bottleneck", [3, 4, 23, 3]);
/** ResNet-152: 60,192,808 parameters; see `resnet50`. */
export const resnet152 = /* @__PURE__ */ imageNet("resnet152", "bottleneck", [3, 8, 36, 3]);
