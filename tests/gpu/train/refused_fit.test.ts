import { describe, expect, test } from "vitest";
import { OutOfMemoryError } from "../../../src/core/errors.ts";
import { DataLoader } from "../../../src/data/index.ts";
import { requestAdapter, requestDevice } from "../../../src/gpu/adapter.ts";
import { crossEntropy } from "../../../src/loss/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { AdamW, StepLR } from "../../../src/optim/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { EMA, fit as train } from "../../../src/train/index.ts";
import { shortOfMemory } from "../../support/short_of_memory.ts";

/*
 * A step is refused while `fit` waits for the batch of a later one: the later step must not run on the state before the
 * refused one.
 */

const device = await requestDevice(await requestAdapter());
const short = shortOfMemory(device);
const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
const words = (list: ArrayLike<number>) => [...new Uint32Array(Float32Array.from(list).buffer)];

const ROWS = 20;
const X = Float32Array.from({ length: 6 * ROWS }, (_, i) => Math.sin(1.7 * i));
const Y = Uint32Array.from({ length: ROWS }, (_, i) => (i * i) % 3);

/** Samples that arrive after a delay, as from a network. */
const slow = {
  length: ROWS,
  async batch(indices: Uint32Array<ArrayBuffer>) {
    await wait(15);
    const rows = Float32Array.from({ length: 6 * indices.length }, (_, i) => {
      return X[6 * (indices[Math.floor(i / 6)] as number) + (i % 6)] as number;
    });
    const x = tensor(rows, { shape: [indices.length, 6] });
    return { x, y: tensor(Uint32Array.from(indices, (i) => Y[i] as number)) };
  },
};

/**
 * A training of ten steps in which the `nth` buffer from step `at` on is refused; it is called again until it finishes.
 */
async function run(at: number, nth: number) {
  short.refuse = () => false;
  const engine = await init({ device });
  ops.manualSeed(11);
  const layers = [new nn.Linear(6, 8), new nn.BatchNorm1d(8), new nn.ReLU(), new nn.Dropout(0.2)];
  const model = new nn.Sequential(...layers, new nn.Linear(8, 3));
  const optimizer = new AdamW(model.parameters(), { lr: 0.05 });
  const schedule = new StepLR(optimizer, { stepSize: 2, gamma: 0.8 });
  const average = new EMA(model, { decay: 0.9 });
  const data = new DataLoader(slow, { batchSize: 5, seed: 3 });
  const errors: unknown[] = [];
  const again = async () => {
    await train({
      ...{ model, optimizer, schedule, average, data, steps: 10 },
      loss: ({ x, y }) => crossEntropy(model.forward(x), y),
      onStep: async ({ step }) => {
        if (step !== at || errors.length > 0) return;
        await engine.trim(); // empties the pool, so that buffers must be created
        let asked = 0;
        short.refuse = () => ++asked === nth;
      },
    });
  };
  while (data.epoch * data.batchesPerEpoch + data.position < 10 && errors.length < 4) {
    await again().catch((error: unknown) => errors.push(error));
    short.refuse = () => false;
  }
  const { steps, parameters } = await optimizer.stateDict();
  const { weights, updates } = await average.stateDict();
  const state = {
    model: Object.entries(await model.stateDict()).map(([name, each]) => [name, words(each.data)]),
    moments: parameters.map((each) => [each.steps, Object.values(each.moments).map(words)]),
    average: [updates, Object.values(weights).map((each) => words(each.data))],
    host: [steps, schedule.steps, ops.randomState().draws, data.epoch, data.position],
  };
  for (const each of [model, optimizer, average]) each.dispose();
  return { state, errors };
}

describe("a step is refused while fit waits for a later batch", () => {
  test.each([
    [3, 1],
    [4, 2],
    [4, 5],
    [5, 8],
  ])("after step %d, buffer %d: each step counts once, for all of it", async (at, nth) => {
    const { state, errors } = await run(at, nth);
    expect(errors.length).toBe(1);
    expect(errors[0]).toBeInstanceOf(OutOfMemoryError);
    expect(state).toEqual((await run(-1, 0)).state);
  });
});
