import { afterEach, expect, test, vi } from "vitest";
import { DeviceLostError } from "../../../src/core/errors.ts";
import { DataLoader, TensorDataset } from "../../../src/data/index.ts";
import { crossEntropy } from "../../../src/loss/index.ts";
import { KMeans, LogisticRegression } from "../../../src/ml/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { AdamW, GradScaler, LBFGS } from "../../../src/optim/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { leaks } from "../../../src/tensor/leaks.ts";
import { print } from "../../../src/tensor/print.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import {
  accuracy,
  EarlyStopping,
  EMA,
  evaluate,
  ModelSnapshot,
  saveCheckpoint,
  tensorStats,
  fit as train,
  tune,
} from "../../../src/train/index.ts";
import { entries } from "../../support/estimators/entries.ts";
import { learn, unchanged } from "../../support/estimators/estimator.ts";
import { problemFor } from "../../support/estimators/problem.ts";
import { uncaught } from "../../support/uncaught.ts";

afterEach(() => vi.restoreAllMocks());

/** Tensors that are made and not disposed of, from now on. */
function held(): Set<Tensor> {
  const all = new Set<Tensor>();
  vi.spyOn(leaks, "watch").mockImplementation((each) => void all.add(each));
  vi.spyOn(leaks, "forget").mockImplementation((each) => void all.delete(each));
  return all;
}

/**
 * Asks all of these on a lost device: which told of it. None of the others gives another error, and none leaves a tensor behind,
 * or a rejection that nobody hears of.
 */
async function toldBy(work: Readonly<Record<string, () => unknown>>): Promise<readonly string[]> {
  const made = held();
  const told: string[] = [];
  const faults: string[] = [];
  const leftovers = await uncaught(async () => {
    for (const [name, ask] of Object.entries(work)) {
      const late = new Promise((resolve) => setTimeout(resolve, 10_000, "it has not settled"));
      const asked = Promise.resolve().then(ask);
      const end = await Promise.race([asked.then(() => "done").catch((error) => error), late]);
      if (end instanceof DeviceLostError) told.push(name);
      else if (end !== "done") faults.push(`${name}: ${end}`);
      if (made.size > 0) faults.push(`${name} leaves ${[...made].join(", ")}`);
      made.clear();
    }
  });
  expect(leftovers).toEqual([]);
  expect(faults.join("\n")).toBe("");
  return told;
}

async function lose(device: GPUDevice): Promise<void> {
  device.destroy();
  await device.lost;
  await new Promise((resolve) => setTimeout(resolve));
}

test("every estimator tells of a lost device, or needs none, and leaves nothing behind", async () => {
  const { device } = (await init()).gpu;
  const { X, y, queries } = problemFor({ kind: "classifier" });
  const groups = await new KMeans({ nClusters: 3 }).fit([...X]);
  const logistic = await new LogisticRegression().fit([...X], [...y]);
  await lose(device);
  const fits = Object.entries(entries).map(([name, entry]) => {
    const p = problemFor(entry);
    return [`${name}.fit`, () => learn(entry, entry.make(unchanged), p.X, p.y)] as const;
  });
  const told = await toldBy({
    ...Object.fromEntries(fits),
    "KMeans.predict": () => groups.predict([...queries]),
    "LogisticRegression.predictProba": () => logistic.predictProba([...queries]),
  });
  expect(told).toEqual(
    expect.arrayContaining([
      ...[
        "ElasticNet",
        "KMeans",
        "Lasso",
        "LinearRegression",
        "MiniBatchKMeans",
        "PCA",
        "Ridge",
      ].map((name) => `${name}.fit`),
      ...["KMeans.predict", "LogisticRegression.predictProba"],
    ]),
  );
});

test("everything of a training tells of a lost device, and leaves nothing behind", async () => {
  const engine = await init();
  const { device } = engine.gpu;
  const model = new nn.Sequential(new nn.Linear(3, 4), new nn.BatchNorm1d(4), new nn.Dropout(0.5));
  const optimizer = new AdamW(model.parameters(), { lr: 0.1 });
  const closure = new LBFGS(new nn.Linear(3, 1).parameters());
  const x = ops.uniform([6, 3]);
  const one = ops.ones([1]);
  const dataset = new TensorDataset(ops.uniform([6, 3]), tensor(new Uint32Array(6)));
  const data = new DataLoader(dataset, { batchSize: 2 });
  const average = new EMA(model);
  const scaler = new GradScaler();
  const step = capture((given: Tensor) => ops.sum(model.forward(given)));
  const loss = ({ x: rows, y }: { x: Tensor; y: Tensor }) => crossEntropy(model.forward(rows), y);
  const snapshot = new ModelSnapshot(model);
  const stopping = new EarlyStopping({ restoreBest: true });
  const state = await model.stateDict();
  const moments = await optimizer.stateDict();
  await scope(() => step(x)).item();
  await engine.flush();
  await lose(device);
  const work = {
    read: () => x.read(),
    item: () => one.item(),
    print: () => print(x),
    tensor: () => tensor([1, 2]),
    "tensor of zeros": () => ops.zeros([4]),
    "random numbers": () => ops.normal([4]),
    "a model": () => new nn.Conv2d(2, 3, 3),
    forward: () => model.forward(x),
    "a captured step": () => step(x),
    "a step captured now": () => capture((given: Tensor) => ops.exp(given))(x),
    prepare: () => capture((given: Tensor) => ops.log(given)).prepare([x]),
    "optimizer.step": () => optimizer.step(),
    "a closure": () => closure.step(() => ops.sum(model.forward(x))),
    "an optimiser": () => new AdamW(new nn.Linear(2, 2).parameters()),
    "optimizer.stateDict": () => optimizer.stateDict(),
    "optimizer.loadStateDict": () => optimizer.loadStateDict(moments),
    "model.stateDict": () => model.stateDict(),
    "model.loadStateDict": () => model.loadStateDict(state),
    saveCheckpoint: () => saveCheckpoint({ model, optimizer, data }),
    fit: () => train({ model, optimizer, data, loss, epochs: 1 }),
    evaluate: () => evaluate(model, data, loss),
    accuracy: () => accuracy(x, new Uint32Array(6)),
    "EMA.update": () => average.update(),
    "EMA.swap": () => average.swap(),
    "scaler.scale": () => scaler.scale(x),
    "scaler.stateDict": () => scaler.stateDict(),
    "data.take": () => data.take(),
    "for await": async () => {
      for await (const { y } of data) await y.read();
    },
    "snapshot.restore": () => snapshot.restore(),
    "another snapshot": () => new ModelSnapshot(model),
    "stopping.observe": () => stopping.observe(1, model),
    tensorStats: () => tensorStats([x]),
    tune: () => tune(step),
    flush: () => engine.flush(),
    finish: () => engine.finish(),
    trim: () => engine.trim(),
  };
  // a step without gradients and a flush of an empty queue do nothing
  const idle = ["optimizer.step", "flush", "trim"];
  expect(await toldBy(work)).toEqual(Object.keys(work).filter((name) => !idle.includes(name)));
});
