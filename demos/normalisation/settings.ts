import { keyOf, oneOf, whole, within } from "../shared/checks.ts";
import * as words from "../words/en/normalisation/page.ts";
import { type NormName, norms } from "./norms.ts";

/** Norms between the network's convolutions. */
export type Between = NormName | "none";

/** Order within a layer: convolution, norm, ReLU, or convolution, ReLU, norm. */
export const orders = { before: words.beforeActivation, after: words.afterActivation } as const;

export type Order = keyof typeof orders;

/** Batch sizes compared. */
export const batchSizes = [2, 4, 8, 16, 32, 64] as const;

export interface Settings {
  /** The blocks: norm, groups, γ, β and the chosen element. */
  norm: NormName;
  groups: number;
  gamma: number;
  beta: number;
  at: number;
  /** Seed of the blocks. */
  numbers: number;
  /** The two norms whose networks are trained side by side. */
  first: Between;
  second: Between;
  order: Order;
  batch: number;
  /** Learning rate, as log₁₀. */
  rate: number;
  steps: number;
  seed: number;
  /** Steps of each training for the comparison of batch sizes. */
  sweep: number;
  /** Share of their steps that the experiments take. */
  part: number;
  /** Added to the evaluated pictures, after they are multiplied by `contrast`. */
  shift: number;
  contrast: number;
}

export const defaultSettings = {
  ...{ norm: "batch", groups: 2, gamma: 1, beta: 0, at: 58, numbers: 1 },
  ...{ first: "batch", second: "group", order: "before", batch: 8, rate: -2 },
  ...{ steps: 200, seed: 1, sweep: 100, part: 1, shift: 0.5, contrast: 1 },
};

const betweens: Readonly<Record<Between, unknown>> = { none: 0, ...norms };

/** Throws for invalid settings, for example from the page's address. */
export function checkSettings(given: typeof defaultSettings): Settings {
  if (![1, 2, 4].includes(given.groups)) throw new Error(words.groupsExpected12Or(given.groups));
  within("gamma", given.gamma, -2, 3);
  within("beta", given.beta, -2, 2);
  whole("at", given.at, 0, 143);
  whole("numbers", given.numbers, 0, 1e6);
  const batch = batchSizes.find((size) => size === given.batch);
  if (batch === undefined)
    throw new Error(words.batchExpectedOneOf(given.batch, batchSizes.join(", ")));
  within("rate", given.rate, -4, -1);
  whole("steps", given.steps, 5, 5000);
  whole("seed", given.seed, 0, 1e6);
  whole("sweep", given.sweep, 5, 1000);
  within("part", given.part, 0.1, 1);
  within("shift", given.shift, -2, 2);
  within("contrast", given.contrast, 0.25, 2);
  return {
    ...given,
    norm: keyOf("norm", given.norm, norms),
    first: keyOf("first", given.first, betweens),
    second: keyOf("second", given.second, betweens),
    order: oneOf("order", given.order, Object.keys(orders) as Order[]),
  };
}
