import { beforeEach, describe, expect, test, vi } from "vitest";
import { DeviceLostError, ValueError } from "../../../src/core/errors.ts";
import { crossEntropy } from "../../../src/loss/index.ts";
import * as nn from "../../../src/nn/index.ts";
import { GradScaler } from "../../../src/optim/index.ts";
import { currentEngine, init } from "../../../src/scheduler/engine.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { verifier } from "../../../src/testing/inspect/verifier.ts";
import {
  Recovery,
  type RecoveryReport,
  readCheckpoint,
  fit as train,
} from "../../../src/train/index.ts";
import {
  type Batch,
  bitsOf,
  once,
  run,
  STEPS,
  trainee,
  undisturbed,
  words,
} from "../../support/recoverable.ts";
import { lendUntilLost } from "../../support/shared_device.ts";
import { uncaught } from "../../support/uncaught.ts";

const count = Array.from({ length: STEPS }, (_, i) => i + 1);
const destroy = () => currentEngine().gpu.device.destroy();

lendUntilLost();
beforeEach(async () => {
  await init();
});

describe("fit with a Recovery", () => {
  for (const step of [1, 5, 12]) {
    test(`goes on to the same bits when the device is lost at step ${step}`, async () => {
      const whole = await undisturbed();
      const reports: RecoveryReport[] = [];
      const onRecover = (report: RecoveryReport) => void reports.push(report);
      const recover = new Recovery({ checkpointEvery: 4, onRecover });
      const lost: string[] = [];
      currentEngine().onLost = ({ name }) => lost.push(name);
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

  test("refuses by name what the Recovery did not keep", async () => {
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
    await init();
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

  test("is refused by name where the engine could not go on with another device", async () => {
    const { device } = currentEngine().gpu;
    const given = new Recovery({ device: () => device });
    await expect(run({ recover: given })).rejects.toThrow(
      "fit: expected no device, as init() found its own, got a function; leave it out",
    );
    await init({ device });
    await expect(run({ recover: new Recovery() })).rejects.toThrow(
      "fit: expected device, a function that gives another GPUDevice",
    );
    await init({ inspect: verifier() });
    await expect(run({ recover: new Recovery() })).rejects.toThrow(
      "fit: expected an engine that inspects nothing",
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
    await init();
    const again = await run({ recover: new Recovery({ checkpointEvery: 3, persist: name }) });
    expect(again.bits).toEqual(whole.bits);
    expect(again.told).toEqual(count.slice(6));
    const third = await run({ recover: new Recovery({ persist: name }) });
    expect([third.bits, third.told]).toEqual([whole.bits, []]); // nothing to do: all steps were made
    await Recovery.forget(name);
    const anew = await run({ recover: new Recovery({ persist: name }) });
    expect(anew).toEqual(whole);
    await Recovery.forget(name);
  });

  test("whose checkpoint the browser writes half-way has the one before it, from which another page goes on", async () => {
    const name = `test ${Math.random()}`;
    const whole = await undisturbed();
    const { put } = IDBObjectStore.prototype;
    let written = 0;
    const half = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
      this: IDBObjectStore,
      ...given
    ) {
      const request = put.apply(this, given);
      if (++written === 3) this.transaction.abort();
      return request;
    });
    await expect(
      run({ recover: new Recovery({ checkpointEvery: 3, persist: name }) }),
    ).rejects.toThrow(/^fit: expected an answer of the database 'wgrad-trainings', got AbortError/);
    half.mockRestore();
    await init();
    const again = await run({ recover: new Recovery({ checkpointEvery: 3, persist: name }) });
    expect(again.bits).toEqual(whole.bits);
    expect(again.told).toEqual(count.slice(1)); // the second checkpoint is that after the first step
    await Recovery.forget(name);
  });
});
