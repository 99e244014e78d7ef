import { describe, expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import {
  assignBuffers,
  busiest,
  type Interval,
  liveness,
} from "../../../src/scheduler/step/liveness.ts";

const command = (reads: number[], writes: number[]) => ({ reads, writes });

describe("live commands", () => {
  test("are those that lead to what is wanted", () => {
    const commands = [
      command([0], [1]),
      command([0], [2]), // 2 is never read
      command([1], [3]),
      command([3], [4]), // 4 is never read
    ];
    expect(liveness(commands, new Set([3]))).toEqual([true, false, true, false]);
  });

  test("keep what a storage is updated by, before and after it is read", () => {
    const update = command([5, 0], [5]);
    const commands = [update, command([5], [6]), update];
    expect(liveness(commands, new Set([6]))).toEqual([true, true, false]);
    expect(liveness(commands, new Set([5, 6]))).toEqual([true, true, true]);
  });

  test("never are those that write nothing wanted", () => {
    expect(liveness([command([0], []), command([0], [1])], new Set())).toEqual([false, false]);
  });
});

describe("buffers", () => {
  const meet = (a: Interval, b: Interval) => a.first <= b.last && b.first <= a.last;

  test("are shared by intervals that do not meet, and by no others", () => {
    const random = seeded(4);
    for (let trial = 0; trial < 40; trial++) {
      const intervals = Array.from({ length: 30 }, () => {
        const first = Math.floor(random() * 40);
        return {
          first,
          last: first + Math.floor(random() * 8),
          bytes: 1 + Math.floor(random() * 999),
        };
      });
      const { buffers, sizes } = assignBuffers(intervals);
      intervals.forEach((a, i) => {
        expect(sizes[buffers[i] as number]).toBeGreaterThanOrEqual(a.bytes);
        intervals.forEach((b, j) => {
          if (i < j && buffers[i] === buffers[j]) expect(meet(a, b)).toBe(false);
        });
      });
      const total = sizes.reduce((x, y) => x + y, 0);
      expect(total).toBeGreaterThanOrEqual(busiest(intervals));
      expect(total).toBeLessThan(1.7 * busiest(intervals));
    }
  });

  test("of a chain are two, as large as its largest neighbours", () => {
    const chain = [10, 20, 30, 20, 10].map((bytes, i) => ({ first: i, last: i + 1, bytes }));
    expect(assignBuffers(chain).sizes).toEqual([30, 20]);
    expect(busiest(chain)).toBe(50);
  });

  test("of nothing are none", () => {
    expect(assignBuffers([])).toEqual({ buffers: [], sizes: [] });
    expect(busiest([])).toBe(0);
  });
});
