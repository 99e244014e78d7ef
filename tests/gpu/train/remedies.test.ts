import { describe, expect, test } from "vitest";
import { remedies, shareRight } from "../../../demos/augmentation/remedies/remedies.ts";
import code from "../../../demos/augmentation/remedies/remedies.ts?raw";
import guide from "../../../docs/remedies.md?raw";
import { DataLoader, TensorDataset } from "../../../src/data/index.ts";
import { crossEntropy } from "../../../src/loss/index.ts";
import * as nn from "../../../src/nn/index.ts";
import { manualSeed } from "../../../src/ops/index.ts";
import { constrainMaxNorm, SGD } from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { CallbackError, SWA, fit as train } from "../../../src/train/index.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

/** 60 pictures of 8 × 8 of ten classes: the brightest column depends on the class, plus noise. */
function pictures() {
  const labels = Uint32Array.from({ length: 60 }, (_, i) => i % 10);
  const x = Float32Array.from({ length: 60 * 64 }, (_, i) => {
    const [picture, column] = [Math.floor(i / 64), i % 8];
    const bright = column < (picture % 10) - 1 || (picture % 10 === 9 && i % 64 < 32);
    return (bright ? 0.8 : 0.1) + 0.1 * Math.sin(7.3 * i);
  });
  return new TensorDataset(tensor(x, { shape: [60, 1, 8, 8] }), tensor(labels));
}

describe("docs/remedies.md", () => {
  test("shows code as it stands in demos/augmentation/remedies/remedies.ts", () => {
    const blocks = [...guide.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block = ""]) =>
      block.trim(),
    );
    expect(blocks.length).toBeGreaterThan(10);
    for (const block of blocks) expect(code).toContain(block);
    for (const name of Object.keys(remedies)) expect(guide).toContain(`\`${name}\``);
  });

  test.each(Object.keys(remedies))("%s trains", async (name) => {
    const dataset = pictures();
    manualSeed(1);
    const model = await remedies[name]?.({ dataset, epochs: 12, seed: 1 });
    if (!model) throw new Error("expected a model");
    expect(await shareRight(model, dataset)).toBeGreaterThan(0.3);
    model.dispose();
    dataset.dispose();
  });
});

describe("fit", () => {
  const setUp = () => {
    manualSeed(2);
    const dataset = pictures();
    const model = new nn.Sequential(new nn.Flatten(), new nn.Linear(64, 10));
    const optimizer = new SGD(model.parameters(), { lr: 0.5 });
    const data = new DataLoader(dataset, { batchSize: 20, seed: 1 });
    const loss = ({ x, y }: ReturnType<TensorDataset["batch"]>) =>
      crossEntropy(model.forward(x), y);
    const dispose = () => {
      for (const each of [dataset, model, optimizer]) each.dispose();
    };
    return { model, optimizer, data, loss, dispose };
  };

  test("constrains weights after every update", async () => {
    const { dispose, ...parts } = setUp();
    const [weight] = parts.model.parameters();
    let calls = 0;
    const constrain = () => {
      calls++;
      constrainMaxNorm(parts.model.parameters(), 0.25);
    };
    await train({ ...parts, epochs: 2, constrain });
    expect(calls).toBe(6);
    const rows = Array.from((await weight?.read()) ?? []);
    for (let row = 0; row < 10; row++) {
      expect(Math.hypot(...rows.slice(64 * row, 64 * (row + 1)))).toBeLessThan(0.25001);
    }
    const thrown = train({
      ...parts,
      epochs: 3,
      constrain: () => {
        throw new Error("no");
      },
    });
    await expect(thrown).rejects.toThrow(CallbackError);
    const { model, data } = parts;
    const own = { model, data, epochs: 4, step: async () => 1, constrain };
    await expect(train(own)).rejects.toThrow(/constrain beside loss and optimizer/);
    const clipped = { model, data, epochs: 4, step: async () => 1, clip: () => {} };
    await expect(train(clipped)).rejects.toThrow(/clip beside loss and optimizer/);
    dispose();
  });

  test("averages after steps or epochs, from an epoch on", async () => {
    const { dispose, ...parts } = setUp();
    let updates: number[] = [];
    const average = { update: () => void updates.push(parts.data.epoch) };
    await train({ ...parts, epochs: 3, average, averageEvery: "epoch" });
    expect(updates).toEqual([1, 2, 3]); // at the end of each epoch, when data.epoch already names the next one
    updates = [];
    await train({ ...parts, epochs: 6, average, averageEvery: "epoch", averageFrom: 4 });
    expect(updates).toEqual([5, 6]);
    updates = [];
    await train({ ...parts, epochs: 8, average, averageFrom: 7 });
    expect(updates.length).toBe(3);
    const bad = train({ ...parts, epochs: 9, average, averageFrom: -1 });
    await expect(bad).rejects.toThrow(/averageFrom an integer ≥ 0/);
    const swa = new SWA(parts.model);
    await train({ ...parts, epochs: 10, average: swa, averageEvery: "epoch", averageFrom: 9 });
    const [last] = parts.model.parameters();
    const trained = await last?.read();
    swa.swap(); // the average over one epoch is that epoch's weights
    expect(await last?.read()).toEqual(trained);
    swa.dispose();
    dispose();
  });
});
