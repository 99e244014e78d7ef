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
 * WebGPU refuses a submit, as it does where a buffer was destroyed: nothing of it has run, and nothing is said to the page.
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
