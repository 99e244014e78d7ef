import { describe, expect, test } from "vitest";
import { batches, parseIdx, trainTestSplit } from "../../../src/data/index.ts";
import { sizeClass } from "../../../src/gpu/pool.ts";
import { damaged, randomIntegers } from "../../support/files.ts";
import { expectRefusal, seedOr, Tally, tries } from "../../support/fuzz.ts";

const idx = (...bytes: number[]) => Uint8Array.from(bytes).buffer;

describe("parseIdx", () => {
  test("reads shape and bytes", () => {
    const { shape, data } = parseIdx(idx(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6));
    expect(shape).toEqual([2, 3]);
    expect([...data]).toEqual([1, 2, 3, 4, 5, 6]);
    const bytes = new Uint8Array([7, 7, 0, 0, 8, 1, 0, 0, 0, 2, 5, 6, 7]).subarray(2, 12); // shared memory
    expect(parseIdx(bytes)).toEqual({ shape: [2], data: Uint8Array.of(5, 6) });
  });

  test("refuses other files, cut ones and headers without end", () => {
    expect(() => parseIdx(idx(0x1f, 0x8b, 8, 0))).toThrow(
      "parseIdx: expected an IDX file of unsigned bytes, which begins with 00 00 08, got 4 bytes that begin with 1f 8b 08; unpack .gz files first",
    );
    expect(() => parseIdx(idx())).toThrow("got 0 bytes that begin with none; unpack .gz files");
    expect(() => parseIdx(idx(0, 0, 8, 1, 0, 0, 0, 5, 1, 2))).toThrow(/expected 5 bytes.*got 2; /);
    expect(() => parseIdx(idx(0, 0, 8, 3, 0, 0))).toThrow(
      /a header of 16 bytes, got a file of 6; /,
    );
  });

  test("damaged files are refused with what to do, or are bytes of the shape they say", () => {
    const below = randomIntegers(seedOr(5));
    const tally = new Tally("IDX");
    const file = new Uint8Array(idx(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6));
    for (let i = 0; i < tries(2000); i++) {
      const since = performance.now();
      try {
        const { shape, data } = parseIdx(damaged(file, below).buffer);
        tally.count("read", since);
        expect(data.length).toBe(shape.reduce((product, n) => product * n, 1));
      } catch (error) {
        expectRefusal(error, "parseIdx");
        tally.count("refused", since);
      }
    }
    tally.tell();
    expect(tally.refused).toBeGreaterThan(0.5 * tries(2000));
  });
});

describe("batches", () => {
  test("visit every sample once an epoch, in another order the next, in the same order for the same seed", () => {
    const epoch = (n: number, seed = 1) => [...batches(100, n, { batchSize: 32, seed })];
    expect(epoch(0).map((b) => b.length)).toEqual([32, 32, 32, 4]);
    const order = (n: number, seed = 1) => epoch(n, seed).flatMap((b) => [...b]);
    expect(order(0).sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(order(0)).not.toEqual(order(1));
    expect(order(0)).not.toEqual(order(0, 2));
    expect(order(3)).toEqual(order(3));
  });

  test("are mini-batches, single samples or everything", () => {
    const sizes = (options: Parameters<typeof batches>[2]) =>
      [...batches(10, 0, options)].map((b) => b.length);
    expect(sizes({ batchSize: 4, dropLast: true })).toEqual([4, 4]);
    expect(sizes({ batchSize: 1 })).toEqual(Array(10).fill(1));
    expect(sizes({ batchSize: "full", shuffle: false })).toEqual([10]);
    expect(() => sizes({ batchSize: 0 })).toThrow(/batchSize ≥ 1/);
  });
});

test("trainTestSplit is disjoint and complete", () => {
  const { train, test: held } = trainTestSplit(50, { testSize: 0.2, seed: 3 });
  expect([train.length, held.length]).toEqual([40, 10]);
  expect(new Set([...train, ...held]).size).toBe(50);
  expect(() => trainTestSplit(5, { testSize: 9 })).toThrow(/0..5/);
});

test("a buffer is at most a quarter larger than what was asked for, and classes are their own class", () => {
  for (const bytes of [1, 256, 257, 320, 1000, 4096, 5000, 70_000, 1e6, 123_456_789]) {
    const size = sizeClass(bytes);
    expect(size).toBeGreaterThanOrEqual(bytes);
    expect(size).toBeLessThanOrEqual(Math.max(256, bytes * 1.25));
    expect(size % 16).toBe(0);
    expect(sizeClass(size)).toBe(size);
  }
});
