import { DataLoader, TensorDataset } from "../../src/data/index.ts";
import { crossEntropy } from "../../src/loss/index.ts";
import * as nn from "../../src/nn/index.ts";
import * as ops from "../../src/ops/index.ts";
import { AdamW, StepLR } from "../../src/optim/index.ts";
import { init } from "../../src/scheduler/engine.ts";
import { capture } from "../../src/tensor/capture.ts";
import { tensor } from "../../src/tensor/create.ts";
import { scope } from "../../src/tensor/scope.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import {
  EarlyStopping,
  EMA,
  type FitResult,
  type Recovery,
  fit as train,
} from "../../src/train/index.ts";

export const STEPS = 12;

/** Everything a training may have: moments, running means, random state, a schedule, an average, the best weights. */
export function trainee() {
  ops.manualSeed(11);
  const rows = 20;
  const x = Float32Array.from({ length: 6 * rows }, (_, i) => Math.sin(1.7 * i));
  const labels = Uint32Array.from({ length: rows }, (_, i) => (i * i) % 3);
  const dataset = new TensorDataset(tensor(x, { shape: [rows, 6] }), tensor(labels));
  const layers = [new nn.Linear(6, 8), new nn.BatchNorm1d(8), new nn.ReLU(), new nn.Dropout(0.2)];
  const model = new nn.Sequential(...layers, new nn.Linear(8, 3));
  const optimizer = new AdamW(model.parameters(), { lr: 0.05 });
  const data = new DataLoader(dataset, { batchSize: 5, seed: 3 });
  const schedule = new StepLR(optimizer, { stepSize: 3, gamma: 0.5 });
  const average = new EMA(model, { decay: 0.9 });
  const earlyStopping = new EarlyStopping({ patience: 9, restoreBest: true });
  return { model, optimizer, data, dataset, schedule, average, earlyStopping };
}

type Trainee = ReturnType<typeof trainee>;
export type Batch = { x: Tensor; y: Tensor };

/** Numbers as text that shows every bit. */
export const words = (list: ArrayLike<number>) => [
  ...new Uint32Array(Float32Array.from(list).buffer),
];

/** The whole state of a training, as text that shows every bit. */
export async function bitsOf({
  model,
  optimizer,
  average,
  data,
  schedule,
}: Trainee): Promise<unknown> {
  const { steps, parameters } = await optimizer.stateDict();
  const { weights, updates } = await average.stateDict();
  return {
    model: Object.entries(await model.stateDict()).map(([name, each]) => [name, words(each.data)]),
    moments: parameters.map((each) => [each.steps, Object.values(each.moments).map(words)]),
    average: [updates, Object.values(weights).map((each) => words(each.data))],
    host: [steps, ops.randomState().draws, data.epoch, data.position, schedule.steps],
  };
}

/** How a training is disturbed: `at` is called when a step's loss is known. */
interface Run {
  readonly recover?: Recovery;
  readonly at?: (step: number) => void;
  readonly captured?: boolean;
}

export async function run({ recover, at, captured = false }: Run) {
  const trained = trainee();
  const { model, optimizer, data, dataset, schedule, average, earlyStopping } = trained;
  const told: number[] = [];
  const epochs: number[] = [];
  const common = {
    ...{ model, data, steps: STEPS, schedule, average, earlyStopping },
    ...(recover && { recover }),
    onStep: ({ step }: { step: number }) => {
      told.push(step);
      at?.(step);
    },
    onEpoch: ({ epoch }: { epoch: number }) => {
      epochs.push(epoch);
    },
  };
  const step = capture((x: Tensor, y: Tensor) => {
    optimizer.zeroGrad();
    const loss = crossEntropy(model.forward(x), y);
    loss.backward();
    optimizer.step();
    return loss;
  });
  const own = (indices: Uint32Array<ArrayBuffer>) =>
    scope(() => {
      const { x, y } = dataset.batch(indices);
      return step(x, y);
    });
  const loss = ({ x, y }: Batch) => crossEntropy(model.forward(x), y);
  const result: FitResult = captured
    ? await train({ ...common, step: own })
    : await train<Batch>({ ...common, optimizer, loss });
  return { result, told, epochs, bits: await bitsOf(trained) };
}

/** Calls `work` once, at this step. */
export const once = (step: number, work: () => void) => {
  let done = false;
  return (now: number) => {
    if (done || now !== step) return;
    done = true;
    work();
  };
};

const wholes = new Map<boolean, ReturnType<typeof run>>();
/** The result of a training when nothing happens to it. */
export async function undisturbed(captured = false) {
  const known = wholes.get(captured) ?? run({ captured });
  wholes.set(captured, known);
  const whole = await known;
  await init(); // a new engine
  return whole;
}
