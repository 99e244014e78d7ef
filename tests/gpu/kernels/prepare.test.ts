import { describe, expect, test } from "vitest";
import { MemoryLimitError } from "../../../src/core/errors.ts";
import { requestAdapter, requestDevice } from "../../../src/gpu/adapter.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { AdamW } from "../../../src/optim/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import type { WarmProgress } from "../../../src/scheduler/step/warm.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";
import { trainingStep } from "../../support/training_step.ts";

/** A network with all kinds of state that a step changes: dropout's random state, running statistics, moments. */
function training() {
  ops.manualSeed(5);
  const model = new nn.Sequential(
    new nn.Conv2d(1, 4, 3, { padding: 1 }),
    new nn.BatchNorm2d(4),
    new nn.Dropout(0.2),
    new nn.Flatten(),
    new nn.Linear(4 * 36, 3),
  );
  const optimizer = new AdamW(model.parameters(), { lr: 0.01 });
  const step = trainingStep(model, optimizer);
  return { model, optimizer, step };
}

const image = { shape: [5, 1, 6, 6], dtype: "f32" } as const;
const labels = { shape: [5], dtype: "u32", bounds: [0, 2] } as const;
const batch = () => [ops.uniform(image.shape, { low: -1 }), tensor(Uint32Array.of(0, 1, 2, 1, 1))];

describe("a prepared step", () => {
  test("has all its pipelines before its first call, which compiles none", async () => {
    const device = await requestDevice(await requestAdapter());
    const engine = await init({ device }); // a new device, with no pipeline yet
    const { step } = training();
    const [x, y] = batch() as [Tensor, Tensor];
    const captured = capture(step);
    await engine.finish();
    const progress: WarmProgress[] = [];
    const before = engine.counters();
    await captured.prepare([image, labels], { onProgress: (p) => progress.push({ ...p }) });
    const warm = engine.counters();
    const { dispatches, submits } = before;
    expect(warm).toMatchObject({ dispatches, submits, liveBytes: before.liveBytes });
    const { total = 0 } = progress[0] ?? {};
    expect(total).toBeGreaterThan(5);
    expect(progress.map(({ done }) => done)).toEqual(
      Array.from({ length: progress.length }, (_, i) => total - progress.length + 1 + i),
    );
    expect(warm.pipelinesCompiled).toBe(before.pipelinesCompiled + progress.length - 1);
    using loss = captured(x, y);
    expect(await loss.item()).toBeGreaterThan(0);
    expect(engine.counters().pipelinesCompiled).toBe(warm.pipelinesCompiled);
    captured.dispose();
  });

  test("trains as an unprepared one, to the last bit, whatever changes before the first call", async () => {
    await initShared();
    const train = async (prepared: boolean) => {
      const { model, optimizer, step } = training();
      const captured = capture(step);
      if (prepared) await captured.prepare([image, labels]);
      expect([optimizer.steps, ops.randomState().draws]).toEqual([0, expect.any(Number)]);
      optimizer.lr = 0.02;
      const losses: number[] = [];
      for (let i = 0; i < 3; i++) {
        const [x, y] = batch() as [Tensor, Tensor];
        using loss = captured(x, y);
        losses.push(await loss.item());
      }
      const state = [await model.stateDict(), await optimizer.stateDict(), ops.randomState()];
      captured.dispose();
      return { losses, state };
    };
    expect(await train(true)).toEqual(await train(false));
  });

  test("can be aborted, and continues when it is called", async () => {
    const device = await requestDevice(await requestAdapter());
    await init({ device });
    const captured = capture((x: Tensor) => ops.exp(ops.sin(x)));
    const control = new AbortController();
    const preparing = captured.prepare([{ shape: [8], dtype: "f32" }], {
      signal: control.signal,
      onProgress: () => control.abort(new Error("closed")),
    });
    await expect(preparing).rejects.toThrow("closed");
    const late = captured.prepare([{ shape: [9], dtype: "f32" }], { signal: control.signal });
    await expect(late).rejects.toThrow("closed");
    using y = captured(tensor(new Float32Array(8)));
    expect([...(await y.read())]).toEqual(Array(8).fill(1));
  });
});

describe("a step that needs too much memory", () => {
  const wide = () => {
    const model = new nn.Sequential(new nn.Linear(64, 512), new nn.ReLU(), new nn.Linear(512, 2));
    const optimizer = new AdamW(model.parameters());
    const step = (x: Tensor) => {
      optimizer.zeroGrad();
      const loss = ops.mean(ops.square(model.forward(x)));
      loss.backward();
      optimizer.step();
      return loss;
    };
    return { optimizer, step };
  };

  test("is refused before anything is allocated, with what is largest and what to do", async () => {
    const engine = await initShared();
    const { optimizer, step } = wide();
    using x = ops.uniform([1000, 64]);
    await x.read();
    const before = engine.counters();
    const captured = capture(step, { maxBytes: 2 ** 21 });
    const draws = ops.randomState();
    expect(() => captured(x)).toThrow(MemoryLimitError);
    expect(() => captured(x)).toThrow(
      /would take \d+\.\d MiB, expected at most 2\.0 MiB; use a smaller batch.*checkpoint\(\).*\n {2}2\.0 MiB {2}.* of 0, forward/,
    );
    await expect(captured.prepare([x])).rejects.toThrow(MemoryLimitError);
    expect(engine.counters()).toEqual(before);
    // unchanged, as if the call had not been made
    expect([optimizer.steps, ops.randomState()]).toEqual([0, draws]);
    using small = ops.uniform([10, 64]);
    using loss = captured(small);
    expect(await loss.item()).toBeGreaterThan(0);
    const { bytes, sharedBytes } = captured.plan();
    const exact = capture(step, { maxBytes: bytes + sharedBytes });
    exact(small).dispose();
    const less = capture(step, { maxBytes: bytes + sharedBytes - 1 });
    expect(() => less(small)).toThrow(MemoryLimitError);
    for (const each of [captured, exact]) each.dispose();
  });

  test("is refused together with what the engine holds already, and so is a tensor", async () => {
    const { device } = (await initShared()).gpu;
    const engine = await init({ device, maxBytes: 5 * 2 ** 20 });
    using held = ops.uniform([2 ** 19]);
    await held.read();
    const { step } = wide();
    const captured = capture(step);
    expect(() => captured(ops.uniform([500, 64]))).toThrow(/beside 2\.0 MiB of other tensors/);
    using big = ops.uniform([2 ** 20]);
    await expect(big.read()).rejects.toThrow(MemoryLimitError);
    await expect(big.read()).rejects.toThrow(/expected at most 5242880; free tensors with scope/);
    expect(engine.counters().liveBytes).toBe(2 ** 21);
    expect((await held.read()).length).toBe(2 ** 19); // tensors made before are unharmed
  });
});
