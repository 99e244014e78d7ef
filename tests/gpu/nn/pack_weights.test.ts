import { expect, test } from "vitest";
import { noGrad } from "../../../src/autograd/mode.ts";
import {
  assign,
  BatchNorm2d,
  Conv2d,
  Embedding,
  Flatten,
  GlobalAvgPool2d,
  inference,
  Linear,
  packWeights,
  ReLU,
  Sequential,
} from "../../../src/nn/index.ts";
import { manualSeed } from "../../../src/ops/random/random.ts";
import { SGD } from "../../../src/optim/index.ts";
import type { StepPlan } from "../../../src/scheduler/step/step_plan.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

const model = () => {
  manualSeed(7);
  return new Sequential(
    new Conv2d(3, 16, 3, { padding: 1, bias: false }),
    new BatchNorm2d(16),
    new ReLU(),
    new Conv2d(16, 16, 3, { padding: 1, groups: 16 }),
    new Conv2d(16, 64, 1),
    new ReLU(),
    new GlobalAvgPool2d(),
    new Flatten(),
    new Linear(64, 256),
    new Linear(256, 7),
  ).eval();
};
const image = () =>
  tensor(
    Float32Array.from({ length: 2 * 3 * 81 }, (_, i) => Math.sin(i * 0.7)),
    {
      shape: [2, 3, 9, 9],
    },
  );

function close(got: ArrayLike<number>, wanted: ArrayLike<number>, digits: number): void {
  expect(got.length).toBe(wanted.length);
  for (let i = 0; i < got.length; i++) expect(got[i]).toBeCloseTo(wanted[i] as number, digits);
}

/** A weight after packing and unpacking, computed on the host. */
function packed(data: ArrayLike<number>, rows: number, dtype: "u8" | "f16") {
  const width = data.length / rows;
  const values = Float32Array.from(data);
  const rounded = new Float32Array(values.length);
  for (let from = 0; from < values.length; from += width) {
    const row = values.subarray(from, from + width);
    const least = Math.min(...row);
    const step = Math.fround((Math.max(...row) - least) / 255);
    row.forEach((value, i) => {
      rounded[from + i] =
        dtype === "f16"
          ? nearestHalf(value)
          : least + (step && Math.round((value - least) / step) * step);
    });
  }
  return rounded;
}

/** The nearest f16 to a value. */
function nearestHalf(value: number): number {
  const step = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(value) || 1e-9)), -14) - 10);
  return Math.round(value / step) * step;
}

for (const dtype of ["u8", "f16"] as const) {
  test(`${dtype}: results are those of the rounded weights, each within half a step, in a fraction of the bytes`, async () => {
    const [whole, rounded] = [model(), model()];
    const x = image();
    for (const [name, value] of rounded.namedParameters()) {
      if (value.shape.length < 2) continue;
      const before = await value.read();
      const after = packed(before, value.shape[0] as number, dtype);
      const width = before.length / (value.shape[0] as number);
      after.forEach((each, e) => {
        const row = before.slice(
          Math.floor(e / width) * width,
          (Math.floor(e / width) + 1) * width,
        );
        const bound =
          dtype === "u8"
            ? (Math.max(...row) - Math.min(...row)) / 510
            : Math.abs(before[e] as number) * 2 ** -11 + 2 ** -25;
        expect(Math.abs(each - (before[e] as number)), name).toBeLessThan(bound * 1.001 + 1e-7);
      });
      assign(value, after);
    }
    await engine.trim();
    const before = engine.counters().liveBytes;
    const done = await packWeights(whole, { dtype });
    await engine.trim();
    const saved = before - engine.counters().liveBytes;
    expect(saved).toBe(done.bytes.before - done.bytes.after);
    expect(done.names).toEqual(["0.weight", "3.weight", "4.weight", "8.weight", "9.weight"]);
    expect(done.bytes.after / done.bytes.before).toBeLessThan(dtype === "u8" ? 0.33 : 0.52);
    const predict = inference(whole);
    for (const y of [noGrad(() => whole.forward(x)), predict(x), predict(x)]) {
      const [got, wanted] = [await y.read(), await rounded.forward(x).read()];
      close(got, wanted, 5);
      y.dispose();
    }
    await engine.flush();
    const dispatches = engine.counters().dispatches;
    predict(x).dispose();
    await engine.flush();
    const plain = inference(rounded);
    plain(x).dispose();
    const repeated = ({ dispatches: all, constant }: StepPlan) => all - constant;
    // every call expands five weights: no expanded weight is kept
    expect(engine.counters().dispatches - dispatches).toBe(repeated(plain.plan()) + 5);
    expect(repeated(predict.plan())).toBe(repeated(plain.plan()) + 5);
    expect(predict.plan().constant).toBe(plain.plan().constant);
    plain.dispose();
    predict.dispose();
    await engine.trim();
    const held = engine.counters().liveBytes;
    whole.dispose();
    await engine.trim();
    expect(held - engine.counters().liveBytes).toBeGreaterThanOrEqual(done.bytes.after);
    rounded.dispose();
  });
}

test("packed weights are not written, read, loaded or trained, and a capture made before is recorded anew", async () => {
  const net = model();
  const x = image();
  const state = Object.fromEntries(
    net
      .namedTensors()
      .map(([name, { shape, size }]) => [name, { shape, data: new Float32Array(size) }]),
  );
  const predict = inference(net);
  const before = await predict(x).read();
  await packWeights(net);
  const after = await predict(x).read();
  expect(after).not.toEqual(before);
  close(after, before, 2);
  const weight = net.parameters()[0] as Tensor;
  const refusal =
    /expected only kernels to read the packed weight '0.weight', got a write, a readback or training; build/;
  expect(() => assign(weight, new Float32Array(weight.size))).toThrow(refusal);
  await expect(weight.read()).rejects.toThrow(refusal);
  expect(() => net.loadStateDict(state)).toThrow(refusal);
  expect(() => new SGD(net.parameters(), { lr: 0.1 })).toThrow(refusal);
  expect(await predict(x).read()).toEqual(after); // the outputs are unchanged
  expect((await packWeights(net)).names).toEqual([]);
  predict.dispose();
  net.dispose();
});

test("an embedding reads packed rows", async () => {
  const table = new Embedding(5, 4);
  const index = tensor([3, 0], { dtype: "u32" });
  const before = await table.forward(index).read();
  await packWeights(table, { dtype: "f16" });
  const after = await table.forward(index).read();
  close(after, before, 2);
  expect(after).not.toEqual(before);
});

test("weights of an optimiser and weights that are not finite are refused by name, and nothing has changed", async () => {
  const trained = model();
  new SGD(trained.parameters(), { lr: 0.1 });
  await expect(packWeights(trained)).rejects.toThrow(
    /packWeights: expected f32 weights with a buffer of their own, got one of an optimiser as 0.weight/,
  );
  const broken = model();
  const last = broken.parameters().at(-2) as Tensor;
  assign(last, new Float32Array(last.size).fill(70000));
  await expect(packWeights(broken, { dtype: "f16" })).rejects.toThrow(
    /within ±65504 to pack as f16, got 70000 in 9.weight/,
  );
  assign(last, new Float32Array(last.size).fill(Number.NaN));
  await expect(packWeights(broken)).rejects.toThrow(
    /finite numbers to pack as u8, got NaN in 9.weight/,
  );
  assign(last, new Float32Array(last.size).fill(0.25)); // all values are equal, so the quantisation step is 0
  await packWeights(broken);
  expect(await broken.forward(image()).read()).toHaveLength(14);
});
