import { describe, expect, test } from "vitest";
import {
  BalancedBatchSampler,
  ConcatDataset,
  DataLoader,
  MapDataset,
  randomSplit,
  Subset,
  WeightedRandomSampler,
} from "../../../src/data/index.ts";

const numbers = (length: number) => ({ length, batch: (indices: Uint32Array) => [...indices] });

describe("WeightedRandomSampler", () => {
  test("draws in proportion to the weights, never what has none", () => {
    const weights = [1, 0, 3, 6];
    const counts = [0, 0, 0, 0];
    for (const i of new WeightedRandomSampler(weights, 10_000, { seed: 3 }).indices(0))
      counts[i] = (counts[i] ?? 0) + 1;
    expect(counts[1]).toBe(0);
    const chi = [0, 2, 3].reduce((sum, i) => {
      const expected = (weights[i] as number) * 1000;
      return sum + ((counts[i] as number) - expected) ** 2 / expected;
    }, 0);
    expect(chi).toBeLessThan(13.8); // χ² of 2 degrees of freedom, 0.1 %
  });

  test("without replacement gives every sample once at most, heavy ones first as a rule", () => {
    const sampler = new WeightedRandomSampler([1, 1, 98, 0], 3, { replacement: false });
    const firsts = [0, 0, 0, 0];
    for (let epoch = 0; epoch < 500; epoch++) {
      const drawn = [...sampler.indices(epoch)];
      expect(drawn.toSorted()).toEqual([0, 1, 2]);
      const first = drawn[0] as number;
      firsts[first] = (firsts[first] ?? 0) + 1;
    }
    expect(firsts[2]).toBeGreaterThan(475); // expected 490; 3.13 is its standard error
  });

  test("gives another order each epoch, the same when asked again, and a loader visits it", () => {
    const sampler = new WeightedRandomSampler([1, 2, 3], 6, { seed: 1 });
    expect(sampler.indices(0)).toEqual(sampler.indices(0));
    expect(sampler.indices(0)).not.toEqual(sampler.indices(1));
    const loader = new DataLoader(numbers(3), { sampler, batchSize: 4 });
    expect(loader.batchesPerEpoch).toBe(2);
    const epoch = (n: number) => [...sampler.indices(n)];
    expect([...loader.next(), ...loader.next()]).toEqual(epoch(0));
    expect([...loader.next(), ...loader.next()]).toEqual(epoch(1));
  });

  test("refuses weights that are none", () => {
    expect(() => new WeightedRandomSampler([0, 0])).toThrow(/got none above 0/);
    expect(() => new WeightedRandomSampler([1, -1])).toThrow(
      /finite weights ≥ 0, .* got weights\[1\] = -1/,
    );
    expect(() => new WeightedRandomSampler([1, NaN])).toThrow(/got weights\[1\] = NaN/);
    expect(() => new WeightedRandomSampler([1, 0], 2, { replacement: false })).toThrow(/at most 1/);
  });
});

describe("BalancedBatchSampler", () => {
  const labels = Array.from({ length: 60 }, (_, i) =>
    i % 20 === 0 ? "rare" : i % 3 === 0 ? "some" : "many",
  );

  test("gives every class the same number of samples in each batch, and shows all of the largest", () => {
    const sampler = new BalancedBatchSampler(labels, { samplesPerClass: 4 });
    const batches = [...sampler.batches(0)];
    expect(batches.length).toBe(sampler.length);
    for (const batch of batches) {
      const counts = (label: string) => [...batch].filter((i) => labels[i] === label).length;
      expect(["rare", "some", "many"].map(counts)).toEqual([4, 4, 4]);
    }
    const seen = new Set(batches.flatMap((batch) => [...batch]));
    expect(seen.size).toBe(60);
    expect([...sampler.batches(0)]).toEqual(batches);
    expect([...sampler.batches(1)]).not.toEqual(batches);
  });

  test("draws different classes where a batch has fewer", () => {
    const sampler = new BalancedBatchSampler(labels, {
      samplesPerClass: 2,
      classesPerBatch: 2,
      batches: 9,
    });
    for (const batch of sampler.batches(0))
      expect(new Set([...batch].map((i) => labels[i])).size).toBe(2);
    expect(() => new BalancedBatchSampler(labels, { classesPerBatch: 4 })).toThrow(
      /4 classes, got 3/,
    );
    expect(() => new BalancedBatchSampler([])).toThrow(/got 0/);
  });

  test("makes the batches of a loader, which goes on in the middle of an epoch", () => {
    const batchSampler = new BalancedBatchSampler(labels, { samplesPerClass: 4, seed: 6 });
    const [first, second] = [1, 2].map(() => new DataLoader(numbers(60), { batchSampler }));
    first?.next();
    second?.loadStateDict(JSON.parse(JSON.stringify(first?.stateDict())));
    for (let i = 0; i < 12; i++) expect(second?.next()).toEqual(first?.next());
  });
});

describe("the options that decide the order", () => {
  test("is told once", () => {
    const batchSampler = new BalancedBatchSampler([0, 1]);
    const sampler = [1, 0];
    const refused = (options: object) => () => Reflect.construct(DataLoader, [numbers(2), options]);
    expect(refused({ sampler, shuffle: true })).toThrow(/sampler without shuffle/);
    expect(refused({ sampler, indices: Uint32Array.of(0) })).toThrow(/sampler without indices/);
    expect(refused({ batchSampler, batchSize: 2 })).toThrow(/batchSampler without batchSize/);
    expect(refused({ batchSampler, sampler })).toThrow(/batchSampler without sampler/);
    expect(refused({ sampler, shuffle: false })).not.toThrow();
  });

  test("is indices as they stand, or an object of one's own", async () => {
    expect([...new DataLoader(numbers(3), { sampler: [2, 0, 0] }).next()]).toEqual([2, 0, 0]);
    const sampler = { length: 2, indices: (epoch: number) => [epoch, 0] };
    const loader = new DataLoader(numbers(3), { sampler });
    expect([[...loader.next()], [...loader.next()]]).toEqual([
      [0, 0],
      [1, 0],
    ]);
    const bad = new DataLoader(numbers(3), { sampler: { length: 1, indices: () => [3] } });
    expect(() => bad.next()).toThrow(/below 3, got 3; use a sampler of the same data set/);
    expect(bad.position).toBe(0);
  });

  test("is part of a state", () => {
    const own = new DataLoader(numbers(3), { batchSize: 3, shuffle: false });
    const other = new DataLoader(numbers(3), {
      batchSize: 3,
      sampler: new WeightedRandomSampler([1, 1, 1]),
    });
    expect(() => own.loadStateDict(other.stateDict())).toThrow(
      /sampler undefined, got WeightedRandomSampler/,
    );
    expect(() => other.loadStateDict(own.stateDict())).toThrow(
      /sampler WeightedRandomSampler, got undefined/,
    );
  });
});

describe("parts of data sets", () => {
  test("a subset has its samples, also of a subset", () => {
    const part = new Subset(new Subset(numbers(9), [8, 6, 4, 2]), [3, 1]);
    expect(part.length).toBe(2);
    expect(part.batch(Uint32Array.of(1, 0, 1))).toEqual([6, 2, 6]);
    expect(() => part.batch(Uint32Array.of(2))).toThrow(/Subset: expected indices below 2, got 2/);
    expect(() => new Subset(numbers(3), [3])).toThrow(/below 3, got 3/);
  });

  test("a random split has every sample in one part, by numbers or shares, the same for the same seed", () => {
    const parts = (lengths: number[], seed = 0) =>
      randomSplit(numbers(10), lengths, { seed }).map(({ indices }) => [...indices]);
    expect(parts([7, 3]).map(({ length }) => length)).toEqual([7, 3]);
    expect(
      parts([7, 3])
        .flat()
        .toSorted((a, b) => a - b),
    ).toEqual([...Array(10).keys()]);
    // as torch's random_split
    expect(parts([1 / 3, 1 / 3, 1 / 3]).map(({ length }) => length)).toEqual([4, 3, 3]);
    expect(parts([0.55, 0.45]).map(({ length }) => length)).toEqual([6, 4]);
    expect(parts([7, 3])).toEqual(parts([7, 3]));
    expect(parts([7, 3], 1)).not.toEqual(parts([7, 3]));
    expect(() => parts([5, 4])).toThrow(/sum to 10, or shares that sum to 1/);
    expect(() => parts([1.2, -0.2])).toThrow(/sum to 10/);
  });

  test("data sets behind each other are one, whatever order is asked for", async () => {
    const strings = (prefix: string, n: number) =>
      new MapDataset(n, (i) => ({ name: `${prefix}${i}`, tags: { first: prefix } }));
    const both = new ConcatDataset([strings("a", 3), strings("b", 0 + 2), strings("c", 1)]);
    expect(both.length).toBe(6);
    const batch = await both.batch(Uint32Array.of(4, 0, 5, 3, 4));
    expect(batch).toEqual({
      name: ["b1", "a0", "c0", "b0", "b1"],
      tags: { first: ["b", "a", "c", "b", "b"] },
    });
    expect((await both.batch(Uint32Array.of(1, 2))).name).toEqual(["a1", "a2"]);
    expect(await both.get(3)).toEqual({ name: "b0", tags: { first: "b" } });
    expect(() => both.batch(Uint32Array.of(6))).toThrow(/ConcatDataset: expected indices below 6/);
    expect(() => new ConcatDataset([])).toThrow(/one data set at least/);
    expect(() => new Subset(numbers(2), [0]).get(0)).toThrow(
      /Subset: expected a data set with get\(index\)/,
    );
  });
});
