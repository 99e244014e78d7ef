import { describe, expect, test } from "vitest";
import { bagging, bootstrap, DataLoader, type LoaderOptions } from "../../../src/data/index.ts";

const dataset = { length: 10, batch: (indices: Uint32Array) => [...indices] };
const loader = (options: LoaderOptions = {}) => new DataLoader(dataset, options);
const take = (from: DataLoader<number[]>, n: number) =>
  Array.from({ length: n }, () => [...from.next()]);

describe("DataLoader", () => {
  test("gives mini-batches, single samples or everything, epoch after epoch", () => {
    const sizes = (options: LoaderOptions, n: number) =>
      take(loader(options), n).map((batch) => batch.length);
    expect(sizes({ batchSize: 4 }, 6)).toEqual([4, 4, 2, 4, 4, 2]);
    expect(sizes({ batchSize: 4, dropLast: true }, 4)).toEqual([4, 4, 4, 4]);
    expect(sizes({ batchSize: 1 }, 12)).toEqual(Array(12).fill(1));
    expect(sizes({ batchSize: "full" }, 3)).toEqual([10, 10, 10]);
    expect(loader({ batchSize: 4 }).batchesPerEpoch).toBe(3);
    expect(loader({ batchSize: "full" }).batchesPerEpoch).toBe(1);
  });

  test("visits every sample once an epoch, in another order the next, and counts both", () => {
    const all = loader({ batchSize: 5, seed: 3 });
    const epochs = [take(all, 2).flat(), take(all, 2).flat()];
    for (const order of epochs)
      expect(order.toSorted((a, b) => a - b)).toEqual([...Array(10).keys()]);
    expect(epochs[0]).not.toEqual(epochs[1]);
    all.next();
    expect([all.epoch, all.position]).toEqual([2, 1]);
  });

  test("visits chosen samples only", () => {
    const some = loader({ batchSize: "full", indices: Uint32Array.of(7, 2, 2), shuffle: false });
    expect(take(some, 1)).toEqual([[7, 2, 2]]);
  });

  test("goes on where another one stood, in the middle of an epoch and at its end", () => {
    for (const done of [0, 1, 3, 4, 7]) {
      const [first, second] = [
        loader({ batchSize: 3, seed: 5 }),
        loader({ batchSize: 3, seed: 5 }),
      ];
      take(first, done);
      second.loadStateDict(JSON.parse(JSON.stringify(first.stateDict())));
      expect(take(second, 9)).toEqual(take(first, 9));
    }
  });

  test("refuses the state of another order, and a damaged one, and stays where it is", () => {
    const own = loader({ batchSize: 3 });
    take(own, 2);
    const other = (options: LoaderOptions) => () => own.loadStateDict(loader(options).stateDict());
    expect(other({ batchSize: 2 })).toThrow(/batchSize 3, got 2/);
    expect(other({ batchSize: 3, seed: 1 })).toThrow(/seed 0, got 1/);
    expect(other({ batchSize: 3, shuffle: false })).toThrow(/shuffle true, got false/);
    expect(other({ batchSize: 3, indices: Uint32Array.of(0, 1, 2) })).toThrow(/samples 10, got 3/);
    const state = own.stateDict();
    expect(() => own.loadStateDict({ ...state, position: 4 })).toThrow(/position below 4/);
    expect(() => own.loadStateDict({ ...state, epoch: -1 })).toThrow(/epoch ≥ 0/);
    expect([own.epoch, own.position]).toEqual([0, 2]);
  });

  test("refuses options that give no batch and indices of other data", () => {
    expect(() => loader({ batchSize: 0 })).toThrow(/batchSize ≥ 1/);
    expect(() => loader({ batchSize: 2.5 })).toThrow(/batchSize ≥ 1/);
    expect(() => loader({ batchSize: 11, dropLast: true })).toThrow(/at least one batch/);
    expect(() => loader({ indices: new Uint32Array() })).toThrow(/at least one batch/);
    expect(() => loader({ indices: Uint32Array.of(10) })).toThrow(/below 10, got 10/);
  });
});

describe("bootstrap", () => {
  test("draws with replacement, the same for the same seed, and says what it missed", () => {
    const { drawn, left } = bootstrap(1000, { seed: 4 });
    expect(drawn.length).toBe(1000);
    const seen = new Set(drawn);
    expect(seen.size + left.length).toBe(1000);
    expect([...left].some((i) => seen.has(i))).toBe(false);
    expect(left.length).toBeGreaterThan(330); // (1 − 1/n)ⁿ → 1/e
    expect(left.length).toBeLessThan(405);
    expect(bootstrap(1000, { seed: 4 }).drawn).toEqual(drawn);
    expect(bootstrap(1000, { seed: 5 }).drawn).not.toEqual(drawn);
    expect(Math.max(...drawn)).toBe(999);
    expect(Math.min(...drawn)).toBe(0);
  });

  test("draws as many as asked for, for each member of a bag apart", () => {
    const bag = bagging(50, 3, { size: 20, seed: 1 });
    expect(bag.map(({ drawn }) => drawn.length)).toEqual([20, 20, 20]);
    expect(bag[0]?.drawn).not.toEqual(bag[1]?.drawn);
    expect(bagging(50, 3, { size: 20, seed: 2 })[0]).not.toEqual(bag[0]);
    expect(bagging(50, 3, { size: 20, seed: 1 })).toEqual(bag);
  });

  test("refuses nothing to draw from or for", () => {
    expect(() => bootstrap(0)).toThrow(/n ≥ 1/);
    expect(() => bootstrap(5, { size: 0 })).toThrow(/size ≥ 1/);
    expect(() => bagging(5, 0)).toThrow(/one member/);
  });
});
