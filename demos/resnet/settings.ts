import type { ResNetOptions } from "wgrad/models";

export type Block = NonNullable<ResNetOptions["block"]>;
export type Norm = NonNullable<ResNetOptions["norm"]>;
export type Activation = NonNullable<ResNetOptions["activation"]>;
export type Optimiser = "adam" | "adamw" | "sgd" | "nesterov" | "rmsprop";

/** Everything that decides a run; the same settings give the same losses to the bit. */
export interface Settings {
  block: Block;
  norm: Norm;
  activation: Activation;
  shortcut: boolean;
  /** Channels of the first stage. */
  width: number;
  /** Blocks in each stage. */
  depth: number;
  stages: number;
  /** Stride of the first convolution: 2 makes everything after it a quarter of the work. */
  stemStride: number;
  optimiser: Optimiser;
  learningRate: number;
  /** Images a step. */
  batch: number;
  epochs: number;
  /** Steps to train; 0 for as many as `epochs` need. */
  steps: number;
  seed: number;
  /** Steps between two evaluations. */
  every: number;
  /** Held-out images in an evaluation on the way. */
  glance: number;
  /** Held-out images in the last evaluation; there are 2,000. */
  heldOut: number;
}

const common = {
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
} as const satisfies Partial<Settings>;

/** What is pleasant to watch on this adapter: on a card about a minute, on a software adapter two. */
export function defaultSettings({ software }: { software: boolean }): Settings {
  return software
    ? {
        ...common,
        width: 8,
        stemStride: 2,
        learningRate: 5e-3,
        batch: 32,
        epochs: 2,
        every: 50,
        glance: 300,
      }
    : { ...common, width: 32, stemStride: 1, batch: 128, epochs: 10, glance: 2000 };
}

/** A learning rate to begin with, by optimiser. */
export const usualRate: Readonly<Record<Optimiser, number>> = {
  adam: 3e-3,
  adamw: 3e-3,
  sgd: 0.1,
  nesterov: 0.1,
  rmsprop: 1e-3,
};

type Choices<T extends string> = Readonly<Record<T, string>>;

export const blocks: Choices<Block> = {
  basic: "Basic: two 3×3",
  bottleneck: "Bottleneck: 1×1, 3×3, 1×1",
  preactivation: "Pre-activation (v2)",
  preactivationBottleneck: "Pre-activation bottleneck",
  resnext: "ResNeXt: 4 groups",
};

export const norms: Choices<Norm> = {
  batch: "Batch",
  group: "Group",
  instance: "Instance",
  layer: "Layer",
  none: "None",
};

export const optimisers: Choices<Optimiser> = {
  adam: "Adam",
  adamw: "AdamW",
  sgd: "SGD",
  nesterov: "Nesterov momentum",
  rmsprop: "RMSprop",
};

export const activations: Partial<Choices<Activation>> = {
  relu: "ReLU",
  leaky_relu: "Leaky ReLU",
  elu: "ELU",
  selu: "SELU",
  silu: "SiLU (swish)",
  mish: "Mish",
  gelu: "GELU",
  softplus: "Softplus",
  tanh: "Tanh",
  sigmoid: "Sigmoid",
};

/** Steps of the whole run for so many training images. */
export function totalSteps({ steps, epochs, batch }: Settings, images: number): number {
  return steps > 0 ? steps : epochs * Math.floor(images / batch);
}

/** Throws if a setting, for example from the page's address, names nothing there is. */
export function checkSettings(settings: Settings): Settings {
  oneOf("block", settings.block, blocks);
  oneOf("norm", settings.norm, norms);
  oneOf("activation", settings.activation, activations);
  oneOf("optimiser", settings.optimiser, optimisers);
  for (const name of [
    "width",
    "depth",
    "stages",
    "stemStride",
    "batch",
    "every",
    "heldOut",
  ] as const) {
    const value = settings[name];
    if (Number.isInteger(value) && value > 0) continue;
    throw new Error(`?${name}=${value}: expected a positive whole number`);
  }
  return settings;
}

function oneOf(name: string, value: string, choices: object): void {
  if (Object.hasOwn(choices, value)) return;
  throw new Error(`?${name}=${value}: expected one of ${Object.keys(choices).join(", ")}`);
}
