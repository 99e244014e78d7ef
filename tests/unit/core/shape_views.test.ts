import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import { contiguous } from "../../../src/kernels/shape/contiguous.ts";
import { paddedShape } from "../../../src/kernels/shape/pad.ts";
import { place } from "../../../src/kernels/shape/place.ts";
import {
  asTranspose,
  expanded,
  permuted,
  section,
  sliced,
} from "../../../src/kernels/shape/views.ts";
import { collapse } from "../../../src/kernels/shape/walk.ts";

describe("views", () => {
  test("permuted", () => {
    expect(permuted([2, 3, 4], [2, 0, -2])).toEqual({
      shape: [4, 2, 3],
      strides: [1, 12, 4],
      offset: 0,
    });
    expect(() => permuted([2, 3], [0, 0])).toThrow(ShapeError);
    expect(() => permuted([2, 3], [0])).toThrow(/each axis/);
  });

  test("sliced", () => {
    expect(sliced([5, 7], [{ start: -2 }, { start: 1, end: 6, step: 2 }])).toEqual({
      shape: [2, 3],
      strides: [7, 2],
      offset: 22,
    });
    expect(() => sliced([5], [{ end: 6 }])).toThrow(ShapeError);
    expect(() => sliced([5], [{ start: 3, end: 2 }])).toThrow(ShapeError);
    expect(() => sliced([5], [{ step: 0 }])).toThrow(ValueError);
    expect(() => sliced([5], [{}, {}])).toThrow(/one per axis/);
  });

  test("expanded", () => {
    expect(expanded([3, 1], [2, 3, 4])).toEqual({
      shape: [2, 3, 4],
      strides: [0, 1, 0],
      offset: 0,
    });
    expect(() => expanded([3], [4])).toThrow(ShapeError);
    expect(() => expanded([1, 3], [3])).toThrow(ShapeError);
  });

  test("asTranspose recognises batches of matrices, unless they are narrow", () => {
    const of = (shape: number[], order: number[]) => asTranspose(permuted(shape, order));
    expect(of([40, 50], [1, 0])).toEqual({ batch: 1, rows: 40, columns: 50 });
    expect(of([2, 9, 4, 5], [0, 2, 3, 1])).toEqual({ batch: 2, rows: 9, columns: 20 });
    expect(of([2, 3, 4, 8], [0, 3, 1, 2])).toEqual({ batch: 2, rows: 12, columns: 8 });
    expect(of([40, 7], [1, 0])).toBeUndefined();
    expect(of([20, 30, 40], [0, 1, 2])).toBeUndefined();
    expect(of([20, 30, 40], [1, 0, 2])).toBeUndefined();
    expect(asTranspose(sliced([40, 50], [{ start: 1 }]))).toBeUndefined();
  });

  test("a view that leaves its tensor is refused", () => {
    expect(() => contiguous.plan({ x: [5] }, { shape: [3], strides: [2], offset: 1 })).toThrow(
      ShapeError,
    );
    expect(() => contiguous.plan({ x: [5] }, { shape: [2], strides: [-1], offset: 1 })).toThrow(
      ShapeError,
    );
    expect(() => place.plan({ x: [2, 5], y: [5] }, expanded([5], [2, 5]))).toThrow(/stride of 0/);
    expect(() => place.plan({ x: [3], y: [5] }, section([5], 0, 1, 2))).toThrow(ShapeError);
    expect(() =>
      paddedShape(
        [2, 3],
        [
          [1, -1],
          [0, 0],
        ],
      ),
    ).toThrow(ShapeError);
  });

  test("collapse merges neighbours that every operand walks as one", () => {
    expect(collapse([2, 3, 4], [12, 4, 1])).toEqual([{ size: 24, strides: [1] }]);
    expect(collapse([2, 1, 4], [4, 0, 1], [1, 0, 0])).toEqual([
      { size: 2, strides: [4, 1] },
      { size: 4, strides: [1, 0] },
    ]);
    expect(collapse([1, 1], [7, 9])).toEqual([{ size: 1, strides: [0] }]);
  });
});
