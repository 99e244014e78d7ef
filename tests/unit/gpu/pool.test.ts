import { expect, test } from "vitest";
import { newCounters } from "../../../src/gpu/counters.ts";
import { BufferPool } from "../../../src/gpu/pool.ts";

test("a request within the adapter's limit stays within it when it is rounded up", () => {
  const limit = 2 ** 31 - 4; // the limit of many adapters
  const device = {
    limits: { maxBufferSize: limit },
    createBuffer: (buffer: { size: number }) => buffer,
    pushErrorScope: () => undefined,
    popErrorScope: async () => null,
  } as unknown as GPUDevice;
  const pool = new BufferPool(device, newCounters(), 0);
  expect(pool.acquire(limit).size).toBe(limit);
  expect(pool.create(limit).size).toBe(limit);
  expect(pool.acquire(1000).size).toBe(1024);
});
