import { add, type Tensor } from "wgrad";
import { DataLoader, type Dataset, randomSplit } from "wgrad/data";
import { MixUp, RandomAffine } from "wgrad/data/transforms";
import { crossEntropy, elasticNet, l1Regularizer } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { AdamW, constrainMaxNorm } from "wgrad/optim";
import {
  accuracy,
  EarlyStopping,
  EMA,
  evaluate,
  type FitCommon,
  SWA,
  fit as train,
  VotingEnsemble,
} from "wgrad/train";

type Batch = { x: Tensor; y: Tensor };
type Classifier = nn.Module<[x: Tensor], Tensor>;

/** The data for every remedy: pictures x [n, 1, 8, 8] and their labels. */
export interface Task {
  readonly dataset: Dataset<Batch>;
  readonly epochs: number;
  /** Seed of the order of batches; `manualSeed` sets the others. */
  readonly seed: number;
}

const network = (dropout = 0) =>
  new nn.Sequential(
    new nn.Flatten(),
    ...[new nn.Linear(64, 128), new nn.ReLU(), new nn.Dropout(dropout)],
    ...[new nn.Linear(128, 128), new nn.ReLU(), new nn.Dropout(dropout)],
    new nn.Linear(128, 10),
  );

/** Trains a network; `options` contains what a remedy changes. */
async function fitted<M extends Classifier>(
  model: M,
  { dataset, epochs, seed }: Task,
  options: Partial<FitCommon<Batch>> & {
    loss?: (batch: Batch) => Tensor;
    constrain?: () => void;
    weightDecay?: number;
  } = {},
): Promise<M> {
  const { weightDecay = 0, ...more } = options;
  const optimizer = new AdamW(model.parameters(), { lr: 0.003, weightDecay });
  const data = new DataLoader(dataset, { batchSize: 25, seed });
  const loss = ({ x, y }: Batch) => crossEntropy(model.forward(x), y);
  await train({ model, optimizer, data, loss, epochs, ...more });
  optimizer.dispose();
  return model;
}

const nothing = (task: Task) => fitted(network(), task);

function labelSmoothing(task: Task) {
  const model = network();
  const loss = ({ x, y }: Batch) => crossEntropy(model.forward(x), y, { labelSmoothing: 0.1 });
  return fitted(model, task, { loss });
}

function mixUp({ dataset, epochs, seed }: Task) {
  const mix = new MixUp({ alpha: 0.4, numClasses: 10 }); // labels become probabilities
  const transform = (batch: Batch) => mix.forward(batch);
  const data = new DataLoader(dataset, { batchSize: 25, seed, transform });
  return fitted(network(), { dataset, epochs, seed }, { data });
}

function augmentation({ dataset, epochs, seed }: Task) {
  const move = new RandomAffine(10, { translate: [0.1, 0.1], interpolation: "bilinear" });
  const transform = (batch: Batch) => move.forward(batch);
  const data = new DataLoader(dataset, { batchSize: 25, seed, transform });
  return fitted(network(), { dataset, epochs, seed }, { data });
}

const dropout = (task: Task) => fitted(network(0.3), task); // nn.Dropout after both activations

const weightDecay = (task: Task) => fitted(network(), task, { weightDecay: 0.1 }); // weight decay of AdamW

function l1(task: Task) {
  const model = network();
  const weights = model.parameters().filter(({ shape }) => shape.length > 1); // biases do not decay
  const loss = ({ x, y }: Batch) =>
    add(crossEntropy(model.forward(x), y), l1Regularizer(weights, 1e-4));
  return fitted(model, task, { loss });
}

function elastic(task: Task) {
  const model = network();
  const weights = model.parameters().filter(({ shape }) => shape.length > 1);
  const loss = ({ x, y }: Batch) =>
    add(crossEntropy(model.forward(x), y), elasticNet(weights, { l1: 5e-5, l2: 5e-4 }));
  return fitted(model, task, { loss });
}

function maxNorm(task: Task) {
  const model = network();
  const constrain = () => constrainMaxNorm(model.parameters(), 1); // after every update
  return fitted(model, task, { constrain });
}

function earlyStopping({ dataset, epochs, seed }: Task) {
  const model = network();
  const [most, rest] = randomSplit(dataset, [0.8, 0.2], { seed });
  if (!most || !rest) throw new Error("expected two parts");
  const heldBack = new DataLoader(rest, { batchSize: "full" });
  const validate = () => evaluate(model, heldBack, ({ x, y }) => crossEntropy(model.forward(x), y));
  const stopping = new EarlyStopping({ patience: 5, restoreBest: true });
  return fitted(model, { dataset: most, epochs, seed }, { validate, earlyStopping: stopping });
}

async function ema(task: Task) {
  const model = network();
  const average = new EMA(model, { decay: 0.98, warmUp: true });
  await fitted(model, task, { average });
  average.swap(); // with the averaged weights
  average.dispose();
  return model;
}

async function swa(task: Task) {
  const model = network();
  const average = new SWA(model);
  const averageFrom = Math.floor(task.epochs / 2);
  await fitted(model, task, { average, averageEvery: "epoch", averageFrom });
  average.swap();
  average.dispose();
  return model;
}

async function ensemble(task: Task) {
  const members: nn.Module[] = [];
  for (let seed = 0; seed < 5; seed++) members.push(await fitted(network(), { ...task, seed }));
  return new VotingEnsemble(members); // the mean of the networks' probabilities
}

/** Each remedy resolves to a trained network, which the caller disposes of. */
export const remedies: Readonly<Record<string, (task: Task) => Promise<Classifier>>> = {
  nothing,
  labelSmoothing,
  mixUp,
  augmentation,
  dropout,
  weightDecay,
  l1,
  elastic,
  maxNorm,
  earlyStopping,
  ema,
  swa,
  ensemble,
};

/** Accuracy on these samples. */
export function shareRight(model: Classifier, dataset: Dataset<Batch>): Promise<number> {
  const data = new DataLoader(dataset, { batchSize: 500, shuffle: false });
  return evaluate(model, data, ({ x, y }) => accuracy(model.forward(x), y));
}
