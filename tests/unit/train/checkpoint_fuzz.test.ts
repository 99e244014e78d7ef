import { describe, expect, test } from "vitest";
import { ValueError, WgradError } from "../../../src/core/errors.ts";
import { DataLoader, TensorDataset } from "../../../src/data/index.ts";
import { decodeSafetensors } from "../../../src/io/safetensors.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import {
  AdamW,
  GradScaler,
  LBFGS,
  MultiStepLR,
  ReduceLROnPlateau,
} from "../../../src/optim/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { EarlyStopping, EMA, loadCheckpoint, saveCheckpoint } from "../../../src/train/index.ts";
import { damaged, fileOf, randomIntegers, summed } from "../../support/files.ts";
import { mutated, seedOr, Tally, tries } from "../../support/fuzz.ts";
import { silentDevice } from "../../support/silent_device.ts";

await init({ device: silentDevice() });

/** All objects that a training may have; nothing is computed: the silent device returns zeros. */
function training() {
  const model = new nn.Sequential(new nn.Linear(3, 2), new nn.BatchNorm1d(2));
  const optimizer = new AdamW(model.parameters(), { lr: 0.01 });
  const other = new nn.Linear(2, 1);
  const data = new TensorDataset(ops.zeros([10, 3]), ops.zeros([10, 2]));
  const average = new EMA(model);
  average.update();
  const earlyStopping = new EarlyStopping({ restoreBest: true });
  earlyStopping.observe(1, model);
  return {
    ...{ model, optimizer, average, earlyStopping },
    closure: new LBFGS(other.parameters()),
    scaler: new GradScaler(),
    schedule: new MultiStepLR(optimizer, { milestones: [3] }),
    plateau: new ReduceLROnPlateau(optimizer),
    loader: new DataLoader(data, { batchSize: 4, shuffle: true }),
  };
}

const parts = training();
const good = new Uint8Array(await saveCheckpoint({ ...parts, note: [1, "two", null] }));

/** The state that the host holds; what the silent device holds reads as zeros. */
const seen = () =>
  JSON.stringify([
    parts.loader.stateDict(),
    parts.schedule.stateDict(),
    parts.plateau.stateDict(),
    ...[parts.optimizer.groups[0]?.lr, parts.optimizer.steps, parts.average.updates],
    ...[parts.earlyStopping.best, ops.randomState()],
  ]);

async function refusal(file: ArrayBuffer): Promise<unknown> {
  try {
    await loadCheckpoint(file, parts);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe("checkpoints", () => {
  test("as they were saved are loaded", async () => {
    expect(await refusal(good.slice().buffer)).toBeUndefined();
  });

  test("that a later part refuses leave a learning rate that another schedule has set", async () => {
    const weights = new nn.Linear(2, 1);
    const optimizer = new AdamW(weights.parameters(), { lr: 0.01 });
    const schedule = new MultiStepLR(optimizer, { milestones: [3] });
    const note = { stateDict: () => 1, loadStateDict: (): void => {} };
    const file = await saveCheckpoint({ optimizer, schedule, note });
    for (const group of optimizer.groups) group.lr = 0.001;
    note.loadStateDict = () => {
      throw new ValueError("note: expected another, got this; take another");
    };
    await expect(loadCheckpoint(file, { optimizer, schedule, note })).rejects.toThrow(/note/);
    expect(optimizer.groups.map(({ lr }) => lr)).toEqual([0.001]);
  });

  test("of damaged bytes are refused by name, all of them", async () => {
    const tally = new Tally("checkpoints, damaged bytes");
    const below = randomIntegers(seedOr(1));
    const before = seen();
    for (let i = 0; i < tries(300); i++) {
      const file = damaged(good, below);
      if (file.length === good.length && file.every((byte, at) => byte === good[at])) continue;
      const since = performance.now();
      const error = await refusal(file.buffer);
      expect(error, `file ${i}`).toBeInstanceOf(WgradError);
      expect((error as Error).name).toBe("CheckpointError");
      tally.count("refused", since);
    }
    expect(seen()).toBe(before);
    tally.tell();
  }, 600_000);

  test("of a stranger, whose sum is right, are refused by name and change nothing, or are whole", async () => {
    const tally = new Tally("checkpoints of other content, sums right");
    const below = randomIntegers(seedOr(2));
    const { metadata } = decodeSafetensors(good.buffer);
    const length = Number(new DataView(good.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(good.subarray(8, 8 + length))) as object;
    const data = good.subarray(8 + length);
    const unraw: string[] = [];
    for (let i = 0; i < tries(300); i++) {
      const changed = { ...metadata };
      const which = ["state", "state", "state", "parts", "random", "header"][below(6)] ?? "state";
      let own: object = { ...header, __metadata__: changed };
      if (which === "header") own = mutated(header, below);
      else
        changed[which] = JSON.stringify(mutated(JSON.parse(changed[which] ?? "") as object, below));
      const file = summed(fileOf(JSON.stringify(own), data));
      const before = seen();
      const since = performance.now();
      const error = await refusal(file);
      tally.count(error ? "refused" : "read", since);
      if (!error) {
        expect(seen(), `file ${i}`).not.toMatch(/null,null|NaN/);
        continue;
      }
      expect(error, `file ${i}`).toBeInstanceOf(WgradError);
      expect((error as Error).name, `file ${i}: ${error}`).toBe("CheckpointError");
      expect(`${error}`, `file ${i}`).not.toMatch(
        /is not a function|not iterable|Cannot read|Cannot convert/,
      );
      const { cause } = error as Error;
      if (cause instanceof TypeError || cause instanceof RangeError) unraw.push(`${cause.stack}`);
      expect(seen(), `file ${i}, ${which}: ${error}`).toBe(before);
    }
    expect(unraw.slice(0, 3)).toEqual([]);
    expect(tally.refused).toBeGreaterThan(tries(300) / 3);
    tally.tell();
  }, 600_000);
});
