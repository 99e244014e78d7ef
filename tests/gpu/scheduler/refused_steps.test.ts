import { describe, expect, test, vi } from "vitest";
import { MemoryLimitError, OutOfMemoryError } from "../../../src/core/errors.ts";
import { requestAdapter, requestDevice } from "../../../src/gpu/adapter.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { AdamW, SGD } from "../../../src/optim/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { leaks } from "../../../src/tensor/leaks.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { shortOfMemory } from "../../support/short_of_memory.ts";

const { zeros } = ops;
const device = await requestDevice(await requestAdapter());
const numbers = async (x: Tensor) => [...(await x.read())];

const small = await requestDevice(await requestAdapter());
shortOfMemory(small).refuse = ({ size }) => size > 1e6;

describe("steps of which one is too large", () => {
  /**
   * A training. If it is `limited`, steps of more than 100 samples are refused: they exceed maxBytes or the device's
   * memory.
   */
  async function training(captured: boolean, limited: boolean) {
    const where = captured ? { device: small } : { device, maxBytes: 2e6 };
    const engine = await init(limited ? where : { device });
    ops.manualSeed(5);
    const layers = [new nn.Linear(8, 4), new nn.BatchNorm1d(4), new nn.Dropout(0.3)];
    const model = new nn.Sequential(...layers);
    const optimizer = new AdamW(model.parameters(), { lr: 0.1 });
    const once = (x: Tensor) => {
      optimizer.zeroGrad();
      const loss = ops.mean(ops.square(model.forward(x)));
      loss.backward();
      optimizer.step();
      return loss;
    };
    const replayed = captured ? capture(once) : once;
    const step = (n: number): Tensor => {
      const data = Float32Array.from({ length: 8 * n }, (_, i) => Math.cos(2.3 * i));
      return scope(() => replayed(tensor(data, { shape: [n, 8] })));
    };
    const state = async () => {
      const entries = Object.entries(await model.stateDict());
      const { parameters } = await optimizer.stateDict();
      return {
        model: Object.fromEntries(entries.map(([name, { data }]) => [name, [...data]])),
        progress: parameters.map(({ steps, moments }) => ({ steps, moments })),
        host: [optimizer.steps, ops.randomState().draws],
        grads: await Promise.all(model.parameters().map((p) => captured && p.grad?.read())),
      };
    };
    const done = () => {
      optimizer.dispose();
      model.dispose();
    };
    return { engine, model, optimizer, step, state, done };
  }

  /** The state after one step for each batch size. Gradients that an eager step has cleared stay cleared. */
  async function stateAfter(sizes: readonly number[], captured: boolean) {
    const { step, state, done } = await training(captured, false);
    for (const n of sizes) {
      using loss = step(n);
      await loss.read();
    }
    const result = await state();
    done();
    return result;
  }

  for (const captured of [false, true]) {
    const how = captured ? "captured" : "eager";
    const TooLarge = captured ? OutOfMemoryError : MemoryLimitError;

    test(`${how}: the first of all`, async () => {
      const [none, two] = [await stateAfter([], captured), await stateAfter([6, 6], captured)];
      const { step, state, done } = await training(captured, true);
      for (let i = 0; i < 2; i++) {
        using loss = step(40_000);
        await expect(loss.read()).rejects.toThrow(TooLarge);
        expect(await state()).toEqual(none);
      }
      for (const n of [6, 6]) {
        using loss = step(n);
        await loss.read();
      }
      expect(await state()).toEqual(two);
      done();
    });

    test(`${how}: among others in one flush, none has run`, async () => {
      const [none, one] = [await stateAfter([], captured), await stateAfter([6], captured)];
      const { engine, step, state, done } = await training(captured, true);
      for (const n of [6, 40_000, 6]) step(n).dispose();
      await expect(engine.flush()).rejects.toThrow(TooLarge);
      expect(await state()).toEqual(none);
      step(6).dispose();
      expect(await state()).toEqual(one);
      done();
    });

    test(`${how}: while others are on their way, those after it have not run`, async () => {
      const two = await stateAfter([6, 6], captured);
      const three = await stateAfter([6, 6, 6], captured);
      const { step, state, done } = await training(captured, true);
      const losses: Tensor[] = [];
      const reading = [6, 6, 40_000, 6, 6].map((n) => {
        const loss = step(n);
        losses.push(loss);
        return loss.read();
      });
      const ends = (await Promise.allSettled(reading)).map(({ status }) => status === "fulfilled");
      expect(ends).toEqual([true, true, false, false, false]);
      expect(await state()).toEqual(two);
      step(6).dispose();
      expect(await state()).toEqual(three);
      for (const loss of losses) loss.dispose();
      done();
    });
  }
});

test("with maxBytes 1e6, zeros([1e6]) is refused, and a model that was made before it goes on", async () => {
  await init({ device, maxBytes: 1e6 });
  const model = new nn.Linear(4, 2);
  const big = zeros([1e6]);
  await expect(big.read()).rejects.toThrow(MemoryLimitError);
  big.dispose();
  const { weight, bias } = await model.stateDict();
  const sums = [0, 1].map((row) =>
    [0, 1, 2, 3].reduce((sum, i) => sum + Number(weight?.data[4 * row + i]), 0),
  );
  const expected = sums.map((sum, row) => sum + Number(bias?.data[row]));
  for (const _ of [1, 2]) {
    using y = scope(() => model.forward(ops.ones([1, 4])));
    for (const [row, value] of (await numbers(y)).entries()) {
      expect(value).toBeCloseTo(expected[row] ?? Number.NaN, 6);
    }
  }
  model.dispose();
});

describe("gradients after a refused step", () => {
  for (const home of ["in an arena", "of a leaf alone"]) {
    test(`${home}: none where there was none, and what was accumulated where there was`, async () => {
      await init({ device, maxBytes: 1e6 });
      const weights = nn.parameter(tensor([1, 2]));
      const optimizer = home === "in an arena" ? new SGD([weights], { lr: 1 }) : undefined;
      const accumulate = (n: number) =>
        scope(() => {
          const loss = ops.sum(ops.mul(weights, ops.sum(ops.add(zeros([n]), 1 / n))));
          loss.backward();
          return loss;
        });
      using refused = accumulate(1e6);
      await expect(refused.read()).rejects.toThrow(MemoryLimitError);
      expect(weights.grad).toBe(null);
      using first = accumulate(1);
      expect(await first.item()).toBe(3);
      const { grad } = weights;
      using again = accumulate(1e6);
      await expect(again.read()).rejects.toThrow(MemoryLimitError);
      expect(weights.grad).toBe(grad);
      using second = accumulate(1);
      await second.read();
      expect(await numbers(weights.grad as Tensor)).toEqual([2, 2]);
      optimizer?.dispose();
      weights.dispose();
    });
  }

  test("is not left behind: its tensor is freed with the step", async () => {
    await init({ device, maxBytes: 1e6 });
    const weights = nn.parameter(tensor([1, 2]));
    const held = new Set<Tensor>();
    const watch = vi.spyOn(leaks, "watch").mockImplementation((each) => void held.add(each));
    const forget = vi.spyOn(leaks, "forget").mockImplementation((each) => void held.delete(each));
    const loss = scope(() => {
      const value = ops.sum(ops.mul(ops.sum(zeros([1e6])), weights));
      value.backward();
      return value;
    });
    expect([...held]).toEqual([loss, weights.grad]);
    await expect(loss.read()).rejects.toThrow(MemoryLimitError);
    loss.dispose();
    expect(weights.grad).toBe(null);
    expect([...held]).toEqual([]);
    watch.mockRestore();
    forget.mockRestore();
    weights.dispose();
  });
});
