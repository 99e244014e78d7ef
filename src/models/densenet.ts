import { checkpoint } from "../autograd/checkpoint.ts";
import { boolean } from "../core/kinds.ts";
import { Conv2d } from "../nn/conv/conv.ts";
import { Linear } from "../nn/linear.ts";
import { type AnyModule, Module } from "../nn/module/module.ts";
import { AvgPool2d, GlobalAvgPool2d, MaxPool2d } from "../nn/pool/pool.ts";
import { flatten } from "../ops/shape/reshape.ts";
import { concat } from "../ops/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { layersOf, setConstant, setKaimingNormal } from "./init.ts";
import { NamedParts, type NetworkParts } from "./named.ts";
import { type Builder, builder, type ModelOptions } from "./options.ts";
import { BatchNormReLU } from "./rectified.ts";

/** Options of DenseNets in addition to `ModelOptions`. */
export interface DenseNetExtras {
  /**
   * Whether concatenations, and results computed from them before the 3×3 convolution, are not kept, but recomputed in the
   * backward pass (Pleiss et al. 2017). Loss and gradients are the same to the last bit. Default false.
   */
  readonly memoryEfficient?: boolean;
}

const joined = (features: readonly Tensor[]): Tensor =>
  features.length === 1 ? (features[0] as Tensor) : concat(features, 1);

/** Norm, ReLU and 1×1 convolution of all channels so far, then norm, ReLU and 3×3: `growth` new channels. */
class DenseLayer extends Module<[features: readonly Tensor[]]> {
  readonly norm1: BatchNormReLU;
  readonly conv1: Conv2d;
  readonly norm2: BatchNormReLU;
  readonly conv2: Conv2d;
  readonly #recomputed: boolean;

  constructor(inC: number, growth: number, recomputed: boolean) {
    super();
    const width = 4 * growth;
    this.norm1 = new BatchNormReLU(inC);
    this.conv1 = new Conv2d(inC, width, 1, { bias: false });
    this.norm2 = new BatchNormReLU(width);
    this.conv2 = new Conv2d(width, growth, 3, { padding: 1, bias: false });
    this.#recomputed = recomputed;
  }

  override forward(features: readonly Tensor[]): Tensor {
    const narrow = (...parts: readonly Tensor[]) =>
      this.conv1.forward(this.norm1.forward(joined(parts)));
    const h = this.#recomputed ? checkpoint(narrow, ...features) : narrow(...features);
    return this.conv2.forward(this.norm2.forward(h));
  }
}

/** Layers, each with the channels of the block's input and of all previous layers as input. */
class DenseBlock extends Module {
  readonly #layers: readonly DenseLayer[];
  readonly #recomputed: boolean;

  constructor(inC: number, count: number, growth: number, recomputed: boolean) {
    super();
    const layer = (_: unknown, i: number) => new DenseLayer(inC + i * growth, growth, recomputed);
    this.#layers = Array.from({ length: count }, layer);
    this.#recomputed = recomputed;
  }

  override namedChildren(): [name: string, child: AnyModule][] {
    return this.#layers.map((layer, i) => [`denselayer${i + 1}`, layer as AnyModule]);
  }

  override forward(x: Tensor): Tensor {
    let features: readonly Tensor[] = [x];
    for (const layer of this.#layers) {
      const all = [...features, layer.forward(features)];
      // if concatenations are recomputed, keep the parts; otherwise append each layer's part to the concatenation
      features = this.#recomputed ? all : [joined(all)];
    }
    return joined(features);
  }
}

/** Halves the number of channels, and the image size along both axes. */
const transition = (inC: number): Module =>
  new NamedParts({
    norm: new BatchNormReLU(inC),
    conv: new Conv2d(inC, Math.floor(inC / 2), 1, { bias: false }),
    pool: new AvgPool2d(2, { stride: 2 }),
  });

interface DenseNetSizes {
  /** Number of new channels of every layer: the paper's k. */
  readonly growth: number;
  /** Number of layers of each block. */
  readonly blocks: readonly number[];
  /** Number of channels of the stem. */
  readonly stem: number;
}

const shrunk = ({ growth, blocks, stem }: DenseNetSizes): DenseNetSizes => ({
  growth: growth / 4,
  blocks: blocks.map((count) => Math.ceil(count / 8)),
  stem: stem / 4,
});

function stemOf(inC: number, outC: number, small: boolean): NetworkParts {
  if (small) {
    const conv0 = new Conv2d(inC, outC, 3, { padding: 1, bias: false });
    return { conv0, norm0: new BatchNormReLU(outC) };
  }
  return {
    conv0: new Conv2d(inC, outC, 7, { stride: 2, padding: 3, bias: false }),
    norm0: new BatchNormReLU(outC),
    pool0: new MaxPool2d(3, { stride: 2, padding: 1 }),
  };
}

/** Logits [N, numClasses] for x [N, inChannels, H, W]. */
class DenseNet extends Module {
  readonly features: NamedParts;
  readonly classifier: Linear;

  constructor(
    { growth, blocks, stem }: DenseNetSizes,
    options: Required<ModelOptions>,
    recomputed: boolean,
  ) {
    super();
    let channels = stem;
    const body = blocks.flatMap((count, i): [string, Module][] => {
      const block = new DenseBlock(channels, count, growth, recomputed);
      const wide = channels + count * growth;
      const last = i === blocks.length - 1;
      channels = last ? wide : Math.floor(wide / 2);
      const made: [string, Module] = [`denseblock${i + 1}`, block];
      return last ? [made] : [made, [`transition${i + 1}`, transition(wide)]];
    });
    this.features = new NamedParts({
      ...stemOf(options.inChannels, stem, options.small),
      ...Object.fromEntries(body),
      norm5: new BatchNormReLU(channels),
      pool5: new GlobalAvgPool2d(),
    });
    this.classifier = new Linear(channels, options.numClasses);
    for (const conv of layersOf(this, Conv2d)) setKaimingNormal(conv.weight, "fanIn");
    setConstant(this.classifier.bias, 0);
  }

  override forward(x: Tensor): Tensor {
    return this.classifier.forward(flatten(this.features.forward(x)));
  }
}

const kinds = { memoryEfficient: boolean };

const denseNet = (name: string, sizes: DenseNetSizes): Builder<DenseNet, DenseNetExtras> =>
  builder<DenseNet, DenseNetExtras>(
    name,
    ({ memoryEfficient = false, ...options }) =>
      new DenseNet(options.small ? shrunk(sizes) : sizes, options, memoryEfficient),
    { kinds },
  );

/**
 * DenseNet-121 (Huang et al. 2017): 7,978,856 parameters, images of 224². Compared with ResNet: the input of a layer is the
 * concatenation of the outputs of all previous layers in its block, instead of their sum, so each needs to add only 32
 * channels.
 */
export const densenet121 = /* @__PURE__ */ denseNet("densenet121", {
  ...{ growth: 32, blocks: [6, 12, 24, 16], stem: 64 },
});
/**
 * DenseNet-161: 28,681,000 parameters, images of 224². Compared with DenseNet-121: each layer adds 48 channels, and there
 * are more layers.
 */
export const densenet161 = /* @__PURE__ */ denseNet("densenet161", {
  ...{ growth: 48, blocks: [6, 12, 36, 24], stem: 96 },
});
/** DenseNet-169: 14,149,480 parameters, images of 224². Compared with DenseNet-121: 82 layers in blocks instead of 58. */
export const densenet169 = /* @__PURE__ */ denseNet("densenet169", {
  ...{ growth: 32, blocks: [6, 12, 32, 32], stem: 64 },
});
/** DenseNet-201: 20,013,928 parameters, images of 224². Compared with DenseNet-169: 98 layers in blocks instead of 82. */
export const densenet201 = /* @__PURE__ */ denseNet("densenet201", {
  ...{ growth: 32, blocks: [6, 12, 48, 32], stem: 64 },
});
