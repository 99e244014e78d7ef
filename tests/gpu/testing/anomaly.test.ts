import { beforeEach, describe, expect, test } from "vitest";
import { AnomalyError } from "../../../src/core/errors.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { SGD } from "../../../src/optim/index.ts";
import { type Engine, init } from "../../../src/scheduler/engine.ts";
import { recordFunction } from "../../../src/scheduler/observe/place.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { detectAnomaly } from "../../../src/testing/inspect/anomaly.ts";
import { initShared } from "../../support/shared_device.ts";

const { device } = (await initShared()).gpu;
let engine: Engine;

beforeEach(async () => {
  engine = await init({ device, inspect: detectAnomaly() });
});

const leaf = (data: number[]) => tensor(data, { requiresGrad: true, name: "w" });

describe("the first kernel that makes NaN or infinity of finite numbers is named", () => {
  test("in the forward pass, with tensor, element and layer", async () => {
    const net = (x: Tensor) => ops.sum(ops.exp(recordFunction("head", () => ops.log(x))));
    const bad = scope(() => net(tensor([[1, 2, 3], [4, -1, 0]]))); // biome-ignore format: a matrix
    await expect(bad.read()).rejects.toThrow(AnomalyError);
    const again = scope(() => net(tensor([[1, 2, 3], [4, -1, 0]]))); // biome-ignore format: a matrix
    await expect(again.read()).rejects.toThrow(
      /^elementwise\/unary: expected finite numbers, got NaN at \[1, 1\] of y \(log\[2, 3\]\), while all that it read was finite; look at the inputs of elementwise\/unary of head, forward: x \(tensor\[2, 3\]\)/,
    );
    using fine = scope(() => net(tensor([1, 2])));
    expect(await fine.item()).toBeCloseTo(3);
  });

  test("by overflow, in a layer of a model", async () => {
    const model = new nn.Sequential(new nn.Linear(2, 3), new nn.ReLU(), new nn.Linear(3, 1));
    for (const p of model.parameters()) nn.assign(p, new Float32Array(p.size).fill(1));
    const bad = scope(() => model.forward(tensor([[3e38, 3e38], [1, 1]]))); // biome-ignore format: a matrix
    const error = await bad.read().catch(String);
    expect(error).toMatch(
      /^AnomalyError: matmul\/.*got -?(Infinity|NaN) at \[0, \d\] of c \(.*\[2, 3\]\).* of 0, forward/,
    );
  });

  test("in a gradient, and nothing before is blamed", async () => {
    const w = leaf([4, 0, 1]);
    const step = () => {
      const y = recordFunction("root", () => ops.sqrt(w)); // finite, but the derivative at 0 is infinite
      ops.sum(ops.mul(y, 2)).backward();
      return y;
    };
    const y = scope(step);
    await expect(y.read()).rejects.toThrow(/got Infinity at \[1\] of .*of root, backward/);
  });

  test("in the optimiser, run and captured", async () => {
    const train = (captured: boolean) => {
      const w = leaf([1, 2, 3]);
      const optimizer = new SGD([w], { lr: 1 });
      const work = (x: Tensor) => {
        optimizer.zeroGrad();
        const loss = ops.sum(ops.mul(w, x));
        loss.backward();
        optimizer.step();
        return loss;
      };
      const step = captured ? capture(work) : work;
      return async (value: number, lr: number) => {
        optimizer.lr = lr;
        using loss = scope(() => step(tensor([1, value, 1])));
        return loss.item();
      };
    };
    for (const captured of [false, true]) {
      const step = train(captured);
      expect(await step(1, 1)).toBe(6);
      const error = await step(3e38, 1e3).catch(String);
      expect(error).toMatch(/^AnomalyError: optim\/.*got -Infinity at \[1\] of .*optimizer/);
    }
  });

  test("in a captured step, element by element of one that is fused elsewhere", async () => {
    const step = capture((x: Tensor) => ops.sum(ops.sin(ops.exp(ops.mul(x, 100)))));
    using fine = step(tensor([0, 0]));
    expect(await fine.item()).toBeCloseTo(2 * Math.sin(1));
    await expect(step(tensor([0.1, 1])).item()).rejects.toThrow(/unary.*got Infinity at \[1\]/);
    step.dispose();
  });

  test("far inside of a large tensor, and after the content of a tensor was replaced", async () => {
    const data = new Float32Array(100_000).fill(1);
    data[77_777] = -1;
    await expect(scope(() => ops.log(tensor(data))).read()).rejects.toThrow(/at \[77777\] of y/);
    const w = nn.parameter(tensor([1, 2]));
    using before = ops.log(w);
    nn.assign(w, Float32Array.of(1, Number.NaN)); // now log's input holds the NaN
    using after = ops.log(w);
    expect([...(await after.read())]).toEqual([0, Number.NaN]);
    expect([...(await before.read())][0]).toBe(0);
  });
});

test("values that were not finite before are not reported, and labels are not floats", async () => {
  using mask = tensor([0, -Infinity]);
  using y = ops.mul(mask, 0);
  expect([...(await y.read())]).toEqual([0, Number.NaN]);
  using index = ops.argmax(tensor([[1, 2], [3, 1]])); // biome-ignore format: a matrix
  expect([...(await index.read())]).toEqual([1, 0]);
});

test("it does not wait within a flush: one submit, and no new buffer when it is warm", async () => {
  const chain = (h: Tensor, n: number): Tensor => (n === 0 ? h : chain(ops.relu(h), n - 1));
  const step = async () => {
    using y = scope(() => chain(tensor([1, 2, 3]), 30));
    await y.read();
  };
  for (let i = 0; i < 2; i++) await step();
  const { submits, buffersCreated } = engine.counters();
  await step();
  expect(engine.counters()).toMatchObject({ submits: submits + 1, buffersCreated });
});
