import { afterAll, describe, expect, test } from "vitest";
import { ArrayDataset, DataLoader } from "../../../src/data/index.ts";
import { crossEntropy } from "../../../src/loss/index.ts";
import { KMeans, LinearRegression } from "../../../src/ml/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { AdamW } from "../../../src/optim/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { EMA, loadCheckpoint, saveCheckpoint, fit as train } from "../../../src/train/index.ts";

/*
 * Arguments may come from a frame of the page: the frame's arrays, objects and promises are instances of other classes.
 */

await init();
const frame = document.createElement("iframe");
document.body.append(frame);
const realm = frame.contentWindow as Window & typeof globalThis;
afterAll(() => frame.remove());

/** A copy made in the frame's realm. */
const foreign = <T>(value: T): T => realm.structuredClone(value);

const one = () => new ArrayDataset([[1, 2]], [1]);

test("the copies are of the other realm", () => {
  expect(foreign(new Float32Array(1)) instanceof Float32Array).toBe(false);
  expect(foreign({}) instanceof Object).toBe(false);
});

describe("of another realm", () => {
  test("arrays make tensors", async () => {
    expect([...(await tensor(foreign(Float32Array.of(1.5, 2))).read())]).toEqual([1.5, 2]);
    expect(tensor(foreign(Uint8Array.of(3))).dtype).toBe("u32");
    const half = tensor(
      foreign([
        [0.1, 1],
        [2, 3],
      ]),
    );
    expect(half.shape).toEqual([2, 2]);
    const options = foreign({ shape: [2, 1], dtype: "f32" as const });
    expect(tensor(foreign(Float64Array.of(0.1, 0.2)), options).shape).toEqual([2, 1]);
  });

  test("states of modules, optimisers and averages are loaded, and checkpoints of their bytes", async () => {
    const make = (seed: number) => {
      ops.manualSeed(seed);
      const model = new nn.Sequential(new nn.Linear(3, 2), new nn.BatchNorm1d(2));
      const optimizer = new AdamW(model.parameters(), { lr: 0.1 });
      const average = new EMA(model);
      ops.sum(ops.square(model.forward(ops.normal([4, 3])))).backward();
      optimizer.step();
      average.update();
      return { model, optimizer, average };
    };
    const [from, to] = [make(1), make(2)];
    const states = async ({ model, optimizer, average }: typeof from) => [
      await model.stateDict(),
      await optimizer.stateDict(),
      await average.stateDict(),
    ];
    to.model.loadStateDict(foreign(await from.model.stateDict()));
    to.optimizer.loadStateDict(foreign(await from.optimizer.stateDict()));
    to.average.loadStateDict(foreign(await from.average.stateDict()));
    expect(await states(to)).toEqual(await states(from));
    const again = make(3);
    await loadCheckpoint(foreign(await saveCheckpoint(from)), again);
    expect(await states(again)).toEqual(await states(from));
  });

  test("data sets, their promises and indices are loaded in batches", async () => {
    const x = foreign(Float32Array.from({ length: 8 }, (_, i) => i / 2));
    const labels = foreign(Uint8Array.of(0, 1, 1, 0));
    const arrays = new ArrayDataset({ shape: [4, 2], data: x }, labels);
    const batches = new DataLoader(arrays, { batchSize: 4 });
    expect((await batches.take())?.batch.x.shape).toEqual([4, 2]);
    const later = {
      length: 4,
      batch: (indices: Uint32Array) =>
        realm.Promise.resolve().then(() => ({ x: tensor(Float32Array.from(indices)) })),
    };
    const taken = await new DataLoader(later, { batchSize: 4 }).take();
    expect([...((await taken?.batch.x.read()) ?? [])].sort()).toEqual([0, 1, 2, 3]);
  });

  test("labels of 64 bits, a signal and a module's layers in a map", async () => {
    const logits = tensor(
      [
        [1, 2],
        [3, 1],
      ],
      { requiresGrad: true },
    );
    const labels = foreign(BigInt64Array.of(1n, 0n));
    const loss = crossEntropy(logits, labels);
    expect(await loss.item()).toBe(await crossEntropy(logits, Uint32Array.of(1, 0)).item());
    const controller = new realm.AbortController();
    controller.abort();
    class Holder extends nn.Module {
      readonly layers = Object.assign(new realm.Map()).set("first", new nn.Linear(2, 1));
      override forward(given: Tensor): Tensor {
        return this.layers.get("first").forward(given);
      }
    }
    const model = new Holder();
    expect(model.parameters()).toHaveLength(2);
    const optimizer = new AdamW(model.parameters());
    const data = new DataLoader(one(), { batchSize: 1 });
    const { ended } = await train({
      ...{ model, optimizer, data, steps: 1, signal: controller.signal },
      loss: ({ x }: { x: Tensor }) => ops.mean(model.forward(x)),
    });
    expect(ended).toBe("aborted");
  });

  test("results of a captured step", async () => {
    const step = capture((given: Tensor) => {
      const made: Record<string, Tensor> = foreign({});
      made.twice = ops.mul(given, 2);
      return made;
    });
    expect([...((await step(tensor([1, 2])).twice?.read()) ?? [])]).toEqual([2, 4]);
    step.dispose();
  });

  test("data of estimators, and their saved models", async () => {
    const X = [
      [0, 0],
      [0, 1],
      [5, 5],
      [5, 6],
    ];
    const kMeans = await new KMeans({ nClusters: 2, randomState: 1 }).fit(foreign(X));
    expect(await kMeans.predict(foreign(X))).toEqual(await kMeans.predict(X));
    const again = KMeans.fromJSON(foreign(kMeans.toJSON()));
    expect(await again.predict(X)).toEqual(await kMeans.predict(X));
    const line = await new LinearRegression().fit(
      foreign(X.map((row) => Float64Array.from(row))),
      foreign(Float64Array.of(0, 1, 10, 11)),
    );
    expect(line.coef.length).toBe(2);
  });

  test("an error that a callback threw is told by its message", async () => {
    const model = new nn.Linear(2, 1);
    const optimizer = new AdamW(model.parameters());
    const data = new DataLoader(one(), { batchSize: 1 });
    const work = train({
      ...{ model, optimizer, data, steps: 1 },
      loss: ({ x }: { x: Tensor }) => ops.mean(model.forward(x)),
      clip: () => {
        throw new realm.RangeError("too far");
      },
    });
    await expect(work).rejects.toThrow("fit: clip threw after 1 steps: too far");
  });
});
