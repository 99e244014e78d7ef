import { expect, test } from "vitest";
import { DataLoader, type LoaderState, MapDataset, WorkerPool } from "../../../src/data/index.ts";
import { Compose, GaussianNoise, RandomCrop } from "../../../src/data/transforms/index.ts";
import {
  manualSeed,
  type RandomState,
  randomState,
  setRandomState,
} from "../../../src/ops/random/random.ts";
import { reshape } from "../../../src/ops/shape/reshape.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

const make = () =>
  new Worker(new URL("../../support/map_worker.ts", import.meta.url), { type: "module" });

interface Sample {
  readonly x: Float32Array;
  readonly y: number;
}

const plain = (item: number, index: number): Sample => ({
  x: Float32Array.from({ length: 16 }, (_, k) => Math.sin(item * 16 + k)),
  y: index % 3,
});

const items = Float32Array.from({ length: 10 }, (_, i) => i);
const augment = new Compose([
  new RandomCrop([4, 4], { padding: 2 }),
  new GaussianNoise({ sigma: 0.1 }),
]);

/** Some augmented pictures, from this position of the loader and this random state on. */
async function bits(
  map: (item: number, index: number) => Sample | Promise<Sample>,
  prefetch: number,
  from?: { loader: LoaderState; random: RandomState },
) {
  const dataset = new MapDataset(items, map, { dtypes: { y: "u32" } });
  const loader = new DataLoader(dataset, {
    ...{ batchSize: 3, seed: 5, prefetch },
    transform: ({ x, y }: { x: Tensor; y: Tensor }) => ({
      x: scope(() => augment.forward(reshape(x, [-1, 1, 4, 4]))),
      y,
    }),
  });
  manualSeed(1);
  if (from) {
    loader.loadStateDict(from.loader);
    setRandomState(from.random);
  }
  const batches: number[][] = [];
  const places: { loader: LoaderState; random: RandomState }[] = [];
  for (let epoch = from ? loader.epoch : 0; epoch < 2; epoch++) {
    for await (const { x, y } of loader) {
      places.push({ loader: loader.stateDict(), random: randomState() });
      batches.push([...(await (x as Tensor).read()), ...(await y.read())]);
    }
  }
  return { batches, places };
}

test("samples of workers are those of the page to the bit, in the same order, augmented, and from a saved place on", async () => {
  const expected = await bits(plain, 0);
  expect(expected.batches.length).toBe(8);
  const pool = new WorkerPool(make, { size: 2 });
  try {
    const map = pool.map as (item: number, index: number) => Promise<Sample>;
    const ahead = await bits(map, 2);
    expect(ahead.batches).toEqual(expected.batches);
    for (const at of [0, 2, 5]) {
      const again = await bits(map, 1, JSON.parse(JSON.stringify(ahead.places[at])));
      expect(again.batches).toEqual(expected.batches.slice(at + 1));
    }
    await expect(pool.map(-1)).rejects.toThrow(
      expect.objectContaining({ name: "RangeError", message: "no sample -1" }),
    );
  } finally {
    pool.dispose();
  }
});

test("a module that is not there is told", async () => {
  const pool = new WorkerPool(() => new Worker("/no_such_module.js"), { size: 1 });
  await expect(pool.map(1)).rejects.toThrow(/^WorkerPool: expected a worker that runs exposeMap/);
  pool.dispose();
});
