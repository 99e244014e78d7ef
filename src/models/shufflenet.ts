import { ReLU } from "../nn/activation/plain.ts";
import { FusingSequential } from "../nn/container/chain.ts";
import { Conv2d } from "../nn/conv/conv.ts";
import { ConvNormAct } from "../nn/conv/conv_norm_act.ts";
import { Linear } from "../nn/linear.ts";
import { Module } from "../nn/module/module.ts";
import { BatchNorm2d } from "../nn/norm/batch_norm.ts";
import { globalAvgPool2d, maxPool2d } from "../ops/pool/pool.ts";
import { channelShuffle } from "../ops/shape/channel_shuffle.ts";
import { split } from "../ops/shape/parts.ts";
import { flatten } from "../ops/shape/reshape.ts";
import { concat } from "../ops/shape/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { builder } from "./options.ts";

const pointwise = (inC: number, outC: number): Module[] => [
  new Conv2d(inC, outC, 1, { bias: false }),
  new BatchNorm2d(outC),
  new ReLU(),
];
const depthwise = (channels: number, stride: number): Module[] => [
  new Conv2d(channels, channels, 3, { stride, padding: 1, groups: channels, bias: false }),
  new BatchNorm2d(channels),
];

/**
 * Processes two halves of the channels in parallel and shuffles them. At stride 1 the first half passes unchanged; at
 * stride 2 both branches process all of x.
 */
class ShuffleBlock extends Module {
  readonly branch1: FusingSequential | undefined;
  readonly branch2: FusingSequential;

  constructor(inC: number, outC: number, stride: number) {
    super();
    const half = outC / 2;
    const whole = stride > 1;
    this.branch1 = whole
      ? new FusingSequential(...depthwise(inC, stride), ...pointwise(inC, half))
      : undefined;
    this.branch2 = new FusingSequential(
      ...pointwise(whole ? inC : half, half),
      ...depthwise(half, stride),
      ...pointwise(half, half),
    );
  }

  override forward(x: Tensor): Tensor {
    const [a, b] = this.branch1 ? [this.branch1.forward(x), x] : split(x, (x.shape[1] ?? 0) / 2, 1);
    return channelShuffle(concat([a as Tensor, this.branch2.forward(b as Tensor)], 1), 2);
  }
}

/** Numbers of channels after the stem, of the three stages and before the linear layer. */
type ShuffleNetWidths = readonly [stem: number, a: number, b: number, c: number, last: number];

/** See `shufflenetV2X1_0`. */
export class ShuffleNetV2 extends Module {
  /** The stem, 3×3. */
  readonly conv1: ConvNormAct;
  /** The first stage; its first block halves height and width, as in the following stages. */
  readonly stage2: FusingSequential;
  /** The second stage. */
  readonly stage3: FusingSequential;
  /** The third stage. */
  readonly stage4: FusingSequential;
  /** 1×1, to the channels of the linear layer. */
  readonly conv5: ConvNormAct;
  /** The linear layer. */
  readonly fc: Linear;
  readonly #small: boolean;

  constructor(
    inChannels: number,
    [stem, a, b, c, last]: ShuffleNetWidths,
    repeats: readonly [number, number, number],
    classes: number,
    small: boolean,
  ) {
    super();
    this.#small = small;
    const stage = (inC: number, outC: number, blocks: number) =>
      new FusingSequential(
        ...Array.from({ length: blocks }, (_, i) =>
          i === 0 ? new ShuffleBlock(inC, outC, 2) : new ShuffleBlock(outC, outC, 1),
        ),
      );
    this.conv1 = new ConvNormAct(inChannels, stem, { stride: small ? 1 : 2 });
    this.stage2 = stage(stem, a, repeats[0]);
    this.stage3 = stage(a, b, repeats[1]);
    this.stage4 = stage(b, c, repeats[2]);
    this.conv5 = new ConvNormAct(c, last, { kernelSize: 1 });
    this.fc = new Linear(last, classes);
  }

  override forward(x: Tensor): Tensor {
    const h = this.conv1.forward(x);
    const pooled = this.#small ? h : maxPool2d(h, { kernelSize: 3, stride: 2, padding: 1 });
    const stages = this.stage4.forward(this.stage3.forward(this.stage2.forward(pooled)));
    return this.fc.forward(flatten(globalAvgPool2d(this.conv5.forward(stages))));
  }
}

/** An even number near an eighth of a number of channels, for the small form. */
const eighth = (channels: number) => 2 * Math.round(channels / 16);

/** The small form (`small`) has an eighth of the channels and two blocks per stage. Layers keep PyTorch's default initialisation. */
const shuffleNet = (name: string, widths: ShuffleNetWidths) =>
  builder<ShuffleNetV2>(name, ({ small, inChannels, numClasses }) => {
    const [stem, a, b, c, last] = widths;
    const narrow: ShuffleNetWidths = [8, eighth(a), eighth(b), eighth(c), eighth(last)];
    const repeats = small ? ([2, 2, 2] as const) : ([4, 8, 4] as const);
    const chosen: ShuffleNetWidths = small ? narrow : [stem, a, b, c, last];
    return new ShuffleNetV2(inChannels, chosen, repeats, numClasses, small);
  });

/**
 * ShuffleNet v2 ×1.0 (Ma et al. 2018): 2,278,604 parameters, images of 224². Compared with MobileNet v2: there is no
 * addition; half of the channels pass unchanged, and a shuffle mixes them with the others, which needs less memory traffic
 * than 1×1 convolutions of all channels.
 */
export const shufflenetV2X1_0 = /* @__PURE__ */ shuffleNet(
  "shufflenetV2X1_0",
  [24, 116, 232, 464, 1024],
);
/** ShuffleNet v2 ×0.5 (Ma et al. 2018): 1,366,792 parameters, 224². Compared with ×1.0: 48, 96 and 192 channels. */
export const shufflenetV2X0_5 = /* @__PURE__ */ shuffleNet(
  "shufflenetV2X0_5",
  [24, 48, 96, 192, 1024],
);
/** ShuffleNet v2 ×1.5 (Ma et al. 2018): 3,503,624 parameters, 224². Compared with ×1.0: 176, 352 and 704 channels. */
export const shufflenetV2X1_5 = /* @__PURE__ */ shuffleNet(
  "shufflenetV2X1_5",
  [24, 176, 352, 704, 1024],
);
/**
 * ShuffleNet v2 ×2.0 (Ma et al. 2018): 7,393,996 parameters, 224². Compared with ×1.0: 244, 488 and 976 channels, 2,048 at
 * the end.
 */
export const shufflenetV2X2_0 = /* @__PURE__ */ shuffleNet(
  "shufflenetV2X2_0",
  [24, 244, 488, 976, 2048],
);
