import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import * as ops from "../../../src/ops/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { type Logs, readEvery } from "../../../src/tensor/read_every.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();
const step = (x: Tensor) => ({ loss: ops.sum(x), best: ops.max(x), at: ops.argmax(x) });
const input = (i: number) => tensor([i, -i, 0.5]);

describe("results of a step, read every so many calls,", () => {
  for (const copy of [true, false]) {
    test(`come in order, each once, of every scalar${copy ? "" : ", without copies"}`, async () => {
      const captured = capture(step, { copy });
      const seen: Logs<ReturnType<typeof step>>[] = [];
      const every = readEvery(captured, 4, (logs) => seen.push(logs));
      for (let i = 0; i < 10; i++) {
        using x = input(i);
        await every(x);
      }
      await every.finish();
      expect(seen.map(({ first, count }) => [first, count])).toEqual([[0, 4], [4, 4], [8, 2]]); // biome-ignore format: pairs
      const of = (name: "loss" | "best" | "at") => seen.flatMap(({ values }) => [...values[name]]);
      expect(of("loss")).toEqual(Array(10).fill(0.5));
      expect(of("best")).toEqual([0.5, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(of("at")).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
      expect(seen[0]?.values.at).toBeInstanceOf(Uint32Array);
      captured.dispose();
    });
  }

  test("do not stall the queue: steps are submitted while a read is on its way", async () => {
    const captured = capture((x: Tensor) => ops.sum(x));
    const { device } = engine.gpu;
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const map = GPUBuffer.prototype.mapAsync;
    GPUBuffer.prototype.mapAsync = async function (...args) {
      await gate; // simulates a slow GPU
      return map.apply(this, args);
    };
    try {
      const seen: number[] = [];
      const every = readEvery(captured, 5, ({ values }) => seen.push(...values));
      using x = tensor([1, 2]);
      const { submits } = engine.counters();
      for (let i = 0; i < 14; i++) await every(x); // two reads are in flight, and neither has completed
      expect(engine.counters().submits - submits).toBeGreaterThanOrEqual(14);
      expect(seen).toEqual([]);
      let waited = true;
      const third = every(x).then(() => {
        waited = false;
      });
      await device.queue.onSubmittedWorkDone();
      expect(waited).toBe(true); // a third read in flight would exceed the limit
      open();
      await third;
      await every.finish();
      expect(seen).toEqual(Array(15).fill(3));
    } finally {
      GPUBuffer.prototype.mapAsync = map;
    }
    captured.dispose();
  });

  test("keep no byte in 500 steps, and create no buffer", async () => {
    const captured = capture((x: Tensor) => ops.sum(ops.square(x)));
    let count = 0;
    const every = readEvery(captured, 20, (logs) => {
      count += logs.count;
    });
    using x = tensor(new Float32Array(1000).fill(0.5));
    for (let i = 0; i < 60; i++) await every(x);
    const { liveBytes, buffersCreated, bindGroupsCreated, allocatedBytes } = engine.counters();
    for (let i = 0; i < 500; i++) await every(x);
    expect(engine.counters()).toMatchObject({ liveBytes, buffersCreated, bindGroupsCreated });
    expect(engine.counters().allocatedBytes).toBe(allocatedBytes);
    await every.finish();
    expect(count).toBe(560);
    expect(engine.counters().liveBytes).toBeLessThan(liveBytes); // the gathered values are freed
    captured.dispose();
  });

  test("must be scalars, and what the callback throws comes out", async () => {
    const captured = capture((x: Tensor) => ops.square(x));
    expect(() => readEvery(captured, 0, () => {})).toThrow(ValueError);
    const every = readEvery(captured, 1, () => {});
    await expect(every(tensor([1, 2]))).rejects.toThrow(ShapeError);
    const failing = readEvery(captured, 1, () => {
      throw new Error("no disk");
    });
    await failing(tensor([1])).catch(() => undefined);
    await expect(failing.finish()).rejects.toThrow("no disk");
    captured.dispose();
  });
});
