import { describe, expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import { mseLoss } from "../../../src/loss/index.ts";
import * as nn from "../../../src/nn/index.ts";
import { autocast, cast } from "../../../src/ops/elementwise/precision.ts";
import * as ops from "../../../src/ops/index.ts";
import { Adam, clippedStep, GradScaler, SGD } from "../../../src/optim/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { verifier } from "../../../src/testing/inspect/verifier.ts";
import { loadCheckpoint, saveCheckpoint } from "../../../src/train/checkpoint.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

const values = (shape: readonly number[], seed: number) => {
  const random = seeded(seed);
  const size = shape.reduce((a, b) => a * b, 1);
  return tensor(
    Float32Array.from({ length: size }, () => 2 * random() - 1),
    { shape },
  );
};

/** A small network with every layer that autocast handles. */
function network() {
  ops.manualSeed(3);
  return new nn.Sequential(
    new nn.Conv2d(2, 8, 3, { padding: 1, act: "relu" }),
    new nn.BatchNorm2d(8),
    new nn.Conv2d(8, 8, 1, { bias: false }),
    new nn.GroupNorm(2, 8),
    new nn.Flatten(),
    new nn.Linear(8 * 36, 5, { act: "gelu" }),
    new nn.Linear(5, 1),
  );
}

async function losses(mixed: boolean, captured: boolean): Promise<number[]> {
  const model = network();
  const optimizer = new Adam(model.parameters(), { lr: 1e-2 });
  const scaler = new GradScaler({ initScale: 1024 });
  const x = values([6, 2, 6, 6], 1);
  const y = values([6, 1], 2);
  const forward = () => mseLoss(model.forward(x), y);
  const body = () => {
    optimizer.zeroGrad();
    const loss = mixed ? autocast(forward) : forward();
    if (mixed) {
      scaler.scale(loss).backward();
      scaler.step(optimizer);
      scaler.update();
    } else {
      loss.backward();
      optimizer.step();
    }
    return loss;
  };
  const step = captured ? capture(body) : () => scope(body);
  const found: number[] = [];
  for (let i = 0; i < 8; i++) {
    const loss = step() as Tensor;
    found.push(await loss.item());
    loss.dispose();
  }
  optimizer.dispose();
  scaler.dispose();
  model.dispose();
  return found;
}

describe("mixed precision", () => {
  test("learns like f32, captured to the bit as eagerly", async () => {
    const plain = await losses(false, false);
    const eager = await losses(true, false);
    expect(await losses(true, true)).toEqual(eager);
    expect(eager.at(-1)).toBeLessThan(0.5 * (eager[0] as number));
    eager.forEach((loss, i) => {
      expect(Math.abs(loss - (plain[i] as number))).toBeLessThan(engine.gpu.hasHalf ? 0.05 : 1e-4);
    });
  });

  test("keeps what layers make in f16 where the adapter has it, and gradients of parameters in f32", () => {
    const model = network();
    scope(() => {
      const x = values([2, 2, 6, 6], 1);
      const y = autocast(() => model.forward(x));
      expect(y.dtype).toBe(engine.gpu.hasHalf ? "f16" : "f32");
      mseLoss(y, values([2, 1], 4)).backward();
      expect(model.parameters().map(({ grad }) => grad?.dtype)).toEqual(
        model.parameters().map(() => "f32"),
      );
    });
    model.dispose();
  });

  test("is checked against the references, kernel by kernel, while it runs", async () => {
    const watched = await init({ device: engine.gpu.device, inspect: verifier() });
    const model = network();
    const { loss } = scope(() => {
      const made = autocast(() => model.forward(values([2, 2, 6, 6], 1)));
      const loss = mseLoss(made, values([2, 1], 4));
      loss.backward();
      return { loss };
    });
    expect(Number.isFinite(await loss.item())).toBe(true);
    await watched.finish();
    model.dispose();
    loss.dispose();
    await init({ device: engine.gpu.device });
  });

  test("f16 is refused by name where the adapter has none", async () => {
    if (engine.gpu.hasHalf) {
      using x = tensor([1, -2, 1 / 3], { dtype: "f16" });
      expect([...(await x.read())]).toEqual([1, -2, 0.333251953125]);
    } else {
      expect(() => tensor([1], { dtype: "f16" })).toThrow(/expected an adapter with shader-f16/);
      expect(() => cast(values([2], 1), "f16")).toThrow(/use f32 or autocast/);
    }
  });
});

describe("a gradient scaler", () => {
  /** One step with the loss w · factor. */
  async function stepped(factor: number, scaler: GradScaler, w: Tensor, optimizer: SGD) {
    scope(() => {
      optimizer.zeroGrad();
      scaler.scale(ops.sum(ops.mul(w, factor))).backward();
      scaler.step(optimizer);
      scaler.update();
    });
    return [[...(await w.read())], await scaler.getScale()];
  }
  const parameter = () => {
    const w = tensor([1, 2], { requiresGrad: true });
    return { w, optimizer: new SGD([w], { lr: 0.5, momentum: 0.9, weightDecay: 0.1 }) };
  };

  test("changes nothing but what would underflow", async () => {
    const plain = parameter();
    const scaled = parameter();
    const scaler = new GradScaler();
    for (const factor of [0.25, -3, 1]) {
      scope(() => {
        plain.optimizer.zeroGrad();
        ops.sum(ops.mul(plain.w, factor)).backward();
        plain.optimizer.step();
      });
      const [w, scale] = await stepped(factor, scaler, scaled.w, scaled.optimizer);
      expect(w).toEqual([...(await plain.w.read())]);
      expect(scale).toBe(65536);
    }
  });

  test("leaves out a step that overflows, moments included, and halves the scale; then it grows again", async () => {
    const { w, optimizer } = parameter();
    const scaler = new GradScaler({ initScale: 2 ** 100, growthInterval: 2 });
    const untouched = [[1, 2], 2 ** 99];
    expect(await stepped(1e30, scaler, w, optimizer)).toEqual(untouched); // 1e30 · 2^100 overflows to ∞
    expect(await stepped(Number.NaN, scaler, w, optimizer)).toEqual([[1, 2], 2 ** 98]);
    const [first] = await stepped(1, scaler, w, optimizer);
    const { w: fresh, optimizer: other } = parameter();
    expect(first).toEqual((await stepped(1, new GradScaler(), fresh, other))[0]);
    expect((await stepped(1, scaler, w, optimizer))[1]).toBe(2 ** 99);
  });

  test("clips by the norm without the scale", async () => {
    const { w, optimizer } = parameter();
    const twin = parameter();
    const scaler = new GradScaler();
    scope(() => {
      scaler.scale(ops.sum(ops.mul(w, 8))).backward();
      scaler.step(optimizer, { maxNorm: 1 });
      ops.sum(ops.mul(twin.w, 8)).backward();
      clippedStep(twin.optimizer, 1);
    });
    const [got, want] = [await w.read(), await twin.w.read()];
    want.forEach((value, i) => {
      expect(got[i]).toBeCloseTo(value, 6);
    });
  });

  test("goes on from its state to the same bits, and a captured step follows", async () => {
    const options = { initScale: 4096, growthInterval: 3, growthFactor: 4, backoffFactor: 0.25 };
    const scaler = new GradScaler(options);
    const one = parameter();
    for (const factor of [1, Number.NaN, 2, 0.5])
      await stepped(factor, scaler, one.w, one.optimizer);
    const saved = await scaler.stateDict();
    const { initScale: _, ...factors } = options;
    expect(saved).toEqual({ scale: 1024, growthTracker: 2, ...factors });
    const file = await saveCheckpoint({ scaler, optimizer: one.optimizer, w: await one.w.read() });
    const resumed = new GradScaler();
    const two = parameter();
    const update = capture(() => {
      two.optimizer.zeroGrad();
      resumed.scale(ops.sum(two.w)).backward();
      resumed.step(two.optimizer);
      resumed.update();
    });
    update(); // recorded while the scaler has its default factors
    const { w } = await loadCheckpoint(file, { scaler: resumed, optimizer: two.optimizer });
    nn.assign(two.w, w as Float32Array<ArrayBuffer>);
    const plain: unknown[] = [];
    const captured: unknown[] = [];
    for (let i = 0; i < 4; i++) {
      plain.push(await stepped(1, scaler, one.w, one.optimizer));
      update();
      captured.push([[...(await two.w.read())], await resumed.getScale()]);
    }
    expect(captured).toEqual(plain);
    expect(await resumed.stateDict()).toEqual({ scale: 16384, growthTracker: 0, ...factors });
    for (const each of [scaler, resumed]) each.dispose();
  });

  test("refuses states that cannot be, and stays as it is", async () => {
    const scaler = new GradScaler();
    const state = await scaler.stateDict();
    const load = (change: object) => () => scaler.loadStateDict({ ...state, ...change });
    expect(load({ scale: -1 })).toThrow(/GradScaler.*: expected scale ≥ 0 and < 3.4e38, got -1/);
    expect(load({ scale: null })).toThrow(/expected a finite number as scale, got null/);
    expect(load({ growthTracker: 2000 })).toThrow(/expected growthTracker < 2000, got 2000/);
    expect(load({ growthInterval: 0 })).toThrow(/expected growthInterval a whole number > 0/);
    expect(load({ backoffFactor: 2 })).toThrow(/expected backoffFactor in 0..1, got 2/);
    expect(load({ steps: 3 })).toThrow(/steps/);
    expect(await scaler.stateDict()).toEqual(state);
    scaler.dispose();
  });

  test("refuses factors and intervals that cannot be", () => {
    expect(() => new GradScaler({ initScale: 0 })).toThrow(
      /expected initScale > 0 and < 3e38, got 0/,
    );
    expect(() => new GradScaler().step(parameter().optimizer, { maxNorm: Number.NaN })).toThrow(
      /expected a number as maxNorm, got NaN/,
    );
    expect(() => new GradScaler({ growthFactor: 1 })).toThrow(/expected growthFactor > 1/);
    expect(() => new GradScaler({ backoffFactor: 1 })).toThrow(/expected backoffFactor in 0..1/);
    expect(() => new GradScaler({ growthInterval: 0.5 })).toThrow(/a whole number > 0/);
  });
});
