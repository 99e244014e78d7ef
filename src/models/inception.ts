import { Conv2d } from "../nn/conv/conv.ts";
import { Linear } from "../nn/linear.ts";
import type { Module } from "../nn/module/module.ts";
import { AdaptiveAvgPool2d, AvgPool2d, GlobalAvgPool2d } from "../nn/pool/pool.ts";
import { Flatten } from "../nn/shape.ts";
import { AuxiliaryNet, checkTransform, type LogitsByHead } from "./auxiliary.ts";
import { type AuxiliaryExtras, auxiliaryKinds } from "./googlenet.ts";
import * as grids from "./inception_grids.ts";
import { halved, Units } from "./inception_parts.ts";
import { layersOf, setNormal } from "./init.ts";
import { NamedParts } from "./named.ts";
import { type Builder, builder, type ModelOptions } from "./options.ts";

/** Outputs of `inceptionV3`: logits [N, classes], and in training those of the auxiliary head. */
export type InceptionOutputs = LogitsByHead<"auxLogits">;
type Inception = AuxiliaryNet<"auxLogits">;
type InceptionVersion = "inceptionV2" | "inceptionV3";
type Stem = (units: Units, inC: number) => Record<string, Module>;

/** From 299² to 35², with 288 channels in version 2 and 192 in version 3. */
const stems: Readonly<Record<InceptionVersion, Stem>> = {
  inceptionV2: (units, inC) => ({
    Conv2d_1a_3x3: units.first(inC, [32, 3, "halved"]),
    Conv2d_2a_3x3: units.unit(32, [32, 3, "cropped"]),
    Conv2d_2b_3x3: units.unit(32, [64, 3]),
    maxpool1: halved(),
    Conv2d_3b_3x3: units.unit(64, [80, 3, "cropped"]),
    Conv2d_4a_3x3: units.unit(80, [192, 3, "halved"]),
    Conv2d_4b_3x3: units.unit(192, [288, 3]),
  }),
  inceptionV3: (units, inC) => ({
    Conv2d_1a_3x3: units.first(inC, [32, 3, "halved"]),
    Conv2d_2a_3x3: units.unit(32, [32, 3, "cropped"]),
    Conv2d_2b_3x3: units.unit(32, [64, 3]),
    maxpool1: halved(),
    Conv2d_3b_1x1: units.unit(64, [80, 1]),
    Conv2d_4a_3x3: units.unit(80, [192, 3, "cropped"]),
    maxpool2: halved(),
  }),
};

/** Blocks at 35². */
const wide: Readonly<Record<InceptionVersion, (units: Units) => Record<string, Module>>> = {
  inceptionV2: (units) => ({
    Mixed_5b: grids.threes(units),
    Mixed_5c: grids.threes(units),
    Mixed_5d: grids.threes(units),
  }),
  inceptionV3: (units) => ({
    Mixed_5b: grids.fives(units, 192, 32),
    Mixed_5c: grids.fives(units, 256, 64),
    Mixed_5d: grids.fives(units, 288, 64),
  }),
};

/** Blocks of both versions at 17² and 8². */
const narrow = (units: Units): Record<string, Module> => ({
  Mixed_6a: grids.halvedTo768(units),
  Mixed_6b: grids.sevens(units, 128),
  Mixed_6c: grids.sevens(units, 160),
  Mixed_6d: grids.sevens(units, 160),
  Mixed_6e: grids.sevens(units, 192),
  Mixed_7a: grids.halvedTo1280(units),
  Mixed_7b: grids.spread(units, 1280),
  Mixed_7c: grids.spread(units, 2048),
});

/** One block of each kind after one convolution. */
const smallParts = (
  units: Units,
  version: InceptionVersion,
  inC: number,
): Record<string, Module> => ({
  Conv2d_1a_3x3: units.first(inC, [288, 3]),
  Mixed_5d: version === "inceptionV2" ? grids.threes(units) : grids.fives(units, 288, 64),
  Mixed_6a: grids.halvedTo768(units),
  Mixed_6e: grids.sevens(units, 128),
  Mixed_7a: grids.halvedTo1280(units),
  Mixed_7b: grids.spread(units, 1280),
});

/** The convolutions of an auxiliary head: only version 3 has batch norm there. */
const headUnits: Readonly<Record<InceptionVersion, (units: Units) => Record<string, Module>>> = {
  inceptionV2: ({ shrink }) => ({
    conv0: new Conv2d(768 / shrink, 128 / shrink, 1, { act: "relu" }),
    conv1: new Conv2d(128 / shrink, 768 / shrink, 5, { act: "relu" }),
  }),
  inceptionV3: (units) => units.named(768, { conv0: [128, 1], conv1: [768, 5, "cropped"] }),
};

function headOf(
  units: Units,
  version: InceptionVersion,
  { small, numClasses }: Required<ModelOptions>,
) {
  const fc = new Linear(768 / units.shrink, numClasses);
  const head = new NamedParts({
    pool: small ? new AdaptiveAvgPool2d(5) : new AvgPool2d(5, { stride: 3 }),
    ...headUnits[version](units),
    ...{ mean: new GlobalAvgPool2d(), flatten: new Flatten(), fc },
  });
  return { head, fc };
}

function build(
  version: InceptionVersion,
  options: Required<ModelOptions> & AuxiliaryExtras,
): Inception {
  const { inChannels, numClasses, small, auxLogits = true, transformInput = false } = options;
  checkTransform(version, transformInput, inChannels);
  const units = new Units(small);
  const parts = small
    ? smallParts(units, version, inChannels)
    : { ...stems[version](units, inChannels), ...wide[version](units), ...narrow(units) };
  const aux = auxLogits ? headOf(units, version, options) : undefined;
  const model: Inception = new AuxiliaryNet({
    ...{ parts, numClasses, transformInput, dropout: 0.5, channels: 2048 / units.shrink },
    heads: aux
      ? { auxLogits: { name: "AuxLogits", after: "Mixed_6e", before: "Mixed_7a", head: aux.head } }
      : false,
  });
  // torchvision truncates the distribution at ±2, which is at least 20 deviations and has no effect
  for (const { weight } of [...layersOf(model, Conv2d), ...layersOf(model, Linear)]) {
    setNormal(weight, 0.1);
  }
  if (aux) {
    setNormal(layersOf(aux.head, Conv2d)[1]?.weight, 0.01);
    setNormal(aux.fc.weight, 0.001);
  }
  return model;
}

const inception = (version: InceptionVersion): Builder<Inception, AuxiliaryExtras> =>
  builder<Inception, AuxiliaryExtras>(version, (options) => build(version, options), {
    kinds: auxiliaryKinds,
  });

/**
 * Inception v2 (Szegedy et al. 2015, table 1): 27,589,040 parameters with its auxiliary classifier, images of 299². Numbers
 * of channels that the paper does not give, names and initialisation are those of torchvision's Inception v3. Compared with
 * GoogLeNet: batch norm after every convolution, and large convolutions become several small ones with the same receptive
 * field: two 3×3 for 5×5, 1×7 and 7×1 for 7×7.
 */
export const inceptionV2 = /* @__PURE__ */ inception("inceptionV2");
/**
 * Inception v3 (Szegedy et al. 2015): 27,161,264 parameters, 23,834,568 without the auxiliary classifier; images of 299².
 * Compared with Inception v2: batch norm also in the auxiliary classifier, which regularises. As in the released code and
 * in torchvision, the stem pools a second time, and blocks at 35² have one 5×5 convolution.
 */
export const inceptionV3 = /* @__PURE__ */ inception("inceptionV3");
