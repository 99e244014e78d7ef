import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import { type TransposedOptions, transposed } from "../../../src/kernels/conv2d/transposed.ts";

describe("a transposed convolution", () => {
  const of = (options: TransposedOptions, x = [1, 4, 5, 7], weight = [4, 2, 3, 3]) =>
    transposed("convTranspose2d", x, weight, undefined, options);

  test("has PyTorch's output size", () => {
    expect(of({}).output).toEqual([7, 9]);
    expect(of({ stride: 2, padding: 1, outputPadding: 1 }).output).toEqual([10, 14]);
    expect(of({ stride: [3, 1], padding: [0, 2], dilation: [2, 1] }).output).toEqual([17, 5]);
    expect(of({ groups: 2 }).channels).toBe(4);
  });

  test("takes output padding of a stride or more as further input", () => {
    const t = of({ stride: [2, 1], dilation: [5, 3], outputPadding: [4, 2] });
    expect(t.extra).toEqual([2, 2]);
    expect(of({ stride: 2, outputPadding: 1 }).extra).toEqual([0, 0]);
  });

  test("refuses what PyTorch refuses, and says what to do", () => {
    expect(() => of({ stride: 2, outputPadding: 2 })).toThrow("less than the stride 2");
    expect(() => of({ stride: 0 })).toThrow(ValueError);
    expect(() => of({ padding: -1 })).toThrow(ValueError);
    expect(() => of({ padding: 4 }, [1, 4, 3, 9])).toThrow("use less padding");
    expect(() => of({ groups: 3 })).toThrow(ShapeError);
    expect(() => of({}, [1, 3, 5, 5])).toThrow("change the weight or groups");
    expect(() => of({}, [0, 4, 5, 5])).toThrow(ShapeError);
    expect(() => transposed("f", [1, 4, 5, 5], [4, 2, 3, 3], [3], {})).toThrow("expected bias [2]");
  });
});
