import { describe, expect, test } from "vitest";
import {
  ArrayDataset,
  ConcatDataset,
  DataLoader,
  IterableDataset,
  type LoaderOptions,
  MapDataset,
  randomSplit,
  TensorDataset,
} from "../../../src/data/index.ts";
import { crossEntropy } from "../../../src/loss/index.ts";
import * as nn from "../../../src/nn/index.ts";
import { add, manualSeed, mul, uniform } from "../../../src/ops/index.ts";
import { SGD } from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { evaluate, fit as train } from "../../../src/train/index.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

const liveBytes = async () => {
  await engine.flush();
  return engine.counters().liveBytes;
};

/** The values of a tensor, which is then freed. */
async function values(x: Tensor): Promise<number[]> {
  const read = [...(await x.read())];
  x.dispose();
  return read;
}

const rows = Array.from({ length: 9 }, (_, i) => [i, i / 2, -i]);
const labels = rows.map((_, i) => i % 3);
const later = () => new Promise((resolve) => setTimeout(resolve));

/** Labelled samples that arrive asynchronously, as those of files do. */
const decoded = () =>
  new MapDataset(
    rows,
    async (row, index) => {
      await later();
      return { x: row, y: labels[index] as number };
    },
    { dtypes: { y: "u32" } },
  );

describe("an ArrayDataset", () => {
  test("uploads batches of f32 and of labels", async () => {
    const dataset = new ArrayDataset(rows, labels);
    expect(dataset.get(2)).toEqual({ x: Float32Array.of(2, 1, -2), y: 2 });
    const { x, y } = dataset.batch(Uint32Array.of(4, 1));
    expect([x.shape, y.dtype, y.shape]).toEqual([[2, 3], "u32", [2]]);
    expect(await values(x)).toEqual([4, 2, -4, 1, 0.5, -1]);
    expect(await values(y)).toEqual([1, 1]);
  });

  test("takes numbers with a shape, and knows targets from labels", () => {
    const x = { data: Float64Array.of(1, 2, 3, 4), shape: [2, 2] };
    const dtypeOf = (y: ConstructorParameters<typeof ArrayDataset>[1], dtypes = {}) => {
      const batch = new ArrayDataset(x, y, { dtypes }).batch(Uint32Array.of(0));
      for (const each of [batch.x, batch.y]) each.dispose();
      return batch.y.dtype;
    };
    expect(dtypeOf([1, 0])).toBe("u32");
    expect(dtypeOf(Float64Array.of(1, 0))).toBe("u32");
    expect(dtypeOf([1, -1])).toBe("i32");
    expect(dtypeOf([1, 0.5])).toBe("f32");
    expect(dtypeOf([[1], [0]])).toBe("f32");
    expect(dtypeOf(Float32Array.of(1, 0))).toBe("f32");
    expect(dtypeOf(Uint8Array.of(1, 0))).toBe("u32");
    expect(dtypeOf([1, 0], { y: "f32" })).toBe("f32");
    expect(() => new ArrayDataset(x, [1])).toThrow(/same n ≥ 1/);
    expect(() => new ArrayDataset([[1], [2, 3]], [0, 1])).toThrow(/^ArrayDataset: /);
  });
});

test("data sets behind each other give tensors and labels in the order asked for", async () => {
  const part = (first: number, count: number) =>
    new TensorDataset(
      tensor(Array.from({ length: count }, (_, i) => [first + i])),
      tensor(Uint32Array.from({ length: count }, (_, i) => first + i)),
    );
  const parts = [part(0, 3), part(3, 1), part(4, 2)];
  const both = new ConcatDataset(parts);
  const { x, y } = await both.batch(Uint32Array.of(5, 0, 3, 1, 5));
  expect([x.shape, y.dtype]).toEqual([[5, 1], "u32"]);
  expect(await values(x)).toEqual([5, 0, 3, 1, 5]);
  expect(await values(y)).toEqual([5, 0, 3, 1, 5]);
  const [held] = randomSplit(both, [2, 4], { seed: 1 });
  const batch = await (held as NonNullable<typeof held>).batch(Uint32Array.of(1, 0));
  expect(await values(batch.x)).toEqual([...(held?.indices ?? [])].reverse());
  batch.y.dispose();
  for (const each of parts) each.dispose();
});

describe("a loop over batches", () => {
  const loaderOf = (options: LoaderOptions) =>
    new DataLoader(decoded(), { batchSize: 2, ...options });

  test.each([0, 3])(
    "frees all of them, also when it is left, with prefetch %i",
    async (prefetch) => {
      const before = await liveBytes();
      const loader = loaderOf({ prefetch });
      const seen: number[] = [];
      for await (const { x, y } of loader) {
        expect([x.shape[1], y.dtype]).toEqual([3, "u32"]);
        seen.push(...(await y.read()));
      }
      expect(seen.toSorted()).toEqual(labels.toSorted());
      for await (const { x } of loader) {
        await x.read();
        break;
      }
      await later(); // batches that arrive after the loop has ended are freed
      await later();
      await later();
      expect(await liveBytes()).toBe(before);
    },
  );

  test("frees what was made where a sample fails", async () => {
    const before = await liveBytes();
    const dataset = new MapDataset(6, async (index) => {
      if (index === 3) throw new RangeError("no picture 3");
      return { x: tensor([index, 1]) };
    });
    const loop = async () => {
      for await (const { x } of new DataLoader(dataset, {
        batchSize: 2,
        shuffle: false,
        prefetch: 2,
      }))
        await x.read();
    };
    await expect(loop()).rejects.toThrow("no picture 3");
    await later();
    expect(await liveBytes()).toBe(before);
  });

  test("gives what a transform makes of batches, and frees what it leaves out", async () => {
    const before = await liveBytes();
    const transform = ({ x, y }: { x: Tensor; y: Tensor }) => ({ x: add(mul(x, 2), 1), y });
    const loader = new DataLoader(decoded(), { batchSize: 9, shuffle: false, transform });
    for await (const { x, y } of loader) {
      expect([...(await x.read())].slice(3, 6)).toEqual([3, 2, -1]);
      expect([...(await y.read())]).toEqual(labels);
    }
    expect(await liveBytes()).toBe(before);
  });

  test("makes batches of a stream", async () => {
    const dataset = new IterableDataset(async function* () {
      for (const x of rows) yield { x };
    });
    const shapes: (readonly number[])[] = [];
    for await (const { x } of new DataLoader(dataset, { batchSize: 5, prefetch: 1 }))
      shapes.push(x.shape);
    expect(shapes).toEqual([
      [5, 3],
      [4, 3],
    ]);
  });
});

describe("fit and evaluate", () => {
  /** Losses of a training with random augmentation, and the weights after it. */
  async function trained(prefetch: number, halves = false) {
    manualSeed(5);
    const model = new nn.Linear(3, 3);
    const optimizer = new SGD(model.parameters(), { lr: 0.05 });
    const transform = ({ x, y }: { x: Tensor; y: Tensor }) => ({
      x: add(x, uniform([...x.shape])),
      y,
    });
    const loaded = () => new DataLoader(decoded(), { batchSize: 4, prefetch, transform });
    const loss = ({ x, y }: { x: Tensor; y: Tensor }) => crossEntropy(model.forward(x), y);
    let data = loaded();
    const losses: number[] = [];
    if (halves) {
      losses.push(...(await train({ model, optimizer, data, loss, steps: 4 })).losses);
      const state = JSON.parse(JSON.stringify(data.stateDict()));
      data = loaded();
      data.loadStateDict(state);
    }
    losses.push(...(await train({ model, optimizer, data, loss, epochs: 3 })).losses);
    const mean = await evaluate(model, new DataLoader(decoded(), { batchSize: 4, prefetch }), loss);
    const weights = [...(await model.weight.read())];
    for (const p of model.parameters()) p.dispose();
    return { losses, weights, mean };
  }

  test("train to the same bits with and without prefetch, and from the middle of an epoch on", async () => {
    const kept = [await liveBytes()]; // a training keeps the arenas of its optimiser
    const plain = await trained(0);
    kept.push(await liveBytes());
    expect(plain.losses.length).toBe(9);
    expect(await trained(2)).toEqual(plain);
    kept.push(await liveBytes());
    expect(await trained(2, true)).toEqual(plain);
    kept.push(await liveBytes());
    const [first, ...others] = kept.slice(1).map((bytes, i) => bytes - (kept[i] as number));
    expect(others).toEqual([first, first]);
  });

  test("refuse a stream, whose epochs have no known number of batches", async () => {
    const data = new DataLoader(new IterableDataset([{ x: 1 }]));
    const model = new nn.Linear(1, 1);
    const measure = () => tensor([0]);
    await expect(evaluate(model, data, measure)).rejects.toThrow(
      /evaluate: .*got one of a stream; loop with for await/,
    );
    for (const p of model.parameters()) p.dispose();
  });
});
