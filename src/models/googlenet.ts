import { boolean } from "../core/kinds.ts";
import { Concat } from "../nn/container/concat.ts";
import { Sequential } from "../nn/container/containers.ts";
import { Conv2d } from "../nn/conv/conv.ts";
import { Dropout } from "../nn/dropout.ts";
import { Linear } from "../nn/linear.ts";
import type { Module } from "../nn/module/module.ts";
import { AdaptiveAvgPool2d, MaxPool2d } from "../nn/pool/pool.ts";
import { Flatten } from "../nn/shape.ts";
import { AuxiliaryNet, checkTransform, type Head, type LogitsByHead } from "./auxiliary.ts";
import { ConvUnit, Units } from "./inception_parts.ts";
import { layersOf, setNormal } from "./init.ts";
import { NamedParts } from "./named.ts";
import { builder, type ModelOptions } from "./options.ts";

/** Options of networks with auxiliary classifiers in addition to `ModelOptions`. */
export interface AuxiliaryExtras {
  /**
   * Whether there are classifiers in the middle of the network, whose losses, weighted by 0.3, help to train the layers
   * before them. In training `forward` then returns a record: `{ logits, auxLogits1, auxLogits2 }` for GoogLeNet, `{
   * logits, auxLogits }` for Inception v2 and v3. In evaluation, and with `auxLogits: false`, it returns only the logits.
   * Default true.
   */
  readonly auxLogits?: boolean;
  /**
   * Whether images normalised with ImageNet's means and deviations are converted to 0.5 and 0.5, as the weights expect.
   * Default false.
   */
  readonly transformInput?: boolean;
}

/** Kinds of the options in `AuxiliaryExtras`. */
export const auxiliaryKinds = { auxLogits: boolean, transformInput: boolean };

/** Outputs of `googlenet`: logits [N, classes], and in training those of both auxiliary heads. */
export type GoogLeNetOutputs = LogitsByHead<"auxLogits1" | "auxLogits2">;
type GoogLeNet = AuxiliaryNet<"auxLogits1" | "auxLogits2">;

/**
 * Numbers of channels: 1×1; reduction and output of the 3×3; reduction and output of the branch in place of 5×5; after the
 * pooling. Table 1.
 */
type InceptionWidths = readonly [number, number, number, number, number, number];

const blocks: Readonly<Record<string, InceptionWidths>> = {
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
/** Blocks of the small form: the inputs of the auxiliary classifiers, and one block for each other size. */
const few: readonly string[] = ["inception3a", "inception4a", "inception4d", "inception5b"];

const pool = (size: number, stride: number, padding = 0) =>
  new MaxPool2d(size, { stride, padding, ceilMode: true });

/** Pooling after blocks. */
const poolsAfter: Readonly<Record<string, () => Record<string, Module>>> = {
  inception3: () => ({ maxpool3: pool(3, 2) }),
  inception4: () => ({ maxpool4: pool(2, 2) }),
  inception5: () => ({}),
};

/** Like torchvision, it has a 3×3 convolution in the branch for which the paper has 5×5. */
const inception = (
  units: Units,
  inC: number,
  [one, before3, three, before5, five, last]: InceptionWidths,
) =>
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
function headOf(units: Units, inC: number, numClasses: number): NamedParts {
  const [maps, hidden] = [2048 / units.shrink, 1024 / units.shrink];
  return new NamedParts({
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
  // torchvision truncates the distribution at ±2, which is 200 deviations and has no effect
  for (const { weight } of [...layersOf(model, Conv2d), ...layersOf(model, Linear)]) {
    setNormal(weight, 0.01);
  }
  return model;
}

/**
 * GoogLeNet, Inception v1 (Szegedy et al. 2014), with batch norm as in torchvision: 13,004,888 parameters, 6,624,904
 * without the auxiliary classifiers; images of 224². Compared with VGG: convolutions of several sizes are applied to the
 * same input in parallel, after 1×1 convolutions that reduce the number of channels, and global average pooling replaces
 * hidden linear layers: a twentieth of the parameters.
 */
export const googlenet = /* @__PURE__ */ builder<GoogLeNet, AuxiliaryExtras>("googlenet", build, {
  kinds: auxiliaryKinds,
});
