import { describe, expect, test } from "vitest";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { GradScaler, SGD } from "../../../src/optim/index.ts";
import { scope } from "../../../src/tensor/scope.ts";
import {
  EarlyStopping,
  loadCheckpoint,
  ModelSnapshot,
  saveCheckpoint,
} from "../../../src/train/index.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();
const small = () => new nn.Sequential(new nn.Linear(3, 4), new nn.BatchNorm1d(4));
const moved = (model: nn.Module) => {
  scope(() => model.forward(ops.normal([5, 3]))); // changes the running statistics
  for (const p of model.parameters()) nn.assign(p, new Float32Array(p.size).fill(7));
};

describe("a snapshot on the GPU", () => {
  test("is put back to the bit, as often as wanted, and swapped", async () => {
    const model = small();
    scope(() => model.forward(ops.normal([5, 3])));
    const before = await model.stateDict();
    const snapshot = new ModelSnapshot(model);
    for (let time = 0; time < 2; time++) {
      moved(model);
      snapshot.restore();
      expect(await model.stateDict()).toEqual(before);
    }
    moved(model);
    const after = await model.stateDict();
    expect(after).not.toEqual(before);
    snapshot.swap();
    expect([await model.stateDict(), await snapshot.stateDict()]).toEqual([before, after]);
    snapshot.dispose();
    model.dispose();
  });
});

describe("early stopping with restoreBest", () => {
  test("puts the best weights back, also after its state went through a checkpoint", async () => {
    const model = small();
    const first = new EarlyStopping({ restoreBest: true, patience: 2 });
    expect(first.restore(model)).toBe(false);
    first.observe(3, model);
    moved(model);
    first.observe(1, model);
    const best = await model.stateDict();
    moved(model);
    first.observe(2, model);
    const file = await saveCheckpoint({ stopping: first });
    first.dispose();
    const second = new EarlyStopping({ restoreBest: true, patience: 2 });
    await loadCheckpoint(file, { stopping: second });
    expect(second.best).toBe(1);
    expect(second.restore(model)).toBe(true);
    expect(await model.stateDict()).toEqual(best);
    model.dispose();
  });
});

describe("a checkpoint of a model", () => {
  test("of other sizes is refused, and the parts loaded before it are as they were", async () => {
    const [a, b, c] = [small(), small(), new nn.Linear(2, 2)];
    const file = await saveCheckpoint({ a, c });
    const before = await b.stateDict();
    const other = new nn.Linear(2, 3);
    await expect(loadCheckpoint(file, { a: b, c: other })).rejects.toThrow(
      /state of c does not fit: .*weight expects \[3, 2\], got \[2, 2\]/,
    );
    expect(await b.stateDict()).toEqual(before);
    await loadCheckpoint(file, { a: b });
    expect(await b.stateDict()).toEqual(await a.stateDict());
    for (const model of [a, b, c, other]) model.dispose();
  });
});

test("a checkpoint of a gradient scaler resumes with its scale of 524,288", async () => {
  const weights = nn.parameter(ops.ones([2]));
  const optimizer = new SGD([weights], { lr: 0.1 });
  const scaler = new GradScaler({ growthInterval: 1 }); // 65,536 at first
  const step = () => {
    optimizer.zeroGrad();
    scope(() => scaler.scale(ops.sum(weights)).backward());
    scaler.step(optimizer);
    scaler.update();
  };
  for (let i = 0; i < 3; i++) step();
  expect((await scaler.stateDict()).scale).toBe(524_288);
  const file = await saveCheckpoint({ scaler });
  const resumed = new GradScaler({ growthInterval: 1 });
  await loadCheckpoint(file, { scaler: resumed });
  expect((await resumed.stateDict()).scale).toBe(524_288);
  for (const each of [scaler, resumed, optimizer]) each.dispose();
});
