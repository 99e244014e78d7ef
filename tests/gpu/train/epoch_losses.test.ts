import { expect, test } from "vitest";
import { DataLoader, TensorDataset } from "../../../src/data/index.ts";
import { mseLoss } from "../../../src/loss/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { ReduceLROnPlateau, SGD } from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import {
  EarlyStopping,
  EpochLosses,
  loadCheckpoint,
  saveCheckpoint,
  fit as train,
} from "../../../src/train/index.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();
const rows = Array.from({ length: 12 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);

/** A small training whose learning rate depends on the mean losses of its epochs. */
function training() {
  ops.manualSeed(5);
  const x = tensor(rows);
  const y = tensor(rows.map(([a = 0, b = 0]) => [a - 2 * b]));
  const dataset = new TensorDataset(x, y);
  const data = new DataLoader(dataset, { batchSize: 4, seed: 3 });
  const model = new nn.Linear(2, 1);
  const optimizer = new SGD(model.parameters(), { lr: 1.1 });
  const schedule = new ReduceLROnPlateau(optimizer, { patience: 0, factor: 0.5 });
  const parts = {
    ...{ model, optimizer, schedule, data },
    earlyStopping: new EarlyStopping({ patience: 9 }),
    epochLosses: new EpochLosses(),
  };
  const run = (onStep: (step: number) => Promise<void> | void = () => undefined) =>
    train({
      ...{ ...parts, epochs: 4, scheduleEvery: "epoch" },
      loss: (batch) => mseLoss(model.forward(batch.x), batch.y),
      onStep: ({ step }) => onStep(step),
    });
  const dispose = () => {
    optimizer.dispose();
    model.dispose();
    for (const each of [x, y]) each.dispose();
  };
  const state = async () => [
    await model.stateDict(),
    schedule.stateDict(),
    await parts.earlyStopping.stateDict(),
  ];
  return { parts, run, dispose, state };
}

test("a training that goes on from any of its steps observes the same epochs, to the bit", async () => {
  const files: ArrayBuffer[] = [];
  const whole = training();
  const { epochs } = await whole.run(async () => {
    files.push(await saveCheckpoint(whole.parts));
  });
  const expected = await whole.state();
  expect(files).toHaveLength(12);
  expect(new Set(epochs.map(({ loss }) => loss)).size).toBe(4);
  for (const [i, file] of files.entries()) {
    const again = training();
    await loadCheckpoint(file, again.parts);
    const result = await again.run();
    expect(result.epochs, `step ${i + 1}`).toEqual(epochs.slice(4 - result.epochs.length));
    expect(await again.state(), `step ${i + 1}`).toEqual(expected);
    again.dispose();
  }
  whole.dispose();
});

test("losses of another place than the loader's are refused, and a state that is none", async () => {
  const { parts, run, dispose } = training();
  parts.epochLosses.loadStateDict({ losses: [1, 2] });
  await expect(run()).rejects.toThrow(
    "fit: expected the losses of 0 steps of this epoch, got 2; load those that were saved with the loader",
  );
  const wrong = (state: unknown) => () => parts.epochLosses.loadStateDict(state as never);
  expect(wrong({ losses: [1, null] })).toThrow(/expected an array of numbers as losses/);
  expect(wrong({})).toThrow(/expected an array of numbers as losses/);
  expect(await parts.epochLosses.stateDict()).toEqual({ losses: [1, 2] });
  parts.epochLosses.reset();
  expect(parts.epochLosses.count).toBe(0);
  expect((await run()).ended).toBe("finished");
  dispose();
});
