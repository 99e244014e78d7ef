import { describe, expect, test } from "vitest";
import { ShapeError } from "../../../src/core/errors.ts";
import * as shape from "../../../src/core/shape.ts";

test("a scalar has one element, an empty axis none", () => {
  expect([shape.size([]), shape.size([2, 3]), shape.size([2, 0, 3])]).toEqual([1, 6, 0]);
});

test("strides are row-major", () => {
  expect(shape.strides([2, 3, 4])).toEqual([12, 4, 1]);
  expect(shape.strides([])).toEqual([]);
});

test("shapes are the same when every size is", () => {
  expect(shape.sameShape([2, 3], [2, 3])).toBe(true);
  expect(shape.sameShape([2, 3], [3, 2])).toBe(false);
  expect(shape.sameShape([2], [2, 1])).toBe(false);
});

test.each([[[-1]], [[1.5]], [[Number.NaN]], [[2, Infinity]]])("%j is not a shape", (sizes) => {
  expect(() => shape.checkShape("zeros", sizes)).toThrow(
    /^zeros: expected a shape of integers ≥ 0, got \[/,
  );
});

test("an axis counts from either end, and one beyond is an error that gives the range", () => {
  expect([shape.normalizeAxis("sum", -1, 3), shape.normalizeAxis("sum", 0, 3)]).toEqual([2, 0]);
  expect(() => shape.normalizeAxis("sum", 3, 3)).toThrow(
    "sum: expected an axis in -3..2, got 3; count from 0",
  );
  expect(() => shape.normalizeAxis("sum", 0.5, 3)).toThrow(ShapeError);
});

describe("broadcasting", () => {
  test.each([
    [[2, 3], [3], [2, 3]],
    [
      [2, 1],
      [1, 3],
      [2, 3],
    ],
    [[], [4], [4]],
    [[1], [0], [0]],
    [
      [5, 1, 4],
      [3, 1],
      [5, 3, 4],
    ],
  ])("%j with %j gives %j", (a, b, result) => {
    expect(shape.broadcastShapes("add", a, b)).toEqual(result);
    expect(shape.broadcastShapes("add", b, a)).toEqual(result);
  });

  test("sizes that differ and are not 1 are an error that shows both", () => {
    expect(() => shape.broadcastShapes("add", [2, 3], [2])).toThrow(
      "add: expected shapes that broadcast, got a[2, 3] and b[2]: sizes 3 and 2 meet; make them equal or one of them 1",
    );
  });
});

test("typed arrays are made from a length, a buffer or numbers", () => {
  expect(shape.typedArray("i32", 2)).toEqual(new Int32Array(2));
  expect(shape.typedArray("u32", new Uint32Array([7]).buffer)).toEqual(new Uint32Array([7]));
  expect(shape.typedArray("f32", [0.5])).toEqual(new Float32Array([0.5]));
});
