import { Sequential } from "../nn/container/containers.ts";
import { Linear } from "../nn/linear.ts";
import type { Module } from "../nn/module/module.ts";
import { GlobalAvgPool2d } from "../nn/pool/pool.ts";
import { Flatten } from "../nn/shape.ts";
import { branches, halved, Mixed, Units } from "./inception_parts.ts";
import { NamedParts } from "./named.ts";
import { builder, type ModelOptions } from "./options.ts";

/** Figure 3: from 299² to 35² and 384 channels, with parallel branches in three places. */
const stem = (units: Units, inC: number): Module[] => [
  units.first(inC, [32, 3, "halved"]),
  units.unit(32, [32, 3, "cropped"]),
  units.unit(32, [64, 3]),
  new Mixed({ maxpool: halved() }, { conv: units.unit(64, [96, 3, "halved"]) }),
  branches(
    units.chain(160, [64, 1], [96, 3, "cropped"]),
    units.chain(160, [64, 1], [64, [1, 7]], [64, [7, 1]], [96, 3, "cropped"]),
  ),
  new Mixed({ conv: units.unit(192, [192, 3, "halved"]) }, { maxpool: halved() }),
];

/** Figure 4, at 35². */
const blockA = (units: Units): Module =>
  branches(
    units.unit(384, [96, 1]),
    units.chain(384, [64, 1], [96, 3]),
    units.chain(384, [64, 1], [96, 3], [96, 3]),
    units.pooled(384, 96),
  );

/** Figure 7: to 17² and 1,024 channels. */
const reductionA = (units: Units): Module =>
  branches(
    units.unit(384, [384, 3, "halved"]),
    units.chain(384, [192, 1], [224, 3], [256, 3, "halved"]),
    halved(),
  );

/** Figure 5, at 17². */
const blockB = (units: Units): Module =>
  branches(
    units.unit(1024, [384, 1]),
    units.chain(1024, [192, 1], [224, [1, 7]], [256, [7, 1]]),
    units.chain(1024, [192, 1], [192, [7, 1]], [224, [1, 7]], [224, [7, 1]], [256, [1, 7]]),
    units.pooled(1024, 128),
  );

/** Figure 8: to 8² and 1,536 channels. */
const reductionB = (units: Units): Module =>
  branches(
    units.chain(1024, [192, 1], [192, 3, "halved"]),
    units.chain(1024, [256, 1], [256, [1, 7]], [320, [7, 1]], [320, 3, "halved"]),
    halved(),
  );

/** Figure 6, at 8². */
const blockC = (units: Units): Module =>
  new Mixed(
    { branch0: units.unit(1536, [256, 1]) },
    {
      branch1_0: units.unit(1536, [384, 1]),
      both: new Mixed(
        { branch1_1a: units.unit(384, [256, [1, 3]]) },
        { branch1_1b: units.unit(384, [256, [3, 1]]) },
      ),
    },
    {
      ...units.named(1536, {
        branch2_0: [384, 1],
        branch2_1: [448, [3, 1]],
        branch2_2: [512, [1, 3]],
      }),
      both: new Mixed(
        { branch2_3a: units.unit(512, [256, [1, 3]]) },
        { branch2_3b: units.unit(512, [256, [3, 1]]) },
      ),
    },
    { branch3: units.pooled(1536, 256) },
  );

const repeated = (count: number, make: (units: Units) => Module, units: Units): Module[] =>
  Array.from({ length: count }, () => make(units));

function build({ inChannels, numClasses, small }: Required<ModelOptions>): NamedParts {
  const units = new Units(small);
  const [a, b, c] = small ? [1, 1, 1] : [4, 7, 3];
  return new NamedParts({
    features: new Sequential(
      ...(small ? [units.first(inChannels, [384, 3])] : stem(units, inChannels)),
      ...[...repeated(a, blockA, units), reductionA(units)],
      ...[...repeated(b, blockB, units), reductionB(units)],
      ...repeated(c, blockC, units),
    ),
    ...{ global_pool: new GlobalAvgPool2d(), flatten: new Flatten() },
    last_linear: new Linear(1536 / units.shrink, numClasses),
  });
}

/**
 * Inception v4 (Szegedy et al. 2016), with timm's names: 42,679,816 parameters, images of 299². Compared with Inception v3:
 * more blocks, identical at each size, a stem with parallel branches, and no auxiliary classifier.
 */
export const inceptionV4 = /* @__PURE__ */ builder("inceptionV4", build);
