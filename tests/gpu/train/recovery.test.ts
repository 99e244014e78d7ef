import { beforeEach, describe, expect, test } from "vitest";
import { DeviceLostError, ValueError } from "../../../src/core/errors.ts";
import { DataLoader, TensorDataset } from "../../../src/data/index.ts";
import { requestAdapter, requestDevice } from "../../../src/gpu/adapter.ts";
import { crossEntropy } from "../../../src/loss/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { AdamW, GradScaler, StepLR } from "../../../src/optim/index.ts";
import { type Engine, init } from "../../../src/scheduler/engine.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { recoverDevice } from "../../../src/tensor/recover_device.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import {
  EarlyStopping,
  EMA,
  type FitResult,
  Recovery,
  type RecoveryReport,
  readCheckpoint,
  fit as train,
} from "../../../src/train/index.ts";
import { uncaught } from "../../support/uncaught.ts";

const STEPS = 12;
let engine: Engine;

beforeEach(async () => {
  engine = await init();
});

/** Everything a training may have: moments, running means, random numbers, a schedule, an average, the best weights. */
function trainee() {
  ops.manualSeed(11);
  const rows = 20;
  const x = Float32Array.from({ length: 6 * rows }, (_, i) => Math.sin(1.7 * i));
  const labels = Uint32Array.from({ length: rows }, (_, i) => (i * i) % 3);
  const dataset = new TensorDataset(tensor(x, { shape: [rows, 6] }), tensor(labels));
  const layers = [new nn.Linear(6, 8), new nn.BatchNorm1d(8), new nn.ReLU(), new nn.Dropout(0.2)];
  const model = new nn.Sequential(...layers, new nn.Linear(8, 3));
  const optimizer = new AdamW(model.parameters(), { lr: 0.05 });
  const data = new DataLoader(dataset, { batchSize: 5, seed: 3 });
  const schedule = new StepLR(optimizer, { stepSize: 3, gamma: 0.5 });
  const average = new EMA(model, { decay: 0.9 });
  const earlyStopping = new EarlyStopping({ patience: 9, restoreBest: true });
  return { model, optimizer, data, dataset, schedule, average, earlyStopping };
}

type Trainee = ReturnType<typeof trainee>;
type Batch = { x: Tensor; y: Tensor };

const words = (list: ArrayLike<number>) => [...new Uint32Array(Float32Array.from(list).buffer)];

/** All that a training comes to, in words that show every bit. */
async function bitsOf({ model, optimizer, average, data, schedule }: Trainee): Promise<unknown> {
  const { steps, parameters } = await optimizer.stateDict();
  const { weights, updates } = await average.stateDict();
  return {
    model: Object.entries(await model.stateDict()).map(([name, each]) => [name, words(each.data)]),
    moments: parameters.map((each) => [each.steps, Object.values(each.moments).map(words)]),
    average: [updates, Object.values(weights).map((each) => words(each.data))],
    host: [steps, ops.randomState().draws, data.epoch, data.position, schedule.steps],
  };
}

/** How a training is disturbed: what `at` does when a step's loss is known. */
interface Run {
  readonly recover?: Recovery;
  readonly at?: (step: number) => void;
  readonly captured?: boolean;
}

async function run({ recover, at, captured = false }: Run) {
  const trained = trainee();
  const { model, optimizer, data, dataset, schedule, average, earlyStopping } = trained;
  const told: number[] = [];
  const epochs: number[] = [];
  const common = {
    ...{ model, data, steps: STEPS, schedule, average, earlyStopping },
    ...(recover && { recover }),
    onStep: ({ step }: { step: number }) => {
      told.push(step);
      at?.(step);
    },
    onEpoch: ({ epoch }: { epoch: number }) => {
      epochs.push(epoch);
    },
  };
  const step = capture((x: Tensor, y: Tensor) => {
    optimizer.zeroGrad();
    const loss = crossEntropy(model.forward(x), y);
    loss.backward();
    optimizer.step();
    return loss;
  });
  const own = (indices: Uint32Array<ArrayBuffer>) =>
    scope(() => {
      const { x, y } = dataset.batch(indices);
      return step(x, y);
    });
  const loss = ({ x, y }: Batch) => crossEntropy(model.forward(x), y);
  const result: FitResult = captured
    ? await train({ ...common, step: own })
    : await train<Batch>({ ...common, optimizer, loss });
  return { result, told, epochs, bits: await bitsOf(trained) };
}

const once = (step: number, work: () => void) => {
  let done = false;
  return (now: number) => {
    if (done || now !== step) return;
    done = true;
    work();
  };
};

/** What a training comes to when nothing happens to it. */
const wholes = new Map<boolean, ReturnType<typeof run>>();
async function undisturbed(captured = false) {
  const known = wholes.get(captured) ?? run({ captured });
  wholes.set(captured, known);
  const whole = await known;
  engine = await init();
  return whole;
}

const count = Array.from({ length: STEPS }, (_, i) => i + 1);
const destroy = () => engine.gpu.device.destroy();

describe("fit with a Recovery", () => {
  for (const step of [1, 5, 12]) {
    test(`goes on to the same bits when the device is lost at step ${step}`, async () => {
      const whole = await undisturbed();
      const reports: RecoveryReport[] = [];
      const onRecover = (report: RecoveryReport) => void reports.push(report);
      const recover = new Recovery({ checkpointEvery: 4, onRecover });
      const lost: string[] = [];
      engine.onLost = ({ name }) => lost.push(name);
      let hit: Awaited<ReturnType<typeof run>> | undefined;
      expect(
        await uncaught(async () => {
          hit = await run({ recover, at: once(step, destroy) });
        }),
      ).toEqual([]);
      expect(hit).toEqual(whole);
      expect(hit?.told).toEqual(count);
      expect(hit?.epochs).toEqual([1, 2, 3]);
      expect(lost).toEqual(step === STEPS ? lost : ["DeviceLostError"]);
      expect(reports.length).toBe(recover.losses);
      for (const { error, attempt, step: from } of reports) {
        expect(error).toBeInstanceOf(DeviceLostError);
        expect([attempt, from <= step + 2]).toEqual([1, true]);
      }
    });
  }
});

describe("a step of one's own, captured, with a Recovery", () => {
  test("goes on to the same bits, its optimiser kept", async () => {
    const whole = await undisturbed(true);
    const trained = trainee();
    const { model, optimizer, data, dataset, schedule, average, earlyStopping } = trained;
    const recover = new Recovery({ checkpointEvery: 4, keep: { optimizer } });
    const step = capture((x: Tensor, y: Tensor) => {
      optimizer.zeroGrad();
      const loss = crossEntropy(model.forward(x), y);
      loss.backward();
      optimizer.step();
      return loss;
    });
    const at = once(7, destroy);
    const result = await train({
      ...{ model, data, steps: STEPS, schedule, average, earlyStopping, recover },
      onStep: (progress) => at(progress.step),
      step: (indices) =>
        scope(() => {
          const { x, y } = dataset.batch(indices);
          return step(x, y);
        }),
    });
    expect(recover.losses).toBe(1);
    expect(result).toEqual(whole.result);
    expect(await bitsOf(trained)).toEqual(whole.bits);
  });

  test("is told by name what was not kept", async () => {
    const recover = new Recovery({ checkpointEvery: 4 });
    await expect(run({ captured: true, recover, at: once(7, destroy) })).rejects.toThrow(
      /expected a tensor on the GPU, got [mv]\[\d+\] f32, which was lost with the GPU device \(destroyed\).*keep of a Recovery/,
    );
  });

  test("accumulates gradients over steps, scales losses, and goes on to the same bits", async () => {
    const accumulate = async (
      recover?: (kept: object) => Recovery,
      at?: (step: number) => void,
    ) => {
      const { model, optimizer, data, dataset } = trainee();
      const scaler = new GradScaler({ initScale: 8, growthInterval: 2 });
      const tally = tensor([0]);
      const kept = recover?.({ optimizer, scaler, tally });
      const { losses } = await train({
        ...{ model, data, steps: STEPS },
        ...(kept && { recover: kept }),
        onStep: ({ step }) => at?.(step),
        step: (indices, place) =>
          scope(() => {
            const { x, y } = dataset.batch(indices);
            const loss = crossEntropy(model.forward(x), y);
            scaler.scale(loss).backward();
            if (place.step % 3 === 2) {
              scaler.step(optimizer);
              scaler.update();
              optimizer.zeroGrad();
            }
            nn.assign(tally, Float32Array.of(place.step));
            return loss;
          }),
      });
      const state = [await scaler.stateDict(), await optimizer.stateDict(), await tally.item()];
      return { losses: words(losses), state, model: await model.stateDict() };
    };
    const whole = await accumulate();
    engine = await init();
    const recover = (keep: object) =>
      new Recovery({ checkpointEvery: 4, keep: keep as Record<string, Tensor> });
    expect(await accumulate(recover, once(6, destroy))).toEqual(whole);
  });
});

describe("a Recovery", () => {
  test("gives up after its tries, and says where the training is", async () => {
    const recover = new Recovery({ checkpointEvery: 4, tries: 2 });
    const hits: number[] = [];
    const at = (step: number) => {
      if (step !== 6) return;
      hits.push(step);
      destroy();
      throw new DeviceLostError("wgrad: the GPU device was lost (destroyed): again");
    };
    await expect(run({ recover, at })).rejects.toThrow(
      /fit: expected at most 2 losses of the GPU device after step 4, got 3; the training as of step 4 is in the checkpoint/,
    );
    expect(hits.length).toBe(3);
    const { contents } = readCheckpoint(recover.checkpoint as ArrayBuffer);
    expect(contents.optimizer).toMatchObject({ steps: 4 });
  });

  test("counts only losses without a checkpoint between them", async () => {
    const recover = new Recovery({ checkpointEvery: 2, tries: 1 });
    const hits = [3, 6, 9].map((step) => once(step, destroy));
    const whole = await undisturbed();
    const hit = await run({
      recover,
      at: (step) => {
        for (const each of hits) each(step);
      },
    });
    expect([hit, recover.losses]).toEqual([whole, 3]);
  });

  test("serves one fit at a time, and refuses what has no state", async () => {
    const recover = new Recovery();
    const { model, optimizer, data } = trainee();
    const loss = ({ x, y }: Batch) => crossEntropy(model.forward(x), y);
    const options = { model, optimizer, data, loss, steps: 2, recover };
    const [first, second] = await Promise.allSettled([
      train<Batch>(options),
      train<Batch>(options),
    ]);
    expect([first.status, second.status]).toEqual(["fulfilled", "rejected"]);
    expect((second as PromiseRejectedResult).reason).toBeInstanceOf(ValueError);
    await expect(train<Batch>({ ...options, schedule: { step: () => {} } })).rejects.toThrow(
      /fit: expected schedule with stateDict\(\) and loadStateDict\(\) to recover it/,
    );
    await expect(train<Batch>({ ...options, recover: true as never })).rejects.toThrow(
      /expected a Recovery .* pass new Recovery\(\)/,
    );
  });

  test("keeps a training in IndexedDB, from which another page goes on to the same bits", async () => {
    const name = `test ${Math.random()}`;
    const whole = await undisturbed();
    const stop = once(7, () => {
      throw new Error("the page is closed");
    });
    const first = new Recovery({ checkpointEvery: 3, persist: name });
    await expect(run({ recover: first, at: stop })).rejects.toThrow("the page is closed");
    engine = await init();
    const again = await run({ recover: new Recovery({ checkpointEvery: 3, persist: name }) });
    expect(again.bits).toEqual(whole.bits);
    expect(again.told).toEqual(count.slice(6));
    const third = await run({ recover: new Recovery({ persist: name }) });
    expect([third.bits, third.told]).toEqual([whole.bits, []]); // all steps are made
    await Recovery.forget(name);
    const anew = await run({ recover: new Recovery({ persist: name }) });
    expect(anew).toEqual(whole);
    await Recovery.forget(name);
  });
});

describe("recoverDevice", () => {
  test("goes on with another device in the same engine; what only the old one had is named", async () => {
    const { gpu } = engine;
    const x = tensor([1, 2, 3], { name: "x" });
    const y = ops.add(x, 1);
    const step = capture((given: Tensor) => ops.mul(given, 2));
    await Promise.all([y.read(), step(x).read()]);
    const old = gpu.device;
    old.destroy();
    await old.lost;
    await expect(y.read()).rejects.toThrow(DeviceLostError);
    const calls = [recoverDevice(engine), recoverDevice()];
    await Promise.all(calls);
    expect(engine.gpu).toBe(gpu);
    expect(gpu.device).not.toBe(old);
    await recoverDevice(engine); // there is nothing to do
    const message = /got x\[3\] f32, which was lost with the GPU device \(destroyed\)/;
    await expect(x.read()).rejects.toThrow(message);
    expect(() => ops.add(x, 1)).toThrow(message);
    await expect(y.read()).rejects.toThrow(/which was lost with the GPU device/);
    const fresh = tensor([4, 5, 6]);
    expect([...(await step(fresh).read())]).toEqual([8, 10, 12]);
    expect([...(await ops.add(fresh, 1).read())]).toEqual([5, 6, 7]);
    const live = engine.counters().liveBytes;
    for (const each of [x, y]) each.dispose();
    await engine.trim();
    expect(engine.counters().liveBytes).toBeLessThanOrEqual(live);
  });

  test("what waited when the device was lost is lost, and nothing hangs", async () => {
    const x = ops.add(tensor([1]), 1);
    destroy();
    await engine.gpu.device.lost;
    await recoverDevice(engine);
    await expect(x.read()).rejects.toThrow(DeviceLostError);
    await engine.finish();
    expect(await ops.add(tensor([1]), 1).item()).toBe(2);
  });

  test("asks for a device where init() was given one, and refuses to guess", async () => {
    const own = async () => requestDevice(await requestAdapter());
    const device = await own();
    engine = await init({ device });
    device.destroy();
    await device.lost;
    await expect(recoverDevice(engine)).rejects.toThrow(
      /recoverDevice: expected device, a function that gives another GPUDevice, as init\(\) was given one, got none/,
    );
    await expect(recoverDevice(engine, { device: () => device })).rejects.toThrow(
      /expected device to give another GPUDevice, got the one that was lost/,
    );
    await expect(recoverDevice(engine, { device: () => 3 as never })).rejects.toThrow(/got 3/);
    await recoverDevice(engine, { device: own });
    expect(await ops.add(tensor([1]), 1).item()).toBe(2);
    engine = await init();
    await expect(recoverDevice(engine, { device: own })).rejects.toThrow(/expected no device/);
  });
});
