import { describe, expect, test } from "vitest";
import { crossEntropy } from "../../../src/loss/cross_entropy.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { AdamW, SGD } from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";
import { trainingStep } from "../../support/training_step.ts";

const engine = await initShared();
const ramp = (n: number, by = 1) => Float32Array.from({ length: n }, (_, i) => by * (i - n / 2));

describe("a captured function", () => {
  test("gives what it gives when it is run", async () => {
    const f = (a: Tensor, b: Tensor) => ops.sum(ops.mul(ops.exp(a), b), { axes: [0] });
    const captured = capture(f);
    for (const by of [0.1, 0.2, -0.3]) {
      const [a, b] = [tensor(ramp(60, by), { shape: [6, 10] }), tensor(ramp(10), { shape: [10] })];
      using eager = scope(() => f(a, b));
      using replayed = captured(a, b);
      expect(await replayed.read()).toEqual(await eager.read());
    }
    captured.dispose();
  });

  test("creates nothing when it is replayed", async () => {
    const captured = capture((a: Tensor) => ops.mean(ops.square(ops.sin(a))));
    const a = tensor(ramp(5000));
    const step = async () => {
      using y = captured(a);
      await y.read();
    };
    await step();
    await step();
    const before = engine.counters();
    for (let i = 0; i < 20; i++) await step();
    const { buffersCreated, bindGroupsCreated, pipelinesCompiled, liveBytes } = before;
    expect(engine.counters()).toMatchObject({
      ...{ buffersCreated, bindGroupsCreated, pipelinesCompiled, liveBytes },
      submits: before.submits + 20,
    });
    captured.dispose();
  });

  const makers = {
    sgd: (p: Tensor[]) => new SGD(p, { lr: 0.05, momentum: 0.9, nesterov: true }),
    adam: (p: Tensor[]) => new AdamW(p, { lr: 0.01 }),
  };
  for (const [name, make] of Object.entries(makers)) {
    test(`trains as running it does, to the last bit: ${name}`, async () => {
      const train = async (replay: boolean) => {
        ops.manualSeed(3);
        const model = new nn.Sequential(
          new nn.Conv2d(1, 4, 3, { padding: 1 }),
          new nn.BatchNorm2d(4),
          new nn.ReLU(),
          new nn.Dropout(0.2),
          new nn.Flatten(),
          new nn.Linear(4 * 36, 3),
        );
        const optimizer = make(model.parameters());
        const step = trainingStep(model, optimizer);
        const captured = capture(step);
        const losses: number[] = [];
        for (let i = 0; i < 6; i++) {
          optimizer.lr *= 0.9; // a schedule
          const x = ops.uniform([5, 1, 6, 6], { low: -1 });
          const y = tensor(Uint32Array.from([0, 1, 2, i % 3, 1]));
          using loss = replay ? captured(x, y) : scope(() => step(x, y));
          losses.push(await loss.item());
          for (const used of [x, y]) used.dispose();
        }
        const state = [await model.stateDict(), await optimizer.stateDict()];
        captured.dispose();
        return { losses, state };
      };
      const eager = await train(false);
      expect(new Set(eager.losses).size).toBe(6);
      expect(await train(true)).toEqual(eager);
    });
  }

  test("checks the labels of every call, and moves nothing on when they are refused", async () => {
    const weight = nn.parameter(tensor([[0.1, 0.2], [0.3, 0.4]])); // biome-ignore format: a matrix
    const optimizer = new AdamW([weight], { lr: 0.01 });
    const captured = capture((x: Tensor, y: Tensor) => {
      optimizer.zeroGrad();
      const loss = crossEntropy(ops.matmul(x, weight), y);
      loss.backward();
      optimizer.step();
      return loss;
    });
    const x = tensor([[1, 2], [3, 4]]); // biome-ignore format: a matrix
    const labels = (...list: number[]) => tensor(Uint32Array.from(list));
    using first = captured(x, labels(0, 1));
    expect(await first.item()).toBeGreaterThan(0);
    expect(() => captured(x, labels(0, 2))).toThrow(/labels in 0..1/);
    expect(optimizer.steps).toBe(1);
    using second = captured(x, labels(1, 1));
    expect(await second.item()).toBeGreaterThan(0);
    expect(optimizer.steps).toBe(2);
  });

  test("draws anew in every replay, as running it does", async () => {
    const f = (x: Tensor) => {
      const leaf = x.detach();
      leaf.requiresGrad = true;
      const y = ops.dropout(ops.dropout2d(leaf, 0.5), 0.3);
      ops.sum(y).backward();
      return { y, dx: leaf.grad as Tensor };
    };
    const values = async (call: (x: Tensor) => { y: Tensor; dx: Tensor }) => {
      ops.manualSeed(11);
      const x = tensor(ramp(96), { shape: [2, 3, 4, 4] });
      const all: unknown[] = [];
      for (let i = 0; i < 3; i++) {
        const { y, dx } = call(x);
        all.push(await y.read(), await dx.read());
        for (const used of [y, dx]) used.dispose();
      }
      return all;
    };
    const eager = await values((x) => scope(() => f(x)));
    expect(eager[0]).not.toEqual(eager[2]);
    expect(await values(capture(f))).toEqual(eager);
  });

  test("is planned anew for another shape, and keeps a few plans", async () => {
    let runs = 0;
    const captured = capture(
      (x: Tensor) => {
        runs++;
        return ops.mul(x, 2);
      },
      { maxShapes: 2 },
    );
    for (const n of [3, 4, 3, 4, 5, 5, 4, 3]) {
      using y = captured(tensor(ramp(n)));
      expect(await y.read()).toEqual(ramp(n, 2));
    }
    expect(runs).toBe(4); // recorded for 3, 4, 5, and again for 3, whose recording 5 had evicted
    captured.dispose();
  });

  test("drops what nothing reads and explains the rest", async () => {
    const captured = capture((x: Tensor) => {
      ops.exp(x);
      return ops.mul(ops.add(x, 1), 2);
    });
    using y = captured(tensor(ramp(4)));
    await y.read();
    expect(captured.plan()).toMatchObject({ dispatches: 1, removed: 1, fused: 1 });
    expect(captured.explain()).toContain("1 dispatches (1 fused into others; 1 commands removed");
  });

  test("refuses to read inside, and leaves the engine usable", async () => {
    const captured = capture((x: Tensor) => {
      void ops
        .mul(x, 2)
        .read()
        .catch(() => undefined);
      return x;
    });
    expect(() => captured(tensor([1, 2]))).toThrow(/read results outside/);
    expect([...(await ops.add(tensor([1]), 1).read())]).toEqual([2]);
  });
});
