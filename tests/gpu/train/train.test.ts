import { describe, expect, test } from "vitest";
import { DataLoader, TensorDataset } from "../../../src/data/index.ts";
import { crossEntropy } from "../../../src/loss/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { Adam } from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import {
  CallbackError,
  EarlyStopping,
  EMA,
  evaluate,
  type Progress,
  fit as train,
} from "../../../src/train/index.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

/** 40 points of the plane; the class says on which side of a line a point lies. */
function halves() {
  ops.manualSeed(3);
  const data = Float32Array.from({ length: 80 }, (_, i) => Math.sin(7.3 * i) * 2);
  const labels = Uint32Array.from({ length: 40 }, (_, i) =>
    (data[2 * i] ?? 0) + (data[2 * i + 1] ?? 0) > 0 ? 1 : 0,
  );
  return new TensorDataset(tensor(data, { shape: [40, 2] }), tensor(labels));
}
type Batch = ReturnType<TensorDataset["batch"]>;

function setUp(batchSize: number | "full" = 8) {
  const dataset = halves();
  const model = new nn.Sequential(new nn.Linear(2, 8), new nn.Tanh(), new nn.Linear(8, 2));
  const optimizer = new Adam(model.parameters(), { lr: 0.05 });
  const data = new DataLoader(dataset, { batchSize, seed: 1 });
  const loss = ({ x, y }: Batch) => crossEntropy(model.forward(x), y);
  const dispose = () => {
    for (const held of [dataset, model, optimizer]) held.dispose();
  };
  return { model, optimizer, data, loss, dispose };
}

describe("fit", () => {
  test("learns in mini-batches, one by one and with all at once, and reports every step in order", async () => {
    for (const [batchSize, epochs] of [
      [8, 12],
      [1, 3],
      ["full", 60],
    ] as const) {
      const { dispose, ...parts } = setUp(batchSize);
      const seen: Progress[] = [];
      const result = await train({ ...parts, epochs, onStep: (at) => void seen.push(at) });
      expect(result.ended).toBe("finished");
      expect(result.losses.length).toBe(epochs * parts.data.batchesPerEpoch);
      expect(seen.map(({ step }) => step)).toEqual(result.losses.map((_, i) => i + 1));
      expect(seen.map(({ loss }) => loss)).toEqual(result.losses);
      const last = seen.at(-1);
      expect([last?.epoch, last?.steps, last?.secondsLeft]).toEqual([epochs, result.steps, 0]);
      expect(last?.samplesPerSecond).toBeGreaterThan(0);
      expect(await evaluate(parts.model, parts.data, parts.loss)).toBeLessThan(0.35);
      dispose();
    }
  });

  test("submits once a step and keeps no bytes", async () => {
    const { dispose, ...parts } = setUp();
    await train({ ...parts, steps: 5 });
    const before = engine.counters();
    await train({ ...parts, steps: 25 });
    const after = engine.counters();
    expect(after.submits - before.submits).toBe(20);
    expect(after.liveBytes).toBe(before.liveBytes);
    dispose();
  });

  test("goes on where the loader stands: 10 steps and 10 more are 20", async () => {
    const { dispose: disposeOne, ...one } = setUp();
    const whole = await train({ ...one, steps: 20 });
    const { dispose: disposeTwo, ...two } = setUp();
    const halves = [await train({ ...two, steps: 10 }), await train({ ...two, steps: 20 })];
    expect(halves.flatMap(({ losses }) => losses)).toEqual(whole.losses);
    expect((await train({ ...two, steps: 20 })).losses).toEqual([]);
    disposeOne();
    disposeTwo();
  });

  test("ends after the steps on their way when the signal says so", async () => {
    const { dispose, ...parts } = setUp();
    const abort = new AbortController();
    const onStep = ({ step }: Progress) => {
      if (step === 4) abort.abort();
    };
    const result = await train({ ...parts, steps: 50, signal: abort.signal, onStep });
    expect(result.ended).toBe("aborted");
    expect(result.steps).toBe(6); // two more steps were in flight
    expect(result.losses.length).toBe(6);
    dispose();
  });

  test("stops early and puts the best weights back, measured in evaluation mode", async () => {
    const { dispose, ...parts } = setUp();
    const metrics = [0.9, 0.5, 0.7, 0.6, 0.8, 0.1];
    const states: unknown[] = [];
    const validate = async () => {
      expect(parts.model.training).toBe(false);
      states.push(await parts.model.stateDict());
      return metrics[states.length - 1] ?? 0;
    };
    const earlyStopping = new EarlyStopping({ patience: 3, restoreBest: true });
    const result = await train({ ...parts, epochs: 6, validate, earlyStopping });
    expect([result.ended, result.epochs.length, result.restored]).toEqual([
      "stopped early",
      5,
      true,
    ]);
    expect(result.epochs.map(({ improved }) => improved)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(await parts.model.stateDict()).toEqual(states[1]);
    expect(parts.model.training).toBe(true);
    earlyStopping.dispose();
    dispose();
  });

  test("calls schedule, clip and average, and tells epoch schedules the metric", async () => {
    const { dispose, ...parts } = setUp();
    const average = new EMA(parts.model);
    const places: number[] = [];
    let clipped = 0;
    const schedule = ({ step }: { step: number }) => {
      places.push(step);
      parts.optimizer.lr = 0.1 / (step + 1);
    };
    const clip = () => void clipped++;
    await train({ ...parts, steps: 7, schedule, clip, average });
    expect([places, clipped, average.updates]).toEqual([[0, 1, 2, 3, 4, 5, 6], 7, 7]);
    expect(parts.optimizer.lr).toBeCloseTo(0.1 / 7, 12);
    const told: (number | undefined)[] = [];
    const plateau = { step: (metric?: number) => void told.push(metric) };
    const asked = { schedule: plateau, scheduleEvery: "epoch", validate: () => 0.25 } as const;
    await train({ ...parts, epochs: 4, ...asked });
    expect(told).toEqual([0.25, 0.25, 0.25]); // after epochs 2, 3 and 4
    average.dispose();
    dispose();
  });

  test("takes a step of one's own, read or not", async () => {
    const { dispose, data, model } = setUp();
    const losses = [3, 2, 1, 0.5];
    let running = 0;
    const own = async () => {
      expect(running++).toBe(0); // validations never overlap
      await engine.finish();
      running--;
      return losses.shift() ?? 0;
    };
    expect((await train({ model, data, steps: 2, step: own })).losses).toEqual([3, 2]);
    const queued = (): Tensor => tensor([losses.shift() ?? 0]);
    expect((await train({ model, data, steps: 4, step: queued })).losses).toEqual([1, 0.5]);
    dispose();
  });

  test("ends when the loss is not finite, or goes on if told to", async () => {
    const { dispose, data, model } = setUp();
    const step = async (_: Uint32Array, at: { step: number }) => (at.step === 2 ? NaN : 1);
    expect((await train({ model, data, steps: 9, step })).ended).toBe("diverged");
    const start = data.epoch * data.batchesPerEpoch + data.position;
    const more = { model, data, steps: start + 3, allowNonFinite: true };
    expect((await train({ ...more, step: async () => Infinity })).ended).toBe("finished");
    dispose();
  });
});

describe("when something fails", () => {
  test.each(["onStep", "onEpoch", "schedule", "clip", "average", "validate"] as const)(
    "%s: the error is typed, and the training can go on",
    async (name) => {
      const { dispose, ...parts } = setUp();
      let fail = true;
      const boom = () => {
        if (fail) throw new RangeError("boom");
        return 0;
      };
      const hook = name === "average" ? { update: boom } : boom;
      const failing = train({ ...parts, epochs: 2, [name]: hook });
      const error = await failing.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(CallbackError);
      expect((error as CallbackError).message).toMatch(new RegExp(`^fit: ${name} threw .*boom`));
      expect((error as CallbackError).cause).toBeInstanceOf(RangeError);
      expect(parts.model.training).toBe(true);
      fail = false;
      const result = await train({ ...parts, epochs: 4, [name]: hook });
      expect([result.ended, result.steps]).toEqual(["finished", 20]);
      dispose();
    },
  );

  test("a step that throws does so itself, and its batch is still the next one", async () => {
    const { dispose, ...parts } = setUp();
    await train({ ...parts, steps: 3 });
    const loss = () => {
      throw new RangeError("no loss");
    };
    await expect(train({ ...parts, steps: 6, loss })).rejects.toThrow(RangeError);
    expect(parts.data.position).toBe(3);
    expect((await train({ ...parts, steps: 6 })).losses.length).toBe(3);
    dispose();
  });

  test("options that cannot be are refused", async () => {
    const { dispose, ...parts } = setUp();
    await expect(train({ ...parts })).rejects.toThrow(/either epochs or steps/);
    await expect(train({ ...parts, epochs: 1, steps: 1 })).rejects.toThrow(
      /either epochs or steps/,
    );
    await expect(train({ ...parts, steps: -1 })).rejects.toThrow(/steps an integer ≥ 0, got -1/);
    await expect(train({ ...parts, steps: 1, ahead: 0.5 })).rejects.toThrow(/ahead an integer/);
    await expect(train({ ...parts, epochs: 1, validateEvery: 0 })).rejects.toThrow(/validateEvery/);
    parts.model.eval();
    await expect(train({ ...parts, steps: 1 })).rejects.toThrow(/model.train\(\)/);
    dispose();
  });

  test("a frozen part of the model stays in its mode", async () => {
    const { dispose, ...parts } = setUp();
    const [, frozen] = parts.model.namedModules()[1] ?? [];
    frozen?.eval();
    await train({ ...parts, epochs: 1, validate: () => 1 });
    expect([frozen?.training, parts.model.training]).toEqual([false, true]);
    dispose();
  });
});

test("evaluate weighs batches by their samples and leaves the loader at an epoch's beginning", async () => {
  const { dispose, model, data: own } = setUp();
  const data = new DataLoader(own.dataset, { batchSize: 16, shuffle: false }); // batches of 16, 16 and 8
  const measure = ({ x }: Batch) => ops.mean(x);
  const [whole, parts] = [
    await evaluate(model, new DataLoader(own.dataset, { batchSize: "full" }), measure),
    await evaluate(model, data, measure),
  ];
  expect(parts).toBeCloseTo(whole, 6);
  expect([data.epoch, data.position]).toEqual([1, 0]);
  dispose();
});
