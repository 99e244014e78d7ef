import { describe, expect, test } from "vitest";
import { checkpoint } from "../../../src/autograd/checkpoint.ts";
import { noGrad } from "../../../src/autograd/mode.ts";
import { ValueError } from "../../../src/core/errors.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { AdamW } from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";
import { trainingStep } from "../../support/training_step.ts";

const engine = await initShared();

type Wrap = <M extends nn.Module>(module: M) => M;
const plain: Wrap = (module) => module;

/**
 * Blocks in which recomputation could go wrong: dropout and batch statistics must not be repeated or differ, and a skip
 * connection leads around them.
 */
function blocks(wrap: Wrap): nn.Module {
  const block = (channels: number) =>
    wrap(
      new nn.Sequential(
        new nn.Conv2d(channels, 4, 3, { padding: 1 }),
        new nn.BatchNorm2d(4),
        new nn.GELU(),
        new nn.Dropout(0.3),
      ),
    );
  const inner = wrap(new nn.Sequential(wrap(new nn.BasicBlock(4, 4)), new nn.Dropout2d(0.4)));
  return new nn.Sequential(block(1), block(4), inner, new nn.Flatten(), new nn.Linear(4 * 36, 3));
}

async function train(wrap: Wrap, captured: boolean) {
  ops.manualSeed(7);
  const model = blocks(wrap);
  const optimizer = new AdamW(model.parameters(), { lr: 0.01 });
  const step = trainingStep(model, optimizer);
  const replayed = capture(step);
  const losses: number[] = [];
  for (let i = 0; i < 3; i++) {
    using x = ops.uniform([5, 1, 6, 6], { low: -1 });
    using y = tensor(Uint32Array.of(0, 1, 2, 1, 1));
    using loss = captured ? replayed(x, y) : scope(() => step(x, y));
    losses.push(await loss.item());
  }
  const gradients = await Promise.all(model.parameters().map((p) => p.grad?.read()));
  const state = [await model.stateDict(), await optimizer.stateDict(), ops.randomState()];
  replayed.dispose();
  return { losses, gradients, state };
}

describe("what is computed again", () => {
  test("trains to the same bits, run and captured, blocks within blocks included", async () => {
    const expected = await train(plain, false);
    expect(new Set(expected.losses).size).toBe(3);
    expect(await train(nn.checkpoint, false)).toEqual(expected);
    expect(await train(nn.checkpoint, true)).toEqual(expected);
  });

  test("adds its gradients in the same order where its input has other users", async () => {
    const gradients = async (around: typeof checkpoint) => {
      ops.manualSeed(1);
      const x = ops.uniform([300], { low: -3, high: 3 });
      x.requiresGrad = true;
      const a = ops.mul(ops.exp(x), 1 / 3);
      const block = (h: Tensor) => ops.add(ops.sin(h), ops.mul(ops.square(h), 0.1));
      const h = around((u: Tensor) => ops.add(block(u), ops.tanh(u)), a);
      const other = around((u: Tensor, v: Tensor) => ops.mul(ops.mul(u, v), x), h, a);
      const sum = ops.add(ops.add(other, ops.cos(a)), ops.mul(a, h));
      around((u: Tensor) => ops.mean(u), sum).backward();
      return x.grad?.read();
    };
    const direct = ((fn: (...inputs: Tensor[]) => Tensor, ...inputs: Tensor[]) =>
      fn(...inputs)) as typeof checkpoint;
    expect(await gradients(checkpoint)).toEqual(await gradients(direct));
  });

  test("gives parameters their gradients where no input wants one, and nothing is kept without", async () => {
    const x = tensor([1, 2, 3]);
    const w = nn.parameter(tensor([4, 5, 6]));
    scope(() => ops.sum(checkpoint((u: Tensor) => ops.mul(ops.square(u), w), x)).backward());
    expect([...((await w.grad?.read()) ?? [])]).toEqual([1, 4, 9]);
    const y = noGrad(() => checkpoint((u: Tensor) => ops.mul(u, w), x));
    expect([y.node, y.requiresGrad]).toEqual([undefined, false]);
    expect(checkpoint((u: Tensor) => u, w)).toBe(w);
    expect(() => checkpoint((_: Tensor) => undefined as never, x)).toThrow(ValueError);
  });

  test("leaves no bytes behind", async () => {
    const model = blocks(nn.checkpoint);
    const step = async () => {
      model.zeroGrad();
      using loss = scope(() => {
        const value = ops.mean(ops.square(model.forward(ops.uniform([5, 1, 6, 6]))));
        value.backward();
        return value;
      });
      await loss.item();
    };
    for (let i = 0; i < 2; i++) await step();
    const { liveBytes } = engine.counters();
    for (let i = 0; i < 5; i++) await step();
    expect(engine.counters().liveBytes).toBe(liveBytes);
    model.dispose();
  });

  const stacks = {
    "an MLP of 12 layers": {
      shape: [256, 64],
      layers: () =>
        Array.from({ length: 4 }, () => {
          const three = Array.from({ length: 3 }, () => [new nn.SiLU(), new nn.Linear(64, 64)]);
          return new nn.Sequential(...three.flat());
        }),
    },
    "12 convolutions with batch norm": {
      shape: [4, 8, 16, 16],
      layers: () =>
        Array.from({ length: 4 }, () => {
          const conv = () => new nn.Conv2d(8, 8, 3, { padding: 1, bias: false });
          const three = Array.from({ length: 3 }, () => [
            conv(),
            new nn.BatchNorm2d(8),
            new nn.ReLU(),
          ]);
          return new nn.Sequential(...three.flat());
        }),
    },
  };
  for (const [name, { shape, layers }] of Object.entries(stacks)) {
    test(`takes less memory, by the plan: ${name}`, async () => {
      const planned = async (wrap: Wrap) => {
        const model = new nn.Sequential(...layers().map(wrap));
        const step = capture((x: Tensor) => {
          model.zeroGrad();
          const loss = ops.mean(ops.square(model.forward(x)));
          loss.backward();
          return loss;
        });
        await step.prepare([{ shape, dtype: "f32" }]);
        const plan = step.plan();
        step.dispose();
        model.dispose();
        return plan;
      };
      const [whole, parts] = [await planned(plain), await planned(nn.checkpoint)];
      expect(parts.bytes).toBeLessThan(0.7 * whole.bytes);
      expect(parts.leastBytes).toBeLessThan(0.7 * whole.leastBytes);
      expect(parts.dispatches).toBeGreaterThan(whole.dispatches);
    });
  }
});
