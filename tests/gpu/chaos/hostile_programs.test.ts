import {
  DataLoader,
  IterableDataset,
  MapDataset,
  readCsv,
  type TensorDataset,
  WorkerPool,
} from "../../../src/data/index.ts";
import { crossEntropy } from "../../../src/loss/index.ts";
import {
  GridSearchCV,
  KMeans,
  LogisticRegression,
  PCA,
  Pipeline,
  StandardScaler,
} from "../../../src/ml/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { Adam, LBFGS } from "../../../src/optim/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { recoverDevice } from "../../../src/tensor/recover_device.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { evaluate, Recovery, fit as train, tune } from "../../../src/train/index.ts";
import { passedOn, refused } from "../../support/hostile.ts";

const rows = [
  [0, 1],
  [1, 0],
  [2, 2],
  [3, 1],
];

/** A small training on a data set of its own. */
function training(batch: (indices: Uint32Array) => unknown, prefetch = 0) {
  const model = new nn.Linear(2, 2);
  const optimizer = new Adam(model.parameters(), { lr: 0.1 });
  const dataset = { length: 6, batch } as unknown as TensorDataset;
  const data = new DataLoader(dataset, { batchSize: 2, prefetch });
  const loss = ({ x, y }: { x: Tensor; y: Tensor }) => crossEntropy(model.forward(x), y);
  return { model, optimizer, data, loss };
}
const good = () => ({ x: ops.ones([2, 2]), y: tensor(Uint32Array.of(0, 1)) });

/** Good batches, except that the second is what `then` returns. */
function later(then: () => unknown) {
  let calls = 0;
  return async () => (calls++ === 1 ? then() : good());
}

async function visit(data: AsyncIterable<unknown>) {
  for await (const each of data) void each;
}

refused({
  "a tensor of 2^62 elements": () => ops.zeros([2 ** 31, 2 ** 31]),
  "a product of 16 GiB": () => ops.matmul(ops.zeros([2 ** 16, 1]), ops.zeros([1, 2 ** 16])),
  "a layer of 10^14 weights": () => new nn.Linear(1e7, 1e7),
  "a refused size in a captured step": () =>
    capture((x: Tensor) => ops.sum(ops.add(x, ops.zeros([4e7]))))(ops.ones([1])).read(),
  "a captured step beyond its own maxBytes": () =>
    capture((x: Tensor) => ops.exp(ops.exp(x)), { maxBytes: 16 })(ops.ones([64])).read(),
  "a captured step of a disposed tensor": () => {
    const x = ops.ones([2]);
    x.dispose();
    return capture((given: Tensor) => ops.exp(given))(x).read();
  },
  "a captured step whose weights were disposed of since": async () => {
    const w = ops.ones([2]);
    const step = capture((x: Tensor) => ops.mul(x, w));
    await step(ops.ones([2])).read();
    w.dispose();
    return step(ops.ones([2])).read();
  },
  "fit on a batch of nothing": () => train({ ...training(later(() => undefined)), epochs: 1 }),
  "fit on a batch of other things": () =>
    train({ ...training(() => ({ x: 1, y: "2" })), epochs: 1 }),
  "evaluate on a batch of nothing": () => {
    const { model, data, loss } = training(() => undefined);
    return evaluate(model, data, loss);
  },
  "a closure that gives a promise": () =>
    new LBFGS(new nn.Linear(2, 1).parameters()).step((async () => ops.ones([1])) as never),
  "K-Means of more groups than rows": () => new KMeans({ nClusters: 9 }).fit(rows),
  "K-Means of a NaN": () =>
    new KMeans({ nClusters: 2 }).fit([
      [1, Number.NaN],
      [1, 2],
    ]),
  "K-Means of holes": () => new KMeans({ nClusters: 2 }).fit([new Array(3), [1, 2, 3]] as never),
  "PCA of one row": () => new PCA({ nComponents: 2 }).fit([[1, 2]]),
  "a classifier of one class": () => new LogisticRegression().fit(rows, [1, 1, 1, 1]),
  "a grid of nothing": () =>
    new GridSearchCV(new KMeans() as never, {} as never).fit(rows, [0, 1, 0, 1]),
  "a pipeline of what is no estimator": () =>
    new Pipeline([
      ["a", new StandardScaler()],
      ["b", {} as never],
    ] as never).fit(rows, [0, 1, 0, 1]),
  "a recovery whose device is none": () =>
    train({ ...training(good), epochs: 1, recover: new Recovery({ device: () => null as never }) }),
  "init with a device that is lost": async () => {
    const adapter = await navigator.gpu.requestAdapter();
    const device = (await adapter?.requestDevice()) as GPUDevice;
    device.destroy();
    await device.lost;
    const other = await init({ device });
    await new Promise((done) => setTimeout(done));
    return tensor([1], { engine: other }).read();
  },
  "recoverDevice with what is no device": async () =>
    recoverDevice(await init({ maxBytes: 1e8 }), { device: () => ({}) as never }),
  "a transform that gives nothing": () =>
    visit(new DataLoader({ length: 4, batch: good }, { transform: () => undefined as never })),
  "a prefetched batch of null": () =>
    visit(new DataLoader({ length: 6, batch: later(() => null) }, { batchSize: 2, prefetch: 2 })),
  "a collate that gives nothing": () =>
    visit(new DataLoader(new MapDataset([1, 2], (x) => x), { collate: () => undefined as never })),
});

passedOn({
  "a batch of fit": (fail) => train({ ...training(later(fail)), epochs: 1 }),
  "a prefetched batch of fit": (fail) => train({ ...training(later(fail), 3), epochs: 1 }),
  "a loss of fit": (fail) => train({ ...training(good), loss: fail, epochs: 1 }),
  "a loss of evaluate": (fail) => {
    const { model, data } = training(good);
    return evaluate(model, data, fail);
  },
  "a stream": (fail) => {
    const stream = new IterableDataset(async function* () {
      yield { x: 1 };
      fail();
    } as never);
    return visit(new DataLoader(stream as never, { batchSize: 1 }));
  },
  "a map": (fail) => visit(new DataLoader(new MapDataset([1, 2, 3], fail) as never)),
  "a transform": (fail) => visit(new DataLoader({ length: 4, batch: good }, { transform: fail })),
  "a maker of workers": (fail) => new WorkerPool(fail),
  "a parser of CSV": (fail) => readCsv("a,b\n1,2", { parser: fail }),
  "a closure of LBFGS": (fail) => new LBFGS(new nn.Linear(2, 1).parameters()).step(fail),
  "onProgress of K-Means": (fail) => new KMeans({ nClusters: 2 }).fit(rows, { onProgress: fail }),
  "a step of tune": (fail) => tune(fail),
  "a scope": (fail) => scope(fail),
  "a captured step": (fail) => capture(fail as () => Tensor)(),
});
