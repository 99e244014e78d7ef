import { describe, expect, test } from "vitest";
import { DataLoader, type LoaderOptions, MapDataset } from "../../../src/data/index.ts";

const names = Array.from({ length: 10 }, (_, i) => `s${i}`);
const ordered = { batchSize: 2, shuffle: false } as const;

/** A data set whose samples resolve when the test calls `give`; records which were requested. */
function slow() {
  const begun: number[] = [];
  const open = new Map<number, (name: string) => void>();
  const dataset = new MapDataset(names, (_name, index) => {
    begun.push(index);
    return new Promise<string>((resolve) => open.set(index, resolve));
  });
  const give = (...indices: number[]) => {
    for (const i of indices) open.get(i)?.(`s${i}`);
  };
  return { dataset, begun, give };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));
const all = async <B>(loader: AsyncIterable<B>): Promise<B[]> => {
  const batches: B[] = [];
  for await (const batch of loader) batches.push(batch);
  return batches;
};

describe("a loader with prefetch", () => {
  const letters = new MapDataset(names, async (name) => name);
  const loaderOf = (options: LoaderOptions) =>
    new DataLoader(letters, { batchSize: 3, seed: 2, ...options });

  test.each([0, 1, 2, 7])(
    "of %i gives the batches of one without, epoch after epoch",
    async (prefetch) => {
      const [plain, ahead] = [loaderOf({}), loaderOf({ prefetch })];
      for (let epoch = 0; epoch < 3; epoch++) expect(await all(ahead)).toEqual(await all(plain));
    },
  );

  test("begins as many batches as it says while one is used, and no more", async () => {
    const { dataset, begun, give } = slow();
    const batches = new DataLoader(dataset, { ...ordered, prefetch: 2 })[Symbol.asyncIterator]();
    const first = batches.next();
    await turn();
    expect(begun).toEqual([0, 1, 2, 3, 4, 5]); // samples of the requested batch and of two more
    give(0, 1, 2, 3, 4, 5);
    expect((await first).value).toEqual(["s0", "s1"]);
    await turn();
    expect(begun.length).toBe(6);
    expect((await batches.next()).value).toEqual(["s2", "s3"]); // this batch was ready; taking it starts another one
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    await batches.return();
  });

  test("without it begins a batch when it is asked for", async () => {
    const { dataset, begun, give } = slow();
    const batches = new DataLoader(dataset, ordered)[Symbol.asyncIterator]();
    const first = batches.next();
    await turn();
    give(0, 1);
    await first;
    await turn();
    expect(begun).toEqual([0, 1]);
    await batches.return();
  });

  test("requests the samples of a batch in parallel, and keeps their order whichever is ready first", async () => {
    const { dataset, begun, give } = slow();
    const batches = new DataLoader(dataset, { ...ordered, batchSize: 4 })[Symbol.asyncIterator]();
    const first = batches.next();
    await turn();
    expect(begun).toEqual([0, 1, 2, 3]);
    give(3, 1, 0, 2);
    expect((await first).value).toEqual(["s0", "s1", "s2", "s3"]);
    await batches.return();
  });

  test("does not begin the next epoch before it is asked for", async () => {
    const { dataset, begun, give } = slow();
    const loader = new DataLoader(dataset, { ...ordered, batchSize: 5, prefetch: 9 });
    const run = all(loader);
    await turn();
    give(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    expect((await run).length).toBe(2);
    expect(begun.length).toBe(10);
    expect([loader.epoch, loader.position]).toEqual([1, 0]);
  });

  test("throws what making a batch threw when that batch is asked for, which stays the next one", async () => {
    let broken = true;
    const dataset = new MapDataset(names, (name, index) => {
      if (index === 5 && broken) throw new RangeError("no picture 5");
      return name;
    });
    const loader = new DataLoader(dataset, { ...ordered, prefetch: 3 });
    const seen: string[][] = [];
    const loop = async () => {
      for await (const batch of loader) seen.push(batch);
    };
    await expect(loop()).rejects.toThrow("no picture 5");
    expect(seen).toEqual([
      ["s0", "s1"],
      ["s2", "s3"],
    ]);
    expect([loader.epoch, loader.position]).toEqual([0, 2]);
    broken = false;
    await loop();
    expect(seen.flat()).toEqual(names);
  });

  test("saves the place of the last batch handed out, not of the last one prefetched, and continues from there", async () => {
    for (const done of [0, 1, 3]) {
      const first = loaderOf({ prefetch: 2 });
      const batches = first[Symbol.asyncIterator]();
      for (let i = 0; i < done; i++) await batches.next();
      const state = JSON.parse(JSON.stringify(first.stateDict()));
      expect(state.position).toBe(done);
      const second = loaderOf({ prefetch: 1 });
      second.loadStateDict(state);
      const rest: unknown[] = [];
      for (let next = await batches.next(); !next.done; next = await batches.next())
        rest.push(next.value);
      expect(await all(second)).toEqual(rest);
    }
  });

  test("gives what follows the new place after it was moved", async () => {
    const loader = new DataLoader(letters, { ...ordered, prefetch: 2 });
    const batches = loader[Symbol.asyncIterator]();
    await batches.next();
    expect([...loader.next()]).toEqual([2, 3]);
    expect((await batches.next()).value).toEqual(["s4", "s5"]);
    loader.loadStateDict({ ...loader.stateDict(), position: 0 });
    expect((await batches.next()).value).toEqual(["s0", "s1"]);
    await batches.return();
  });
});

describe("a transform", () => {
  test("changes batches as they are given, in their order, and is told the place", async () => {
    const places: string[] = [];
    const transform = (batch: string[], place: { epoch: number; position: number }) => {
      places.push(`${place.epoch}:${place.position}`);
      return batch.join("");
    };
    const dataset = new MapDataset(names.slice(0, 4), async (name) => name);
    const loader = new DataLoader(dataset, { ...ordered, prefetch: 3, transform });
    const batches = loader[Symbol.asyncIterator]();
    expect((await batches.next()).value).toBe("s0s1");
    expect(places).toEqual(["0:0"]); // the place counts the batch handed out, not those prefetched
    expect((await batches.next()).value).toBe("s2s3");
    await batches.next();
    const forward = (batch: string[]) => batch.length;
    expect(await all(new DataLoader(dataset, { ...ordered, transform: { forward } }))).toEqual([
      2, 2,
    ]);
    expect(places).toEqual(["0:0", "0:1"]);
  });

  test("that throws leaves its batch the next one", async () => {
    const transform = () => {
      throw new RangeError("no");
    };
    const loader = new DataLoader({ length: 4, batch: () => "b" }, { ...ordered, transform });
    await expect(all(loader)).rejects.toThrow("no");
    expect(loader.position).toBe(0);
  });
});

describe("collate", () => {
  test("makes batches of samples", async () => {
    const collate = (samples: readonly { name: string }[]) =>
      samples.map(({ name }) => name).join("+");
    const dataset = { length: 5, get: (i: number) => ({ name: `s${i}` }) };
    const batches = await all(new DataLoader(dataset, { ...ordered, collate, prefetch: 1 }));
    expect(batches).toEqual(["s0+s1", "s2+s3", "s4"]);
  });

  test("is refused where there are no samples, and asked for where there is nothing else", () => {
    const collate = () => 0;
    const batched = { length: 2, batch: () => 0 };
    expect(() => Reflect.construct(DataLoader, [batched, { collate }])).toThrow(
      /get\(index\) for collate/,
    );
    expect(() => Reflect.construct(DataLoader, [{ length: 2, get: () => 0 }])).toThrow(
      /or collate/,
    );
  });
});
