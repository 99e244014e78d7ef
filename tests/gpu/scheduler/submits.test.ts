import { describe, expect, test } from "vitest";
import { ValidationError } from "../../../src/core/errors.ts";
import { requestAdapter, requestDevice } from "../../../src/gpu/adapter.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { SGD } from "../../../src/optim/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { fromBuffer, tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { shortOfMemory } from "../../support/short_of_memory.ts";

const device = await requestDevice(await requestAdapter());
const short = shortOfMemory(device);
const engine = await init({ device });

/** Holds the device's answers to all submits back while it flushes `step` twice; returns how many submits were made. */
async function madeBeforeAnswers(step: () => unknown): Promise<number> {
  const pop = device.popErrorScope.bind(device);
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  device.popErrorScope = () => Promise.all([pop(), held]).then(([error]) => error);
  const { submits } = engine.counters();
  const flushed = [0, 1].map(() => {
    step();
    return engine.flush();
  });
  for (let i = 0; i < 5; i++) await device.queue.onSubmittedWorkDone();
  const made = engine.counters().submits - submits;
  device.popErrorScope = pop;
  answer();
  await Promise.all(flushed);
  return made;
}

/** A training step of one layer on x, as it is called. */
function training(x: Tensor, { captured }: { captured: boolean }) {
  const layer = new nn.Linear(4, 3);
  const optimizer = new SGD(layer.parameters(), { lr: 0.1 });
  const step = () => {
    optimizer.zeroGrad();
    const loss = ops.sum(ops.square(layer.forward(x)));
    loss.backward();
    optimizer.step();
  };
  const replay = captured ? capture(step) : () => scope(step);
  return { optimizer, step: replay, weight: layer.weight };
}

describe("steps whose submits cannot be refused do not wait for the device's answer", () => {
  test.each([{ captured: false }, { captured: true }])("%o", async (how) => {
    using x = ops.uniform([2, 4]);
    const { step } = training(x, how);
    expect(await madeBeforeAnswers(step)).toBeLessThan(2); // its bind groups are new
    for (let i = 0; i < 4; i++) {
      step();
      await engine.flush();
    }
    expect(await madeBeforeAnswers(step)).toBe(2);
  });

  test.each([{ captured: false }, { captured: true }])(
    "those that use a caller's buffer do, %o",
    async (how) => {
      const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
      const buffer = device.createBuffer({ size: 32, usage: STORAGE | COPY_SRC | COPY_DST });
      const { step, optimizer } = training(fromBuffer(buffer, [2, 4]), how);
      for (let i = 0; i < 4; i++) {
        step();
        await engine.flush();
      }
      expect(await madeBeforeAnswers(step)).toBeLessThan(2);
      const { steps } = optimizer;
      buffer.destroy();
      step();
      await expect(engine.flush()).rejects.toThrow(ValidationError);
      expect(optimizer.steps).toBe(steps);
    },
  );
});

test("what is read waits, and says that an earlier submit was refused", async () => {
  using x = ops.uniform([2, 4]);
  using y = tensor([1, 2]);
  const { step, weight } = training(x, { captured: true });
  for (let i = 0; i < 4; i++) {
    step();
    await engine.flush();
  }
  let submits = 0;
  short.refuseSubmit = () => submits++ === 0;
  step();
  await engine.flush(); // of objects that were accepted before: this one would not be refused without the test's doing
  await expect(weight.read()).rejects.toThrow(/accept a submit/);
  short.refuseSubmit = () => false;
  expect([...(await y.read())]).toEqual([1, 2]);
  step();
  expect((await weight.read()).every(Number.isFinite)).toBe(true);
});

test("a loop that reads nothing is told, too, that a submit was refused", async () => {
  using x = ops.uniform([2, 4]);
  const { step } = training(x, { captured: true });
  for (let i = 0; i < 4; i++) {
    step();
    await engine.flush();
  }
  let submits = 0;
  short.refuseSubmit = () => submits++ === 0;
  const loop = async () => {
    for (let i = 0; i < 5; i++) {
      step();
      await engine.flush();
    }
  };
  await expect(loop()).rejects.toThrow(/accept a submit/);
  await loop();
});

test.each(["dispose", "trim"] as const)(
  "%s while encoded commands wait for a buffer",
  async (how) => {
    using x = ops.uniform([2, 4]);
    const layer = new nn.Linear(4, 3);
    const optimizer = new SGD(layer.parameters(), { lr: 0.1 });
    const step = capture((input: Tensor) => {
      optimizer.zeroGrad();
      const y = layer.forward(input);
      ops.sum(ops.square(y)).backward();
      optimizer.step();
      return y;
    });
    const results = [];
    for (let i = 0; i < 4; i++) {
      results.push(step(x));
      await engine.flush();
    }
    const before = await layer.weight.read();
    const { dispatches } = engine.counters();
    using last = step(x); // whose buffer is new: the device has to confirm it
    const flushed = engine.flush();
    while (engine.counters().dispatches === dispatches) await Promise.resolve();
    if (how === "dispose") step.dispose();
    else engine.gpu.pool.trim();
    await flushed;
    expect(await layer.weight.read()).not.toEqual(before);
    expect((await last.read()).every(Number.isFinite)).toBe(true);
    for (const each of results) each.dispose();
  },
);
