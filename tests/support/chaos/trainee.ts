import { DataLoader, TensorDataset } from "../../../src/data/index.ts";
import { crossEntropy } from "../../../src/loss/index.ts";
import * as nn from "../../../src/nn/index.ts";
import { manualSeed, randomState } from "../../../src/ops/index.ts";
import { AdamW } from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { EMA } from "../../../src/train/index.ts";

export const STEPS = 10;
const BATCH = 5;
const BATCHES = 4;
/** The number of steps when the last epoch ends: epoch callbacks come no later. */
export const LAST_EPOCH = STEPS - (STEPS % BATCHES);
const CLASSES = 3;

/**
 * A small network with every kind of state that a refused step could leave changed: moments, running means, random
 * state.
 */
export function trainee() {
  manualSeed(11);
  const rows = BATCHES * BATCH;
  const x = Float32Array.from({ length: 6 * rows }, (_, i) => Math.sin(1.7 * i));
  const labels = Uint32Array.from({ length: rows }, (_, i) => (i * i) % CLASSES);
  const dataset = new TensorDataset(tensor(x, { shape: [rows, 6] }), tensor(labels));
  const layers = [new nn.Linear(6, 8), new nn.BatchNorm1d(8), new nn.ReLU(), new nn.Dropout(0.2)];
  const model = new nn.Sequential(...layers, new nn.Linear(8, CLASSES));
  const optimizer = new AdamW(model.parameters(), { lr: 0.05 });
  const average = new EMA(model, { decay: 0.9 });
  const data = new DataLoader(dataset, { batchSize: BATCH, seed: 3 });
  return { model, optimizer, average, data, dataset };
}

export type Trainee = ReturnType<typeof trainee>;
export type Batch = { x: Tensor; y: Tensor };

/** One training step on a batch. */
export const stepOf =
  ({ model, optimizer }: Trainee) =>
  (x: Tensor, y: Tensor): Tensor => {
    optimizer.zeroGrad();
    const loss = crossEntropy(model.forward(x), y);
    loss.backward();
    optimizer.step();
    return loss;
  };

/** Number of steps made. */
export const stepsOf = ({ data }: Trainee): number =>
  data.epoch * data.batchesPerEpoch + data.position;

/** The whole state of a training, as text that shows every bit. */
export async function bitsOf({ model, optimizer, average, data }: Trainee): Promise<string> {
  const { steps, parameters } = await optimizer.stateDict();
  const entries = Object.entries(await model.stateDict());
  const { updates, weights } = await average.stateDict();
  const words = (list: ArrayLike<number>) => [...new Uint32Array(Float32Array.from(list).buffer)];
  return JSON.stringify({
    model: entries.map(([name, entry]) => [name, words(entry.data)]),
    moments: parameters.map((each) => [each.steps, Object.values(each.moments).map(words)]),
    average: [updates, Object.values(weights).map((entry) => words(entry.data))],
    host: [steps, randomState().draws, data.epoch, data.position],
  });
}

export function free({ model, optimizer, average, dataset }: Trainee): void {
  for (const each of [model, optimizer, average, dataset]) each.dispose();
}
