import { boolean } from "../core/kinds.ts";
import { Concat } from "../nn/container/concat.ts";
import { Sequential } from "../nn/container/containers.ts";
import { Conv2d } from "../nn/conv/conv.ts";
import { Dropout } from "../nn/dropout.ts";
import { Linear } from "../nn/linear.ts";
import type { Module } from "../nn/module/module.ts";
import { AdaptiveAvgPool2d, MaxPool2d } from "../nn/pool/pool.ts";
import { Flatten } from "../nn/shape.ts";
import { AuxiliaryNet, checkTransform, type Head, type Outputs } from "./auxiliary.ts";
import { ConvUnit, Units } from "./inception_parts.ts";
import { layersOf, setNormal } from "./init.ts";
import { Named } from "./named.ts";
import { builder, type ModelOptions } from "./options.ts";

/** What networks with auxiliary classifiers offer beside `ModelOptions`. */
export interface AuxiliaryExtras {
  /**
   * Classifiers in the middle of the network, whose losses, weighted by 0.3, help to train what lies before them. In training
   * `forward` then gives a record: `{ logits, auxLogits1, auxLogits2 }` of GoogLeNet, `{ logits, auxLogits }` of Inception v2
   * and v3. In evaluation it gives the logits alone, as always with `auxLogits: false`. Default true.
   */
  readonly auxLogits?: boolean;
  /** Takes images normalised by ImageNet's means and deviations where the weights want 0.5 and 0.5. Default false. */
  readonly transformInput?: boolean;
}

/** Kinds of `AuxiliaryExtras`. */
export const auxiliaryKinds = { auxLogits: boolean, transformInput: boolean };

/** What `googlenet` gives: logits [N, classes], in training with those of both auxiliary heads. */
export type GoogLeNetOutputs = Outputs<"auxLogits1" | "auxLogits2">;
type GoogLeNet = AuxiliaryNet<"auxLogits1" | "auxLogits2">;

/** Channels: 1×1; before and of the 3×3; before and of the branch in place of 5×5; behind the pooling. Table 1. */
type Widths = readonly [number, number, number, number, number, number];

const blocks: Readonly<Record<string, Widths>> = {
  inception3a: [64, 96, 128, 16, 32, 32],
  inception3b: [128, 128, 192, 32, 96, 64],
  inception4a: [192, 96, 208, 16, 48, 64],
  inception4b: [160, 112, 224, 24, 64, 64],
  inception4c: [128, 128, 256, 24, 64, 64],
  inception4d: [112, 144, 288, 32, 64, 64],
  inception4e: [256, 160, 320, 32, 128, 128],
  inception5a: [256, 160, 320, 32, 128, 128],
  inception5b: [384, 192, 384, 48, 128, 128],
};
/** Those of the small form: what the auxiliary classifiers look at, and one at each other size. */
const few: readonly string[] = ["inception3a", "inception4a", "inception4d", "inception5b"];

const pool = (size: number, stride: number, padding = 0) =>
  new MaxPool2d(size, { stride, padding, ceilMode: true });

/** Pooling behind blocks. */
const poolsAfter: Readonly<Record<string, () => Record<string, Module>>> = {
  inception3: () => ({ maxpool3: pool(3, 2) }),
  inception4: () => ({ maxpool4: pool(2, 2) }),
  inception5: () => ({}),
};

/** As torchvision has it, the branch that the paper gives a 5×5 convolution has a 3×3. */
const inception = (units: Units, inC: number, [one, before3, three, before5, five, last]: Widths) =>
  new Concat({
    branch1: units.unit(inC, [one, 1]),
    branch2: units.chain(inC, [before3, 1], [three, 3]),
    branch3: units.chain(inC, [before5, 1], [five, 3]),
    branch4: new Sequential(pool(3, 1, 1), units.unit(inC, [last, 1])),
  });

function stemOf(
  units: Units,
  { inChannels, small }: Required<ModelOptions>,
): Record<string, Module> {
  if (small) return { conv1: units.first(inChannels, [192, 3]) };
  return {
    conv1: new ConvUnit(inChannels, 64, 7, { stride: 2, padding: 3 }),
    maxpool1: pool(3, 2),
    conv2: units.unit(64, [64, 1]),
    conv3: units.unit(64, [192, 3]),
    maxpool2: pool(3, 2),
  };
}

/** Means of 4×4 regions, a 1×1 convolution, two linear layers. */
function headOf(units: Units, inC: number, numClasses: number): Named {
  const [maps, hidden] = [2048 / units.shrink, 1024 / units.shrink];
  return new Named({
    pool: new AdaptiveAvgPool2d(4),
    conv: units.unit(inC, [128, 1]),
    flatten: new Flatten(),
    fc1: new Linear(maps, hidden, { act: "relu" }),
    dropout: new Dropout(0.7),
    fc2: new Linear(hidden, numClasses),
  });
}

function build(options: Required<ModelOptions> & AuxiliaryExtras): GoogLeNet {
  const { inChannels, numClasses, small, auxLogits = true, transformInput = false } = options;
  checkTransform("googlenet", transformInput, inChannels);
  const units = new Units(small);
  const parts = stemOf(units, options);
  const channelsOf: Record<string, number> = {};
  let channels = 192;
  const used = Object.entries(blocks).filter(([name]) => !small || few.includes(name));
  used.forEach(([name, widths], i) => {
    parts[name] = inception(units, channels, widths);
    channels = widths[0] + widths[2] + widths[4] + widths[5];
    channelsOf[name] = channels;
    const stage = name.slice(0, -1);
    if (!used[i + 1]?.[0].startsWith(stage)) Object.assign(parts, poolsAfter[stage]?.());
  });
  const head = (name: string, after: string): Head => ({
    ...{ name, after },
    head: headOf(units, channelsOf[after] as number, numClasses),
  });
  const model: GoogLeNet = new AuxiliaryNet({
    ...{ parts, numClasses, transformInput, dropout: 0.2, channels: channels / units.shrink },
    heads: auxLogits && {
      auxLogits1: head("aux1", "inception4a"),
      auxLogits2: head("aux2", "inception4d"),
    },
  });
  // torchvision cuts the distribution off at ±2: 200 deviations, where no draw lies
  for (const { weight } of [...layersOf(model, Conv2d), ...layersOf(model, Linear)]) {
    setNormal(weight, 0.01);
  }
  return model;
}

/**
 * GoogLeNet, Inception v1 (Szegedy et al. 2014), with batch norm as in torchvision: 13,004,888 parameters, 6,624,904 without
 * the auxiliary classifiers; images of 224². Against VGG: convolutions of several sizes look at the same input side by side,
 * behind 1×1 convolutions that leave them few channels, and linear layers give way to means of maps: a twentieth of the
 * parameters.
 */
export const googlenet = /* @__PURE__ */ builder<GoogLeNet, AuxiliaryExtras>("googlenet", build, {
  kinds: auxiliaryKinds,
});
