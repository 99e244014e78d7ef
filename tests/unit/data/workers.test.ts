import { afterEach, describe, expect, test, vi } from "vitest";
import { DataLoader, exposeMap, MapDataset, WorkerPool } from "../../../src/data/index.ts";

type Message = { id: number; item: unknown; index: number };

/** A fake worker that answers when the test calls it to. */
class FakeWorker extends EventTarget {
  readonly asked: Message[] = [];
  ended = false;
  postMessage(message: Message): void {
    if (typeof message.item === "function") throw new DOMException("no clone", "DataCloneError");
    this.asked.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
  answer(data: object): void {
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }
  fail(message: string): void {
    this.dispatchEvent(Object.assign(new Event("error"), { message }));
  }
}

function poolOf(size: number) {
  vi.stubGlobal("Worker", FakeWorker);
  const workers: FakeWorker[] = [];
  const make = () => {
    workers.push(new FakeWorker());
    return workers.at(-1) as FakeWorker as never;
  };
  return { pool: new WorkerPool(make, { size }), workers };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

const turn = () => new Promise((resolve) => setTimeout(resolve));

describe("a pool of workers", () => {
  test("gives each sample to the one with the fewest, and a batch in its order", async () => {
    const { pool, workers } = poolOf(2);
    const dataset = new MapDataset(["a", "b", "c"], pool.map as (item: string) => Promise<string>);
    const batch = dataset.batch(Uint32Array.of(2, 0, 1));
    await turn();
    expect(workers.map(({ asked }) => asked.map(({ item, index }) => [item, index]))).toEqual([
      [
        ["c", 2],
        ["b", 1],
      ],
      [["a", 0]],
    ]);
    for (const worker of workers.toReversed()) {
      for (const { id, item } of worker.asked.toReversed())
        worker.answer({ id, value: `${item}!` });
    }
    expect(await batch).toEqual(["c!", "a!", "b!"]);
  });

  test("passes on what its function threw, and goes on", async () => {
    const { pool, workers } = poolOf(1);
    const [bad, good] = [pool.map("x", 0), pool.map("y", 1)];
    workers[0]?.answer({ id: 0, error: { name: "EncodingError", message: "no picture" } });
    workers[0]?.answer({ id: 1, value: 7 });
    await expect(bad).rejects.toThrow(
      expect.objectContaining({ name: "EncodingError", message: "no picture" }),
    );
    expect(await good).toBe(7);
  });

  test("reports a crashed worker, an item that cannot be cloned, and use after dispose()", async () => {
    const { pool, workers } = poolOf(1);
    await expect(pool.map(() => 1)).rejects.toThrow(
      /^WorkerPool: expected an item that can be sent to a worker, got .*no clone/,
    );
    const waiting = pool.map("x");
    pool.dispose();
    await expect(waiting).rejects.toThrow(/got one that was disposed of/);
    await expect(pool.map("y")).rejects.toThrow(/got one that was disposed of/);
    expect(workers[0]?.ended).toBe(true);
    const other = poolOf(1);
    const first = other.pool.map("x");
    other.workers[0]?.fail("404");
    await expect(first).rejects.toThrow(
      'WorkerPool: expected a worker that runs exposeMap, got "404"; does its module load?',
    );
    await expect(other.pool.map("y")).rejects.toThrow(/does its module load/);
  });

  test("is refused where there are no workers", () => {
    vi.stubGlobal("Worker", undefined);
    expect(() => new WorkerPool(() => undefined as never)).toThrow(
      /^WorkerPool: expected Web Workers, which are not there in this environment/,
    );
    expect(() => exposeMap(() => 1)).toThrow(
      /^exposeMap: expected to be called in a Web Worker, got a page/,
    );
  });
});

test("exposeMap answers with samples, whose typed arrays are moved, and with what was thrown", async () => {
  const sent: [Record<string, unknown>, unknown[]][] = [];
  const listeners: ((event: object) => Promise<void>)[] = [];
  vi.stubGlobal("WorkerGlobalScope", class {});
  vi.stubGlobal("postMessage", (message: Record<string, unknown>, moved: unknown[]) =>
    sent.push([message, moved]),
  );
  vi.stubGlobal("addEventListener", (_: string, listener: (event: object) => Promise<void>) =>
    listeners.push(listener),
  );
  exposeMap((item: string, index) => {
    if (item === "bad") throw new RangeError("out");
    return { x: Float32Array.of(index), y: [index, { z: item }] };
  });
  const [listener] = listeners;
  await listener?.({ data: { id: 4, item: "good", index: 2 } });
  await listener?.({ data: { id: 5, item: "bad", index: 3 } });
  const [[good, moved], [bad]] = sent as never as [
    [{ id: number; value: { x: Float32Array } }, unknown[]],
    [object],
  ];
  expect(good).toMatchObject({ id: 4, value: { y: [2, { z: "good" }] } });
  expect(moved).toEqual([good.value.x.buffer]);
  expect(bad).toEqual({ id: 5, error: { name: "RangeError", message: "out" } });
});

describe("with 5 ms to decode a sample, the step waits", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /**
   * Milliseconds that the training loop waited for data in one epoch: steps of 12 ms, batches of two decoded one after
   * the other.
   */
  async function waited(prefetch: number): Promise<number> {
    vi.useFakeTimers();
    const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
    let decoding = Promise.resolve();
    const dataset = new MapDataset(160, (index) => {
      decoding = decoding.then(() => pause(5));
      return decoding.then(() => String(index));
    });
    let wait = 0;
    const run = (async () => {
      let since = Date.now();
      for await (const _ of new DataLoader(dataset, { batchSize: 2, prefetch })) {
        wait += Date.now() - since;
        await pause(12);
        since = Date.now();
      }
    })();
    await vi.runAllTimersAsync();
    await run;
    return wait;
  }

  test("at most 5 % with prefetch of the time that it waits without", async () => {
    const [without, ahead] = [await waited(0), await waited(2)];
    expect(without).toBe(80 * 10);
    expect(ahead).toBeLessThanOrEqual(0.05 * without);
  });
});
