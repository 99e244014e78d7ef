import { describe, expect, test } from "vitest";
import { accumulate } from "../../../src/kernels/elementwise/accumulate.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { SGD } from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { run } from "../../../src/tensor/run.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { fusedDispatches, leaf, type Step, values } from "../../support/fusion.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

describe("elementwise kernels of a captured step become one", () => {
  for (const shape of [[64], [3, 5], [1], [7, 3, 4, 4], [66000]]) {
    test(`gelu(x·a + b) of [${shape}]`, async () => {
      const [x, a, b] = [0, 1, 2].map((seed) => values(seed, ...shape)) as [Tensor, Tensor, Tensor];
      const step: Step = (p, q, r) => [
        ops.gelu(ops.add(ops.mul(p as Tensor, q as Tensor), r as Tensor)),
      ];
      expect(await fusedDispatches(step, x, a, b)).toBe(1);
    });
  }

  const broadcasts: Record<string, [number[], number[], number[]]> = {
    "rows and a scalar, four a lane": [[9, 16], [16], []],
    "rows and a column, one a lane": [[9, 7], [7], [9, 1]],
    "columns of whole packs": [
      [9, 8],
      [9, 1],
      [1, 8],
    ],
    "channels of images": [
      [2, 5, 4, 4],
      [5, 1, 1],
      [2, 1, 1, 1],
    ],
    "channels of odd images": [
      [2, 5, 3, 3],
      [5, 1, 1],
      [3, 3],
    ],
    "two axes cut across each other": [
      [4, 6, 10],
      [6, 1],
      [4, 1, 10],
    ],
  };
  for (const [name, [x, a, b]] of Object.entries(broadcasts)) {
    test(name, async () => {
      const step: Step = (p, q, r) => [
        ops.tanh(ops.sub(ops.mul(p as Tensor, q as Tensor), r as Tensor)),
      ];
      const args = [values(0, ...x), values(1, ...a), values(2, ...b)];
      expect(await fusedDispatches(step, ...args)).toBe(1);
    });
  }

  test("an activation twice with other parameters, and numbers that come as uniforms", async () => {
    const step: Step = (x) => {
      const a = ops.leakyRelu(ops.mul(x as Tensor, 3), { slope: 0.1 });
      const b = ops.leakyRelu(ops.add(a, -0.5), { slope: -0.25 });
      return [ops.clamp(ops.exp(b), { min: 0.1, max: 5 })];
    };
    expect(await fusedDispatches(step, values(3, 40))).toBe(1);
  });

  test("other numbers and other shapes need no other pipeline", async () => {
    const run = async (shape: number[], factor: number) => {
      const step: Step = (x) => [ops.tanh(ops.mul(ops.square(x as Tensor), factor))];
      const captured = capture(step);
      for (const y of captured(values(0, ...shape))) await y.read();
      captured.dispose();
    };
    await run([64], 2);
    const { pipelinesCompiled } = engine.counters();
    await run([12, 5], -7);
    expect(engine.counters().pipelinesCompiled).toBe(pipelinesCompiled);
  });

  test("an intermediate result that is returned or read by another kernel is still there", async () => {
    const step: Step = (x, a) => {
      const t = ops.mul(x as Tensor, a as Tensor);
      const y = ops.relu(t);
      return [y, t, ops.sum(ops.square(y))];
    };
    expect(await fusedDispatches(step, values(0, 130), values(1, 130))).toBe(2 + 1);
  });

  test("a reshape between two kernels is no obstacle", async () => {
    const step: Step = (x, row) => {
      const t = ops.reshape(ops.square(x as Tensor), [6, 8]);
      return [ops.add(t, row as Tensor)];
    };
    expect(await fusedDispatches(step, values(0, 3, 16), values(1, 8))).toBe(1);
  });

  test("forward and backward of a formula", async () => {
    const step: Step = (x, a, b) => {
      const [p, q, r] = [x, a, b].map((each) => leaf(each as Tensor)) as [Tensor, Tensor, Tensor];
      const y = ops.mul(ops.sigmoid(ops.add(p, q)), ops.where(ops.greater(p, q), r, ops.neg(r)));
      ops.sum(y).backward();
      return [y, p.grad as Tensor, q.grad as Tensor, r.grad as Tensor];
    };
    const args = [values(0, 5, 12), values(1, 5, 12), values(2, 12)];
    expect(await fusedDispatches(step, ...args)).toBeLessThanOrEqual(10);
  });

  test("prelu and its slope of every channel", async () => {
    const step: Step = (x, slope) => [ops.square(ops.prelu(ops.neg(x as Tensor), slope as Tensor))];
    expect(await fusedDispatches(step, values(0, 2, 3, 4, 4), values(1, 3))).toBe(1);
    expect(await fusedDispatches(step, values(0, 2, 3, 3, 3), values(1, 1))).toBe(1);
  });
});

test("a gradient that is accumulated in place, with an optimiser behind it", async () => {
  const train = async (fuse: boolean) => {
    const weight = nn.parameter(values(4, 24));
    const optimizer = new SGD([weight], { lr: 0.1, momentum: 0.9 });
    const step = capture(
      (x: Tensor) => {
        optimizer.zeroGrad();
        for (const factor of [1, -0.5, 3]) {
          ops.sum(ops.mul(ops.silu(ops.mul(weight, x)), factor)).backward();
        }
        optimizer.step();
      },
      { fuse },
    );
    for (let i = 0; i < 3; i++) step(values(i, 24));
    return { plan: step.plan(), weight: await weight.read() };
  };
  const [fused, plain] = [await train(true), await train(false)];
  expect(fused.weight).toEqual(plain.weight);
  expect(fused.plan.dispatches).toBeLessThan(plain.plan.dispatches);
});

test("two buffers that are updated in place from the same source", async () => {
  const buffers = [values(0, 3, 8), values(1, 3, 8)];
  const update = (p: Tensor, q: Tensor, fuse: boolean) => {
    const step = capture(
      (x: Tensor) => {
        run(accumulate, { dst: p, src: x }, { scale: 2 });
        run(accumulate, { dst: q, src: x }, { scale: -0.75 });
      },
      { fuse },
    );
    for (const seed of [7, 8]) step(values(seed, 3, 8));
    return step.plan().dispatches;
  };
  const [p, q] = buffers.map((buffer) => scope(() => ops.mul(buffer, 1))) as [Tensor, Tensor];
  const [r, s] = buffers.map((buffer) => scope(() => ops.mul(buffer, 1))) as [Tensor, Tensor];
  expect([update(p, q, true), update(r, s, false)]).toEqual([1, 2]);
  expect([await p.read(), await q.read()]).toEqual([await r.read(), await s.read()]);
});

test("explain() names what was fused", async () => {
  const step = capture((x: Tensor) => [ops.gelu(ops.mul(x, 2))]);
  for (const y of step(values(0, 64))) await y.read();
  const text = step.explain();
  expect(text).toContain("elementwise/chain.wgsl, 2 as one");
  expect(text).toContain("t0 = scale(x0)\n");
  expect(text).toContain("t1 = activate<act=gelu>(t0)");
  expect(text).toContain("1 dispatches (1 fused into others; 0 commands removed");
  step.dispose();
});

test("an engine can be started without fusion", async () => {
  const step: Step = (x) => [ops.gelu(ops.mul(x as Tensor, 2))];
  await initShared({ fuse: false });
  const captured = capture(step);
  for (const y of captured(values(0, 64))) await y.read();
  expect(captured.plan()).toMatchObject({ dispatches: 2, fused: 0 });
  captured.dispose();
});
