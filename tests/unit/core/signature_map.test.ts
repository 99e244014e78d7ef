import { expect, test } from "vitest";
import { number } from "../../../src/core/kinds.ts";
import { checked } from "../../../src/core/signature.ts";

const twice = checked("twice", { x: number }, (x: number) => 2 * x);

test("a function of one parameter can be given to map, and takes nothing else behind it", () => {
  expect([1, 2, 3].map(twice)).toEqual([2, 4, 6]);
  const loose = twice as (...args: readonly unknown[]) => number;
  expect(() => loose(1, 2)).toThrow(/twice: expected at most 1 arguments \(x\), got 2/);
  expect(() => loose(1, 0, [2])).toThrow(/got 3; leave the rest out/);
});
