import type { ResNetOptions } from "wgrad/models";
import { keyOf, oneOf, whole, within } from "../shared/checks.ts";
import * as words from "../words/en/resnet/page.ts";
import * as common from "../words/en/shared/common.ts";

export type Block = NonNullable<ResNetOptions["block"]>;
export type Norm = NonNullable<ResNetOptions["norm"]>;
export type Activation = NonNullable<ResNetOptions["activation"]>;
export type Optimiser = "adam" | "adamw" | "sgd" | "nesterov" | "rmsprop";

/** All settings of a run; equal settings give equal losses to the bit. */
export interface Settings {
  block: Block;
  norm: Norm;
  activation: Activation;
  shortcut: boolean;
  /** Channels of the first stage. */
  width: number;
  /** Number of blocks in each stage. */
  depth: number;
  stages: number;
  /** Stride of the first convolution: 2 reduces all later work to a quarter. */
  stemStride: number;
  optimiser: Optimiser;
  learningRate: number;
  /** Images a step. */
  batch: number;
  epochs: number;
  /** Number of steps; 0 for the number in `epochs`. */
  steps: number;
  seed: number;
  /** Steps between two evaluations. */
  every: number;
  /** Number of held-out images in an evaluation during the training. */
  glance: number;
  /** Number of held-out images in the last evaluation, of 2,000. */
  heldOut: number;
  /** Share of their steps that the experiments take. */
  part: number;
}

const usual = {
  block: "basic",
  norm: "batch",
  activation: "relu",
  shortcut: true,
  depth: 1,
  stages: 3,
  optimiser: "adam",
  learningRate: 3e-3,
  steps: 0,
  seed: 1,
  every: 25,
  heldOut: 2000,
  part: 1,
} as const satisfies Partial<Settings>;

/** Defaults for this adapter: a run takes about a minute on a GPU, two on a software adapter. */
export function defaultSettings({ software }: { software: boolean }): Settings {
  return software
    ? {
        ...usual,
        width: 8,
        stemStride: 2,
        learningRate: 5e-3,
        batch: 32,
        epochs: 2,
        every: 50,
        glance: 300,
      }
    : { ...usual, width: 32, stemStride: 1, batch: 128, epochs: 10, glance: 2000 };
}

/** Default learning rate by optimiser. */
export const usualRate: Readonly<Record<Optimiser, number>> = {
  adam: 3e-3,
  adamw: 3e-3,
  sgd: 0.1,
  nesterov: 0.1,
  rmsprop: 1e-3,
};

type Choices<T extends string> = Readonly<Record<T, string>>;

export const blocks: Choices<Block> = {
  basic: words.basicTwo33,
  bottleneck: words.bottleneck1133,
  preactivation: words.preActivationV2,
  preactivationBottleneck: words.preActivationBottleneck,
  resnext: words.resnext4Groups,
};

export const norms: Choices<Norm> = {
  batch: words.batch,
  group: words.group,
  instance: words.instance,
  layer: words.layer,
  none: common.none,
};

export const optimisers: Choices<Optimiser> = {
  adam: words.adam,
  adamw: words.adamw,
  sgd: "SGD",
  nesterov: words.nesterovMomentum,
  rmsprop: "RMSprop",
};

export const activations: Partial<Choices<Activation>> = {
  relu: words.relu,
  leaky_relu: words.leakyRelu,
  elu: "ELU",
  selu: "SELU",
  silu: words.siluSwish,
  mish: words.mish,
  gelu: "GELU",
  softplus: words.softplus,
  tanh: words.tanh,
  sigmoid: words.sigmoid,
};

/** Steps of the whole run for this many training images. */
export function totalSteps({ steps, epochs, batch }: Settings, images: number): number {
  return steps > 0 ? steps : epochs * Math.floor(images / batch);
}

/** Bounds of the whole numbers. */
const bounds = {
  ...{ width: [1, 128], depth: [1, 8], stages: [1, 4], stemStride: [1, 4], batch: [1, 512] },
  ...{ epochs: [1, 50], steps: [0, 1e5], seed: [0, 1e9] },
  ...{ every: [1, 1e5], glance: [1, 2000], heldOut: [1, 2000] },
} as const satisfies Partial<Record<keyof Settings, readonly [from: number, to: number]>>;

/** Throws for invalid settings, for example from the page's address. */
export function checkSettings(settings: Settings): Settings {
  keyOf("block", settings.block, blocks);
  keyOf("norm", settings.norm, norms);
  oneOf("activation", settings.activation, Object.keys(activations));
  keyOf("optimiser", settings.optimiser, optimisers);
  for (const name of Object.keys(bounds) as (keyof typeof bounds)[])
    whole(name, settings[name], ...bounds[name]);
  within("learningRate", settings.learningRate, 1e-6, 10);
  within("part", settings.part, 0.1, 1);
  return settings;
}
