import { capture, manualSeed, scope, type Tensor } from "wgrad";
import { DataLoader } from "wgrad/data";
import { crossEntropy } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { AdamW, CosineAnnealingLR } from "wgrad/optim";
import { accuracy, evaluate, type Progress, fit as train } from "wgrad/train";
import type { Clothes } from "../../resnet/data.ts";
import { type Recipe, transformOf } from "./recipes.ts";

/** Pictures in a training step, and in a batch of the evaluation. */
const BATCH = 50;
const AT_ONCE = 250;

/** A training from new weights. */
export interface Lesson {
  readonly recipe: Recipe;
  readonly seed: number;
  readonly epochs: number;
  /** Training pictures. */
  readonly pictures: Uint32Array<ArrayBuffer>;
  /** Pictures for the evaluation, and epochs between two evaluations. */
  readonly heldOut: Uint32Array<ArrayBuffer>;
  readonly every: number;
}

export interface Learned {
  readonly losses: readonly number[];
  /** Held-out accuracy. */
  readonly accuracy: number;
}

export interface Watcher {
  readonly signal: AbortSignal;
  readonly onStep?: (progress: Progress) => void;
  readonly onMeasured?: (epoch: number, accuracy: number) => void;
}

/** 20,490 parameters: two convolutions that halve the picture, and a linear layer. */
const network = () =>
  new nn.Sequential(
    new nn.Conv2d(1, 16, 3, { stride: 2, padding: 1, bias: false }),
    new nn.BatchNorm2d(16),
    new nn.ReLU(),
    new nn.Conv2d(16, 32, 3, { stride: 2, padding: 1, bias: false }),
    new nn.BatchNorm2d(32),
    new nn.ReLU(),
    new nn.Flatten(),
    new nn.Linear(32 * 7 * 7, 10),
  );

/** Trains on few pictures, which a recipe changes on the GPU in every step. Rejects with the signal's reason. */
export async function learn(
  { dataset }: Clothes,
  { recipe, seed, epochs, pictures, heldOut, every }: Lesson,
  { signal, onStep, onMeasured }: Watcher,
): Promise<Learned> {
  manualSeed(seed);
  const model = network();
  const optimizer = new AdamW(model.parameters(), { lr: 3e-3, weightDecay: 0.01 });
  const data = new DataLoader(dataset, { indices: pictures, batchSize: BATCH, seed });
  const tests = new DataLoader(dataset, { indices: heldOut, batchSize: AT_ONCE, shuffle: false });
  const augment = transformOf(recipe);
  const step = capture((images: Tensor, labels: Tensor) => {
    const given = { x: images, y: labels };
    const { x, y } = augment ? augment.forward(given) : given; // a replay changes the pictures in a new way
    optimizer.zeroGrad();
    const loss = crossEntropy(model.forward(x), y);
    loss.backward();
    optimizer.step();
    return loss;
  });
  const measure = async () => {
    const right = await evaluate(model, tests, ({ x, y }) => accuracy(model.forward(x), y));
    if (!signal.aborted) onMeasured?.(data.epoch, right);
    return right;
  };
  const tMax = epochs * data.batchesPerEpoch;
  try {
    const { losses } = await train({
      ...{ model, data, epochs, signal, validateEvery: every },
      schedule: new CosineAnnealingLR(optimizer, { tMax }),
      validate: () => (data.epoch < epochs && !signal.aborted ? measure() : Number.NaN),
      step: (samples) =>
        scope(() => {
          const { x, y } = dataset.batch(samples);
          return step(x, y);
        }),
      onStep: (progress) => {
        if (!signal.aborted) onStep?.(progress);
      },
    });
    signal.throwIfAborted();
    const right = await measure();
    signal.throwIfAborted();
    return { losses, accuracy: right };
  } finally {
    step.dispose();
    optimizer.dispose();
    model.dispose();
  }
}
