import { describe, expect, test } from "vitest";
import { DataLoader, IterableDataset } from "../../../src/data/index.ts";

const turn = () => new Promise((resolve) => setTimeout(resolve));
const all = async <B>(loader: AsyncIterable<B>): Promise<B[]> => {
  const batches: B[] = [];
  for await (const batch of loader) batches.push(batch);
  return batches;
};

describe("a loader of a stream", () => {
  const counted = () => {
    const log: string[] = [];
    const dataset = new IterableDataset(async function* (epoch: number) {
      try {
        for (let i = 0; i < 7; i++) {
          log.push(`${i}`);
          yield `e${epoch}s${i}`;
        }
      } finally {
        log.push("closed");
      }
    });
    return { dataset, log };
  };

  test("makes batches of what comes, the last one smaller or left out", async () => {
    const { dataset } = counted();
    const loader = new DataLoader(dataset, { batchSize: 3 });
    expect(await all(loader)).toEqual([
      ["e0s0", "e0s1", "e0s2"],
      ["e0s3", "e0s4", "e0s5"],
      ["e0s6"],
    ]);
    expect([loader.epoch, loader.position, loader.batchesPerEpoch]).toEqual([1, 0, Infinity]);
    expect((await all(loader))[0]?.[0]).toBe("e1s0");
    expect(await all(new DataLoader(dataset, { batchSize: 3, dropLast: true }))).toHaveLength(2);
  });

  test("reads no more than the batches it makes ahead, and closes the source when the loop is left", async () => {
    const { dataset, log } = counted();
    for await (const batch of new DataLoader(dataset, { batchSize: 2, prefetch: 1 })) {
      await turn();
      expect(batch).toEqual(["e0s0", "e0s1"]);
      expect(log).toEqual(["0", "1", "2", "3"]);
      break;
    }
    await turn();
    expect(log.at(-1)).toBe("closed");
  });

  test("goes on where another one stood", async () => {
    const { dataset } = counted();
    const first = new DataLoader(dataset, { batchSize: 2, prefetch: 2 });
    const batches = first[Symbol.asyncIterator]();
    await batches.next();
    const second = new DataLoader(dataset, { batchSize: 2 });
    second.loadStateDict(JSON.parse(JSON.stringify(first.stateDict())));
    expect(await all(second)).toEqual([["e0s2", "e0s3"], ["e0s4", "e0s5"], ["e0s6"]]);
    await batches.return();
  });

  test("takes arrays, generators and ReadableStreams", async () => {
    const some = ["a", "b", "c"];
    const stream = new ReadableStream<string>({
      start(controller) {
        for (const each of some) controller.enqueue(each);
        controller.close();
      },
    });
    for (const source of [some, some.values(), stream]) {
      expect(await all(new DataLoader(new IterableDataset(source), { batchSize: 2 }))).toEqual([
        ["a", "b"],
        ["c"],
      ]);
    }
  });

  test("refuses what needs indices", () => {
    const { dataset } = counted();
    expect(() => new DataLoader(dataset, { shuffle: true })).toThrow(/for a stream.*got shuffle/);
    expect(() => new DataLoader(dataset, { batchSize: "full" })).toThrow(/got batchSize "full"/);
    expect(() => new DataLoader(dataset).next()).toThrow(/got a stream; use for await/);
  });
});
