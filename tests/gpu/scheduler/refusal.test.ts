import { describe, expect, test } from "vitest";
import { MemoryLimitError, OutOfMemoryError } from "../../../src/core/errors.ts";
import { requestAdapter, requestDevice } from "../../../src/gpu/adapter.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { AdamW, SGD } from "../../../src/optim/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { shortOfMemory } from "../../support/short_of_memory.ts";

const { zeros, ones } = ops;
const device = await requestDevice(await requestAdapter());
const numbers = async (x: Tensor) => [...(await x.read())];

describe("a step that is too large", () => {
  /**
   * The state after one step for each batch size; steps of more than 100 samples must be refused and change nothing.
   */
  async function trained(sizes: readonly number[], maxBytes: number) {
    await init({ device, maxBytes });
    ops.manualSeed(5);
    const layers = [new nn.Linear(8, 4), new nn.BatchNorm1d(4), new nn.Dropout(0.3)];
    const model = new nn.Sequential(...layers);
    const optimizer = new AdamW(model.parameters(), { lr: 0.1 });
    for (const n of sizes) {
      const data = Float32Array.from({ length: 8 * n }, (_, i) => Math.cos(2.3 * i));
      const before = [optimizer.steps, ops.randomState().draws];
      using loss = scope(() => {
        optimizer.zeroGrad();
        const loss = ops.mean(ops.square(model.forward(tensor(data, { shape: [n, 8] }))));
        loss.backward();
        optimizer.step();
        return loss;
      });
      if (n <= 100) await loss.read();
      else {
        await expect(loss.read()).rejects.toThrow(MemoryLimitError);
        expect([optimizer.steps, ops.randomState().draws]).toEqual(before);
      }
    }
    const entries = Object.entries(await model.stateDict());
    const state = Object.fromEntries(entries.map(([name, { data }]) => [name, [...data]]));
    optimizer.dispose();
    model.dispose();
    return { state, steps: optimizer.steps };
  }

  test("between others leaves step counts, moments, running means and random streams", async () => {
    const sizes = [6, 40_000, 40_000, 6, 6];
    expect(await trained(sizes, 2e6)).toEqual(await trained([6, 6, 6], 1e9));
  });

  test("leaves the step count of AdamW unchanged", async () => {
    await init({ device, maxBytes: 1e6 });
    const weights = nn.parameter(tensor([1.2, 1]));
    const optimizer = new AdamW([weights], { lr: 0.1 });
    const step = async (n: number) => {
      optimizer.zeroGrad();
      using loss = scope(() => {
        const loss = ops.sum(ops.mul(ops.sum(zeros([n])), weights));
        loss.backward();
        const own = ops.sum(ops.square(weights));
        own.backward();
        optimizer.step();
        return loss;
      });
      await loss.read();
    };
    await step(1);
    await expect(step(1e6)).rejects.toThrow(MemoryLimitError);
    const after = await numbers(weights);
    await step(1);
    expect(optimizer.steps).toBe(2);
    const other = nn.parameter(tensor([1.2, 1]));
    const undisturbed = new AdamW([other], { lr: 0.1 });
    const twice = async () => {
      undisturbed.zeroGrad();
      scope(() => ops.sum(ops.square(other)).backward());
      undisturbed.step();
      return numbers(other);
    };
    expect(after).toEqual(await twice());
    expect(await numbers(weights)).toEqual(await twice());
  });
});

describe("a captured step whose first replay was refused", () => {
  /** Refuses each buffer of the first call in turn, until the call succeeds; the call after a refusal must be right. */
  async function eachRefused(work: () => Promise<() => Promise<unknown>>, expected: unknown) {
    let refused = 0;
    for (let n = 1; ; n++) {
      const own = await requestDevice(await requestAdapter());
      const short = shortOfMemory(own);
      const engine = await init({ device: own });
      const call = await work();
      await engine.flush();
      let created = 0;
      short.refuse = () => ++created === n;
      const first = await call().catch((error: unknown) => error);
      short.refuse = () => false;
      if (created < n) {
        expect(first).toEqual(expected);
        expect(refused).toBeGreaterThan(2);
        break;
      }
      refused++;
      expect(first).toBeInstanceOf(OutOfMemoryError);
      expect(await call()).toEqual(expected);
      expect([short.scopes, short.early]).toEqual([0, 0]);
      own.destroy();
    }
  }

  test("uploads once again what the host gave", async () => {
    await eachRefused(async () => {
      const step = capture((x: Tensor) => ops.add(ops.mul(x, 1), tensor([10, 20, 30, 40])));
      return async () => {
        using x = ones([4]);
        using y = step(x);
        return numbers(y);
      };
    }, [11, 21, 31, 41]);
  });

  test("makes moments that were made in it, and moves nothing on", async () => {
    await eachRefused(async () => {
      const weights = nn.parameter(tensor([1, 2]));
      const optimizer = new SGD([weights], { lr: 0.5 });
      const group = optimizer.groups[0];
      if (group) group.momentum = 0.5;
      const step = capture((x: Tensor) => {
        optimizer.zeroGrad();
        const loss = ops.sum(ops.mul(weights, x));
        loss.backward();
        optimizer.step();
        return loss;
      });
      return async () => {
        using x = ones([2]);
        using loss = step(x);
        return [await loss.item(), optimizer.steps, await numbers(weights)];
      };
    }, [3, 1, [0.5, 1.5]]);
  });

  test("and so do operations as they come, their parameters and what they are read through", async () => {
    await eachRefused(
      async () => async () => {
        using y = scope(() => ops.add(ops.mul(tensor([1, 2]), 3), tensor([10, 20])));
        return numbers(y);
      },
      [13, 26],
    );
  });
});

test("a refused staging buffer is known before the submit leaves", async () => {
  const own = await requestDevice(await requestAdapter());
  const short = shortOfMemory(own);
  const engine = await init({ device: own });
  const call = async () => {
    using y = scope(() => ops.add(tensor([1, 2]), 1));
    return numbers(y);
  };
  const { submits } = engine.counters();
  short.refuse = ({ usage }) => (usage & GPUBufferUsage.MAP_READ) !== 0;
  await expect(call()).rejects.toThrow(OutOfMemoryError);
  expect(engine.counters().submits).toBe(submits);
  short.refuse = () => false;
  expect(await call()).toEqual([2, 3]);
  expect([short.scopes, short.early]).toEqual([0, 0]);
  own.destroy();
});

test("refusals leave no error scope open: a caller's device still reports the caller's own errors", async () => {
  const own = await requestDevice(await requestAdapter());
  const short = shortOfMemory(own);
  const engine = await init({ device: own, maxBytes: 1e6 });
  for (let i = 0; i < 5; i++) {
    using big = zeros([1e6]);
    await expect(engine.flush()).rejects.toThrow(MemoryLimitError);
    expect(big.storage.buffer).toBe(undefined);
  }
  expect(short.scopes).toBe(0);
  const heard = new Promise<string>((resolve) => {
    own.onuncapturederror = ({ error }) => resolve(error.message);
  });
  own.createBuffer({ size: 4, usage: 0 });
  own.queue.submit([]); // errors are told with the next submit
  expect(await heard).toMatch(/usage/i);
  own.destroy();
});

describe("free buffers", () => {
  /** An engine that holds one, by default of 4 MiB. */
  async function holding(elements = 2 ** 20) {
    const own = await requestDevice(await requestAdapter());
    const short = shortOfMemory(own);
    const engine = await init({ device: own });
    const big = ones([elements]);
    await engine.flush();
    big.dispose();
    await ones([1]).read();
    expect(engine.counters().allocatedBytes).toBeGreaterThan(2 ** 22);
    return { engine, short, done: () => own.destroy() };
  }

  test("that nothing has used for some hundred flushes are destroyed", async () => {
    const { engine, done } = await holding();
    for (let i = 0; i < 300; i++) {
      ones([1]).dispose();
      await engine.flush();
    }
    expect(engine.counters().allocatedBytes).toBeLessThan(2 ** 20);
    done();
  });

  test("are destroyed by trim(), of 128 MiB", async () => {
    const { engine, done } = await holding(2 ** 25);
    expect(engine.counters().allocatedBytes).toBeGreaterThanOrEqual(2 ** 27);
    using kept = tensor([1, 2]);
    await engine.trim();
    expect(engine.counters().allocatedBytes).toBeLessThan(2 ** 20);
    expect(await numbers(kept)).toEqual([1, 2]);
    done();
  });

  test("are destroyed when the device refuses a buffer", async () => {
    const { engine, short, done } = await holding();
    short.refuse = ({ size }) => size > 2 ** 22;
    const more = ones([2 ** 20 + 2 ** 18]);
    await expect(more.read()).rejects.toThrow(OutOfMemoryError);
    expect(engine.counters().allocatedBytes).toBeLessThan(2 ** 20);
    short.refuse = () => false;
    using again = ones([2 ** 20 + 2 ** 18]);
    expect((await again.read()).length).toBe(2 ** 20 + 2 ** 18);
    more.dispose();
    done();
  });
});
