import { callAs } from "../core/caller.ts";
import { boolean, count, type Kind, oneOf } from "../core/kinds.ts";
import { checkArguments, checked, options as optionsKind, signature } from "../core/signature.ts";
import type { Activation } from "../kernels/elementwise/activations.ts";
import { PreActivationBlock, PreActivationBottleneck } from "../nn/block/pre_activation.ts";
import {
  BasicBlock,
  type BlockOptions,
  Bottleneck,
  blockKinds,
  type NormKind,
  normAct,
  normLayer,
} from "../nn/block/residual.ts";
import { Sequential } from "../nn/container/containers.ts";
import { Conv2d } from "../nn/conv/conv.ts";
import { Linear } from "../nn/linear.ts";
import { type AnyModule, Module } from "../nn/module/module.ts";
import { globalAvgPool2d, maxPool2d } from "../ops/pool/pool.ts";
import { flatten } from "../ops/shape/reshape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { layersOf, setConstant, setKaimingNormal } from "./init.ts";

/**
 * The blocks of a `ResNet`: those of He et al. 2015, with pre-activation (He et al. 2016), or of ResNeXt (Xie et al.
 * 2017).
 */
export type BlockKind =
  | "basic"
  | "bottleneck"
  | "preactivation"
  | "preactivationBottleneck"
  | "resnext";

/** Options of a `ResNet`. */
export interface ResNetOptions {
  /** The block of all stages. Default "basic". */
  readonly block?: BlockKind;
  /**
   * Number of blocks in each stage; every stage after the first halves the image size and doubles the channels. Default [1,
   * 1, 1].
   */
  readonly layers?: readonly number[];
  /** Output channels of the first stage. Default 16. */
  readonly width?: number;
  /** "small": a 3×3 convolution; "imagenet": 7×7 with stride 2, then max pooling with stride 2. Default "small". */
  readonly stem?: "small" | "imagenet";
  /** Output channels of the stem. Default `width`. */
  readonly stemWidth?: number;
  /** Number of channels of the images. Default 1. */
  readonly inChannels?: number;
  /** Number of logits. Default 10. */
  readonly numClasses?: number;
  /** Stride of the 3×3 stem. Default 1. */
  readonly stemStride?: number;
  /** Number of groups in "resnext" blocks. Default 4. */
  readonly cardinality?: number;
  /**
   * Channels per group of the 3×3 convolution in a stage whose blocks have 256 output channels, as in PyTorch; proportional
   * in other stages. Default for "bottleneck" 64, which gives its single group outC / 4 channels; for "resnext" the value
   * that gives outC / 2 channels in all.
   */
  readonly widthPerGroup?: number;
  /** Whether every residual branch starts at 0, with γ = 0 in its last norm (Goyal et al. 2017). Default false. */
  readonly zeroInitResidual?: boolean;
  /** Norm after every convolution. Default "batch". */
  readonly norm?: NormKind;
  /** Activation of the stem and the blocks. Default "relu". */
  readonly activation?: Activation;
  /** False omits the additions: a plain network for comparison. Default true. */
  readonly shortcut?: boolean;
}

type BlockMaker = (inC: number, outC: number, common: BlockOptions, all: ResNetOptions) => Module;

const makers: Readonly<Record<BlockKind, BlockMaker>> = {
  basic: (inC, outC, options) => new BasicBlock(inC, outC, options),
  bottleneck: (inC, outC, options, { widthPerGroup = 64 }) =>
    new Bottleneck(inC, outC, { ...options, width: groupWidth(outC, widthPerGroup) }),
  preactivation: (inC, outC, options) => new PreActivationBlock(inC, outC, options),
  preactivationBottleneck: (inC, outC, options) => new PreActivationBottleneck(inC, outC, options),
  resnext: (inC, outC, options, { cardinality: groups = 4, widthPerGroup }) => {
    const each = widthPerGroup ? groupWidth(outC, widthPerGroup) : Math.ceil(outC / 2 / groups);
    return new Bottleneck(inC, outC, { ...options, groups, width: each * groups });
  },
};

/** Channels per group, given the number for a block with 256 output channels. */
const groupWidth = (outC: number, perGroup: number): number =>
  Math.max(1, Math.floor((outC / 256) * perGroup));

function stemOf({ stem, inChannels = 1, stemStride = 1 }: ResNetOptions, width: number): Conv2d {
  const [size, stride] = stem === "imagenet" ? [7, 2] : [3, stemStride];
  return new Conv2d(inChannels, width, size, { stride, padding: (size - 1) / 2, bias: false });
}

/** Numbers of blocks in each stage. */
const counts: Kind = {
  expected: "layers like [2, 2, 2], a positive number of blocks a stage",
  accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(count.accepts),
};
const { stride: _, ...commonKinds } = blockKinds;
const resNetOptions = /* @__PURE__ */ optionsKind<ResNetOptions>({
  ...commonKinds,
  block: /* @__PURE__ */ oneOf(...(Object.keys(makers) as BlockKind[])),
  stem: /* @__PURE__ */ oneOf("small", "imagenet"),
  layers: counts,
  ...{ width: count, stemWidth: count, stemStride: count, inChannels: count, numClasses: count },
  ...{ cardinality: count, widthPerGroup: count, zeroInitResidual: boolean },
});

/**
 * A residual network of He et al. (2015): a stem (3×3 for small images such as CIFAR's, 7×7 and pooling for ImageNet's),
 * stages of blocks, global average pooling, one linear layer. Logits [N, numClasses] for x [N, inChannels, H, W].
 */
export class ResNet extends Module {
  static override readonly signature = /* @__PURE__ */ signature("ResNet", {
    options: resNetOptions,
  });
  /** The stem, without bias. */
  readonly conv1: Conv2d;
  /** Missing if pre-activation blocks begin with their own norm. */
  readonly bn1: Module | undefined;
  /** A `Sequential` of blocks for each entry of `layers`; from the second on, the first block has stride 2. */
  readonly stages: readonly Sequential[];
  /** The final norm and activation, after pre-activation blocks. */
  readonly bn: Module | undefined;
  /** Linear layer from the channels of the last stage to `numClasses`. */
  readonly fc: Linear;
  readonly #activation: Activation;
  readonly #pooled: boolean;

  constructor(options: ResNetOptions = {}) {
    super();
    checkArguments(ResNet.signature, arguments);
    const { block = "basic", layers = [1, 1, 1], width = 16, norm = "batch" } = options;
    const { numClasses = 10, stem = "small", stemWidth = width } = options;
    const preactivated = block.startsWith("preactivation");
    this.#activation = options.activation ?? "relu";
    this.conv1 = callAs("ResNet", () => stemOf(options, stemWidth));
    this.bn1 = preactivated ? undefined : normLayer(norm, stemWidth);
    this.#pooled = stem === "imagenet";
    const ofBlocks = Object.entries(options).filter(([name]) => name in commonKinds);
    const common: BlockOptions = Object.fromEntries(ofBlocks);
    let channels = stemWidth;
    this.stages = layers.map((count, stage) => {
      const outC = width * 2 ** stage;
      const blocks = Array.from({ length: count }, (_, i) => {
        const stride = stage > 0 && i === 0 ? 2 : 1;
        const made = makers[block](channels, outC, { ...common, stride }, options);
        channels = outC;
        return made;
      });
      return new Sequential(...blocks);
    });
    this.bn = preactivated ? normLayer(norm, channels) : undefined;
    this.fc = new Linear(channels, numClasses);
    for (const conv of layersOf(this, Conv2d)) setKaimingNormal(conv.weight, "fanOut");
    if (options.zeroInitResidual) this.#zeroBranches();
  }

  #zeroBranches(): void {
    for (const { bn3 } of layersOf(this, Bottleneck)) setConstant(gammaOf(bn3), 0);
    for (const { bn2 } of layersOf(this, BasicBlock)) setConstant(gammaOf(bn2), 0);
  }

  /** PyTorch names the stages layer1, layer2 … */
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

const gammaOf = (norm: Module) => new Map(norm.namedParameters()).get("weight");

/** A residual network; see `ResNet`. */
export const resNet = /* @__PURE__ */ checked(
  "resNet",
  { options: resNetOptions },
  (options: ResNetOptions = {}): ResNet => new ResNet(options),
);
