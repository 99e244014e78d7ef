import type { Module } from "wgrad/nn";
import { Adam, AdamW, RMSprop, SGD } from "wgrad/optim";
import type { Optimiser, Settings } from "./settings.ts";

type Made = SGD | Adam | AdamW | RMSprop;

const makers: Readonly<Record<Optimiser, (model: Module, lr: number) => Made>> = {
  adam: (model, lr) => new Adam(model.parameters(), { lr }),
  adamw: (model, lr) => new AdamW(model.parameters(), { lr }),
  sgd: (model, lr) => new SGD(model.parameters(), { lr }),
  nesterov: (model, lr) => new SGD(model.parameters(), { lr, momentum: 0.9, nesterov: true }),
  rmsprop: (model, lr) => new RMSprop(model.parameters(), { lr }),
};

export function makeOptimiser(model: Module, { optimiser, learningRate }: Settings): Made {
  return makers[optimiser](model, learningRate);
}

/** Share of the steps in which the learning rate rises (warm-up). */
const WARM_UP = 0.05;

/** Learning rate of a step: linear warm-up, then half a cosine down to almost 0 (Loshchilov and Hutter 2016). */
export function rateAt(step: number, total: number, peak: number): number {
  const rise = Math.max(1, Math.round(WARM_UP * total));
  if (step < rise) return (peak * (step + 1)) / rise;
  const done = (step - rise) / Math.max(1, total - rise);
  return (peak * (1 + Math.cos(Math.PI * done))) / 2;
}
