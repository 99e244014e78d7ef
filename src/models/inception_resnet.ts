import type { Concat } from "../nn/container/concat.ts";
import { Sequential } from "../nn/container/containers.ts";
import { Conv2d } from "../nn/conv/conv.ts";
import { Linear } from "../nn/linear.ts";
import { type AnyModule, Module } from "../nn/module/module.ts";
import { GlobalAvgPool2d } from "../nn/pool/pool.ts";
import { Flatten } from "../nn/shape.ts";
import { relu } from "../ops/activation/activation.ts";
import { add, mul } from "../ops/elementwise/elementwise.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { branches, halved, Units } from "./inception_parts.ts";
import { NamedParts } from "./named.ts";
import { builder, type ModelOptions } from "./options.ts";

interface Scaled {
  /** Number of channels of all branches together, and of x. */
  readonly channels: readonly [inside: number, outside: number];
  /** Weight of the branches in the sum. */
  readonly scale: number;
  /** False omits the last ReLU. */
  readonly rectified?: boolean;
}

/** relu(x + scale · conv2d(branches of x)): the scale keeps the sum from growing from block to block. */
class ScaledResidual extends Module {
  readonly conv2d: Conv2d;
  readonly #branches: Concat;
  readonly #scale: number;
  readonly #rectified: boolean;

  constructor(units: Units, inner: Concat, { channels, scale, rectified = true }: Scaled) {
    super();
    this.#branches = inner;
    this.conv2d = new Conv2d(channels[0] / units.shrink, channels[1] / units.shrink, 1);
    this.#scale = scale;
    this.#rectified = rectified;
  }

  override namedChildren(): [name: string, child: AnyModule][] {
    return [...this.#branches.namedChildren(), ...super.namedChildren()];
  }

  override forward(x: Tensor): Tensor {
    const inner = this.conv2d.forward(this.#branches.forward(x));
    const sum = add(x, mul(inner, this.#scale));
    return this.#rectified ? relu(sum) : sum;
  }
}

/** Figure 16, at 35². */
const block35 = (units: Units): Module =>
  new ScaledResidual(
    units,
    branches(
      units.unit(320, [32, 1]),
      units.chain(320, [32, 1], [32, 3]),
      units.chain(320, [32, 1], [48, 3], [64, 3]),
    ),
    { channels: [128, 320], scale: 0.17 },
  );

/** Figure 17, at 17². */
const block17 = (units: Units): Module =>
  new ScaledResidual(
    units,
    branches(units.unit(1088, [192, 1]), units.chain(1088, [128, 1], [160, [1, 7]], [192, [7, 1]])),
    { channels: [384, 1088], scale: 0.1 },
  );

/** Figure 19, at 8². */
const block8 = (units: Units, scale: number, rectified: boolean): Module =>
  new ScaledResidual(
    units,
    branches(units.unit(2080, [192, 1]), units.chain(2080, [192, 1], [224, [1, 3]], [256, [3, 1]])),
    { channels: [448, 2080], scale, rectified },
  );

const stem = (units: Units, inC: number) => ({
  conv2d_1a: units.first(inC, [32, 3, "halved"]),
  conv2d_2a: units.unit(32, [32, 3, "cropped"]),
  conv2d_2b: units.unit(32, [64, 3]),
  maxpool_3a: halved(),
  conv2d_3b: units.unit(64, [80, 1]),
  conv2d_4a: units.unit(80, [192, 3, "cropped"]),
  maxpool_5a: halved(),
  mixed_5b: branches(
    units.unit(192, [96, 1]),
    units.chain(192, [48, 1], [64, 5]),
    units.chain(192, [64, 1], [96, 3], [96, 3]),
    units.pooled(192, 64),
  ),
});

/** To 17² and 1,088 channels. */
const reductionA = (units: Units): Module =>
  branches(
    units.unit(320, [384, 3, "halved"]),
    units.chain(320, [256, 1], [256, 3], [384, 3, "halved"]),
    halved(),
  );

/** To 8² and 2,080 channels. */
const reductionB = (units: Units): Module =>
  branches(
    units.chain(1088, [256, 1], [384, 3, "halved"]),
    units.chain(1088, [256, 1], [288, 3, "halved"]),
    units.chain(1088, [256, 1], [288, 3], [320, 3, "halved"]),
    halved(),
  );

const repeated = (count: number, make: () => Module): Sequential =>
  new Sequential(...Array.from({ length: count }, make));

function build({ inChannels, numClasses, small }: Required<ModelOptions>): NamedParts {
  const units = new Units(small);
  const [a, b, c] = small ? [1, 1, 1] : [10, 20, 9];
  return new NamedParts({
    ...(small ? { conv2d_1a: units.first(inChannels, [320, 3]) } : stem(units, inChannels)),
    repeat: repeated(a, () => block35(units)),
    mixed_6a: reductionA(units),
    repeat_1: repeated(b, () => block17(units)),
    mixed_7a: reductionB(units),
    repeat_2: repeated(c, () => block8(units, 0.2, true)),
    block8: block8(units, 1, false),
    conv2d_7b: units.unit(2080, [1536, 1]),
    ...{ global_pool: new GlobalAvgPool2d(), flatten: new Flatten() },
    classif: new Linear(1536 / units.shrink, numClasses),
  });
}

/**
 * Inception-ResNet v2 (Szegedy et al. 2016), with timm's names: 55,843,464 parameters, images of 299². Compared with
 * Inception v4: the result of a block's branches is scaled down and added to the block's input, which trains much faster.
 */
export const inceptionResnetV2 = /* @__PURE__ */ builder("inceptionResnetV2", build);
