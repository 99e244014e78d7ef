import { LayerNorm2d, LayerScale } from "../nn/block/channels.ts";
import { FusingSequential } from "../nn/container/chain.ts";
import { Conv2d } from "../nn/conv/conv.ts";
import { ConvNormAct } from "../nn/conv/conv_norm_act.ts";
import { probability } from "../nn/kinds.ts";
import { Linear } from "../nn/linear.ts";
import { type AnyModule, Module } from "../nn/module/module.ts";
import { LayerNorm } from "../nn/norm/norm.ts";
import { Flatten } from "../nn/shape.ts";
import { StochasticDepth } from "../nn/stochastic_depth.ts";
import { add } from "../ops/elementwise/elementwise.ts";
import { globalAvgPool2d } from "../ops/pool/pool.ts";
import { permute } from "../ops/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { layersOf, setConstant, setNormal } from "./init.ts";
import { builder, type ModelOptions } from "./options.ts";

/** Options of ConvNeXts in addition to `ModelOptions`. */
export interface ConvNeXtExtras {
  /**
   * Probability of stochastic depth in the last block; it increases from 0 in the first. Default 0.1 for tiny, 0.4 for
   * small, else 0.5.
   */
  readonly stochasticDepth?: number;
}

const eps = 1e-6;

/** x + γ · MLP(layer norm(depthwise 7×7(x))), with an MLP per pixel that is 4·C wide. */
class ConvNeXtBlock extends Module {
  readonly layerScale: Tensor;
  readonly depthwise: Conv2d;
  readonly norm: LayerNorm;
  readonly widen: Linear;
  readonly narrow: Linear;
  readonly stochasticDepth: StochasticDepth;
  readonly #scale: LayerScale;

  constructor(channels: number, drop: number) {
    super();
    this.#scale = new LayerScale([channels, 1, 1]);
    this.layerScale = this.#scale.gamma;
    this.depthwise = new Conv2d(channels, channels, 7, { padding: 3, groups: channels });
    this.norm = new LayerNorm(channels, { eps });
    this.widen = new Linear(channels, 4 * channels, { act: "gelu" });
    this.narrow = new Linear(4 * channels, channels);
    this.stochasticDepth = new StochasticDepth(drop);
  }

  /** Torchvision's numbering includes the permutations and the activation. */
  override namedChildren(): [name: string, child: AnyModule][] {
    return [
      ["block.0", this.depthwise],
      ["block.2", this.norm],
      ["block.3", this.widen],
      ["block.5", this.narrow],
      ["stochastic_depth", this.stochasticDepth],
    ];
  }

  override forward(x: Tensor): Tensor {
    const pixels = permute(this.depthwise.forward(x), [0, 2, 3, 1]);
    const h = this.narrow.forward(this.widen.forward(this.norm.forward(pixels)));
    const scaled = this.#scale.forward(permute(h, [0, 3, 1, 2]));
    return add(this.stochasticDepth.forward(scaled), x);
  }
}

/** See `convnextTiny`. */
export class ConvNeXt extends Module {
  /** Patches, then stages of blocks with a downsampling between stages. */
  readonly features: FusingSequential;
  /** Norm and linear layer on the globally averaged channels. */
  readonly classifier: FusingSequential;

  constructor(features: readonly Module[], channels: number, classes: number) {
    super();
    this.features = new FusingSequential(...features);
    const norm = new LayerNorm2d(channels, { eps });
    this.classifier = new FusingSequential(norm, new Flatten(), new Linear(channels, classes));
    for (const layer of [...layersOf(this, Conv2d), ...layersOf(this, Linear)]) {
      setNormal(layer.weight, 0.02);
      setConstant(layer.bias, 0);
    }
  }

  override forward(x: Tensor): Tensor {
    return this.classifier.forward(globalAvgPool2d(this.features.forward(x)));
  }
}

/** The small form has three stages of one block each, an eighth of the channels, and patches of 2×2 instead of 4×4. */
function convNeXt(
  { small, inChannels, numClasses, stochasticDepth }: Required<ModelOptions> & ConvNeXtExtras,
  width: number,
  depths: readonly number[],
  drop: number,
): ConvNeXt {
  const [channels, counts] = small ? [Math.floor(width / 8), [1, 1, 1]] : [width, depths];
  const total = counts.reduce((a, b) => a + b);
  const patch = small ? 2 : 4;
  const window = { kernelSize: patch, stride: patch, padding: 0 };
  const norm = (of: number) => new LayerNorm2d(of, { eps });
  const features: Module[] = [
    new ConvNormAct(inChannels, channels, { ...window, norm, act: null, bias: true }),
  ];
  let index = 0;
  counts.forEach((count, stage) => {
    const inC = channels * 2 ** stage;
    const blocks = Array.from({ length: count }, () => {
      return new ConvNeXtBlock(inC, ((stochasticDepth ?? drop) * index++) / (total - 1));
    });
    features.push(new FusingSequential(...blocks));
    if (stage + 1 === counts.length) return;
    features.push(new FusingSequential(norm(inC), new Conv2d(inC, 2 * inC, 2, { stride: 2 })));
  });
  return new ConvNeXt(features, channels * 2 ** (counts.length - 1), numClasses);
}

const sized = (name: string, width: number, depths: readonly number[], drop: number) =>
  builder<ConvNeXt, ConvNeXtExtras>(name, (options) => convNeXt(options, width, depths, drop), {
    kinds: { stochasticDepth: probability },
  });

/**
 * ConvNeXt-T (Liu et al. 2022): 28,589,128 parameters, images of 224². Compared with ResNet-50: the design of vision
 * transformers, with convolutions: 4×4 patches, depthwise 7×7 kernels, wide MLPs for every pixel, one layer norm and one
 * gelu per block, layer scale and stochastic depth.
 */
export const convnextTiny = /* @__PURE__ */ sized("convnextTiny", 96, [3, 3, 9, 3], 0.1);
/** ConvNeXt-S (Liu et al. 2022): 50,223,688 parameters, 224². Compared with T: 27 instead of 9 blocks in the third stage. */
export const convnextSmall = /* @__PURE__ */ sized("convnextSmall", 96, [3, 3, 27, 3], 0.4);
/**
 * ConvNeXt-B (Liu et al. 2022): 88,591,464 parameters, 224². Compared with S: 128 channels in the first stage instead of
 * 96.
 */
export const convnextBase = /* @__PURE__ */ sized("convnextBase", 128, [3, 3, 27, 3], 0.5);
/** ConvNeXt-L (Liu et al. 2022): 197,767,336 parameters, 224². Compared with B: 192 channels in the first stage. */
export const convnextLarge = /* @__PURE__ */ sized("convnextLarge", 192, [3, 3, 27, 3], 0.5);
