import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import { elementsOf, type Nested } from "../../../src/tensor/elements.ts";

/** Calls with data of any type, as JavaScript code can. */
const of = (data: unknown, asked: Parameters<typeof elementsOf>[1] = {}) =>
  elementsOf(data as Nested, asked);

describe("what tensor() takes:", () => {
  test.each([
    ["a number", 7, [], "f32", [7]],
    ["an array", [1, 2.5], [2], "f32", [1, 2.5]],
    ["nested arrays", [[1, 2, 3], [4, 5, 6]], [2, 3], "f32", [1, 2, 3, 4, 5, 6]], // biome-ignore format: rows
    ["an empty array", [], [0], "f32", []],
    ["empty rows", [[], []], [2, 0], "f32", []],
    ["rows that are typed arrays", [Float32Array.of(1, 2), Int8Array.of(3, -4)], [2, 2], "f32", [1, 2, 3, -4]], // biome-ignore format: one line a case
    ["Float32Array", Float32Array.of(0.1), [1], "f32", [Math.fround(0.1)]],
    ["Float64Array", Float64Array.of(0.1, NaN), [2], "f32", [Math.fround(0.1), NaN]],
    ["Int8Array", Int8Array.of(-128, 127), [2], "i32", [-128, 127]],
    ["Int16Array", Int16Array.of(-32768, 32767), [2], "i32", [-32768, 32767]],
    ["Int32Array", Int32Array.of(-(2 ** 31), 5), [2], "i32", [-(2 ** 31), 5]],
    ["BigInt64Array", BigInt64Array.of(-3n, 4n), [2], "i32", [-3, 4]],
    ["Uint8Array", Uint8Array.of(0, 255), [2], "u32", [0, 255]],
    ["Uint8ClampedArray", Uint8ClampedArray.of(300, 7), [2], "u32", [255, 7]],
    ["Uint16Array", Uint16Array.of(65535), [1], "u32", [65535]],
    ["Uint32Array", Uint32Array.of(2 ** 32 - 1), [1], "u32", [2 ** 32 - 1]],
    ["BigUint64Array", BigUint64Array.of(2n ** 32n - 1n), [1], "u32", [2 ** 32 - 1]],
  ])("%s", (_, data, shape, dtype, values) => {
    const made = of(data);
    expect([made.shape, made.dtype, [...made.flat]]).toEqual([shape, dtype, values]);
  });

  test("numbers of any kind as the dtype that is asked for", () => {
    expect([...of(Uint8ClampedArray.of(1, 255), { dtype: "f32" }).flat]).toEqual([1, 255]);
    expect([...of(Float64Array.of(3, 4), { dtype: "u32" }).flat]).toEqual([3, 4]);
    expect([...of(Int32Array.of(3, 4), { dtype: "u32" }).flat]).toEqual([3, 4]);
    expect([...of(BigInt64Array.of(3n), { dtype: "f32" }).flat]).toEqual([3]);
    expect([...of([1 / 3], { dtype: "f16" }).flat]).toEqual([0.333251953125]);
  });

  test("integers with the smallest and the largest of them", () => {
    expect(of([3, -1, 7], { dtype: "i32" }).bounds).toEqual([-1, 7]);
    expect(of(BigInt64Array.of(9n, 2n)).bounds).toEqual([2, 9]);
    expect(of([], { dtype: "u32" }).bounds).toBeUndefined();
    expect(of([1, 2]).bounds).toBeUndefined();
  });

  test("a flat array in any shape of its size", () => {
    expect(of([1, 2, 3, 4], { shape: [2, 2] }).shape).toEqual([2, 2]);
    expect(of([], { shape: [0, 4] }).shape).toEqual([0, 4]);
  });
});

describe("what tensor() refuses:", () => {
  const u32 = { dtype: "u32" } as const;
  const i32 = { dtype: "i32" } as const;

  test.each([
    ["NaN as u32", [0, 1, NaN], u32, "integers in 0..4294967295 for u32, got NaN at [2]"],
    ["−1 as u32", [[1, 2], [3, -1]], u32, "integers in 0..4294967295 for u32, got -1 at [1, 1]"], // biome-ignore format: one line a case
    ["0.7 as u32", [0.7], u32, "for u32, got 0.7 at [0]; round or clamp them, or choose another"],
    [
      "0.7 as i32",
      Float32Array.of(0.5),
      i32,
      "integers in -2147483648..2147483647 for i32, got 0.5",
    ],
    ["∞ as i32", [Infinity], i32, "for i32, got Infinity at [0]"],
    ["2³¹ as i32", [2 ** 31], i32, "for i32, got 2147483648 at [0]"],
    ["2³² as u32", [2 ** 32], u32, "for u32, got 4294967296 at [0]"],
    ["a negative of an Int32Array as u32", Int32Array.of(-2), u32, "for u32, got -2 at [0]"],
    ["2³¹ of a BigInt64Array", BigInt64Array.of(2n ** 31n), {}, "for i32, got 2147483648 at [0]"],
    ["text", ["a"], {}, 'tensor: expected numbers, got "a" at [0]; convert it'],
    ["null", [1, null], {}, "tensor: expected numbers, got null at [1]; convert it"],
    ["a hole", [[1, undefined]], {}, "tensor: expected numbers, got nothing at [0, 1]"],
    ["a bigint", [1n], {}, "tensor: expected numbers, got 1n at [0]"],
    ["an object", [{ a: 1 }], {}, "tensor: expected numbers, got an object { a } at [0]"],
    ["a DataView", new DataView(new ArrayBuffer(4)), {}, "or a typed array, got a DataView; read"],
  ])("%s", (_, data, asked, words) => {
    expect(() => of(data, asked)).toThrow(ValueError);
    expect(() => of(data, asked)).toThrow(words);
  });

  test.each([
    ["ragged rows", [[1, 2], [3]], {}, "rows of one length, [2] at [1], got [1]; pad them"],
    ["a row among numbers", [1, [2]], {}, "rows of one length, [] at [1], got [1]; pad them"],
    ["a number among rows", [[1], 2], {}, "rows of one length, [1] at [1], got 2; pad them"],
    ["an empty row first", [[], [1]], {}, "rows of one length, [0] at [1], got [1]"],
    ["too few elements", [], { shape: [2] }, "expected 2 elements for [2], got 0; check the shape"],
    ["too many", Float32Array.of(1, 2, 3), { shape: [2] }, "expected 2 elements for [2], got 3"],
    ["rows under another shape", [[1, 2, 3], [4, 5, 6]], { shape: [3, 2] }, "for [3, 2], got [2, 3]"], // biome-ignore format: one line a case
  ])("%s", (_, data, asked, words) => {
    expect(() => of(data, asked)).toThrow(ShapeError);
    expect(() => of(data, asked)).toThrow(words);
  });
});
