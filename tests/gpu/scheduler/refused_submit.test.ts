import { expect, test } from "vitest";
import { ValidationError } from "../../../src/core/errors.ts";
import { requestAdapter, requestDevice } from "../../../src/gpu/adapter.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { AdamW } from "../../../src/optim/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { fromBuffer, tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { shortOfMemory } from "../../support/short_of_memory.ts";

/*
 * WebGPU refuses a submit, for example because a buffer was destroyed: nothing of it runs, and no error reaches the
 * page.
 */

const numbers = async (x: Tensor) => [...(await x.read())];

async function own() {
  const device = await requestDevice(await requestAdapter());
  const told: string[] = [];
  device.onuncapturederror = ({ error }) => told.push(error.message);
  return { device, told, short: shortOfMemory(device), engine: await init({ device }) };
}

test("a caller's buffer that was destroyed is refused by name, and all else goes on", async () => {
  const { device, told } = await own();
  const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
  const buffer = device.createBuffer({ size: 16, usage: STORAGE | COPY_SRC | COPY_DST });
  device.queue.writeBuffer(buffer, 0, Float32Array.of(1, 2, 3, 4));
  using x = fromBuffer(buffer, [4]);
  using host = tensor([5, 6]);
  for (let i = 0; i < 2; i++) {
    using y = scope(() => ops.add(x, 1));
    expect(await numbers(y)).toEqual([2, 3, 4, 5]);
  }
  buffer.destroy();
  using y = scope(() => ops.add(x, 1));
  await expect(y.read()).rejects.toThrow(ValidationError);
  await expect(x.read()).rejects.toThrow(/accept a submit/);
  expect(await numbers(host)).toEqual([5, 6]);
  expect(told).toEqual([]);
  device.destroy();
});

test.each(["first", "one that binds nothing new"])(
  "a step whose submit is refused: %s",
  async (which) => {
    const run = async (refused: number) => {
      const { device, told, short } = await own();
      ops.manualSeed(3);
      const model = new nn.Sequential(
        new nn.Linear(3, 4),
        new nn.BatchNorm1d(4),
        new nn.Dropout(0.4),
      );
      const optimizer = new AdamW(model.parameters(), { lr: 0.1 });
      const losses: (number | string)[] = [];
      for (let step = 0; losses.length < 6; step++) {
        using loss = scope(() => {
          optimizer.zeroGrad();
          const x = tensor([1, 2, 3, -1, 0, 2], { shape: [2, 3] });
          const loss = ops.sum(ops.square(ops.add(model.forward(x), 1)));
          loss.backward();
          optimizer.step();
          return loss;
        });
        short.refuseSubmit = () => step === refused;
        const end = await loss.item().catch((error: Error) => error);
        if (!(end instanceof Error)) losses.push(end);
        else expect(end).toBeInstanceOf(ValidationError);
        expect(end instanceof Error).toBe(step === refused);
      }
      const result = [losses, optimizer.steps, ops.randomState().draws, await model.stateDict()];
      expect(told).toEqual([]);
      expect(short.scopes).toBe(0);
      device.destroy();
      return result;
    };
    expect(await run(which === "first" ? 0 : 4)).toEqual(await run(-1));
  },
);

test("steps that were queued after one whose submit is refused have not run on the state before it", async () => {
  const run = async (refused: number) => {
    const { device, told, short } = await own();
    ops.manualSeed(3);
    const model = new nn.Sequential(
      new nn.Linear(3, 4),
      new nn.BatchNorm1d(4),
      new nn.Dropout(0.4),
    );
    const optimizer = new AdamW(model.parameters(), { lr: 0.1 });
    const x = tensor([1, 2, 3, -1, 0, 2], { shape: [2, 3] });
    const step = () => {
      using loss = scope(() => {
        optimizer.zeroGrad();
        const loss = ops.sum(ops.square(ops.add(model.forward(x), 1)));
        loss.backward();
        optimizer.step();
        return loss;
      });
      return loss.item();
    };
    for (let i = 0; i < 3; i++) await step(); // from the fourth step on no bind group is created
    let submits = 0;
    short.refuseSubmit = () => submits++ === refused;
    const ends = await Promise.allSettled(Array.from({ length: 5 }, step));
    short.refuseSubmit = () => false;
    const made = ends.filter(({ status }) => status === "fulfilled").length;
    expect(ends.slice(0, made)).toEqual(ends.filter(({ status }) => status === "fulfilled"));
    for (const end of ends.slice(made)) {
      expect(end.status === "rejected" && end.reason).toBeInstanceOf(ValidationError);
    }
    expect(optimizer.steps).toBe(3 + made);
    while (optimizer.steps < 8) await step();
    const result = [optimizer.steps, ops.randomState().draws, await model.stateDict()];
    expect(told).toEqual([]);
    device.destroy();
    return { made, result };
  };
  const { made, result } = await run(-1);
  expect(made).toBe(5);
  for (const refused of [0, 2]) {
    const struck = await run(refused);
    expect(struck.made).toBe(refused);
    expect(struck.result).toEqual(result);
  }
});

test("an optimiser that is made while a flush compiles keeps the parameters' buffer", async () => {
  const { device, engine } = await own();
  const weights = nn.parameter(tensor([1, 2]));
  await engine.flush();
  using slow = scope(() => ops.softplus(ops.erf(tensor([0.25, 0.5]))));
  const flushed = engine.flush();
  for (let i = 0; i < 5; i++) await Promise.resolve(); // the flush now waits for its pipelines
  const optimizer = new AdamW([weights], { lr: 0.1 });
  await flushed;
  using y = scope(() => ops.add(weights, 1));
  optimizer.dispose();
  weights.dispose();
  expect(await numbers(y)).toEqual([2, 3]);
  expect((await slow.read()).length).toBe(2);
  device.destroy();
});
