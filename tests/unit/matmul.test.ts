import { describe, expect, test } from "vitest";
import { ShapeError } from "../../src/core/errors.ts";
import { blockProblem } from "../../src/kernels/matmul/blocks.ts";
import { chooseMatmul } from "../../src/kernels/matmul/choose.ts";
import { type MatmulOptions, matmulProblem } from "../../src/kernels/matmul/problem.ts";
import { matmulRegisters } from "../../src/kernels/matmul/registers.ts";
import { matmulTiled } from "../../src/kernels/matmul/tiled.ts";
import { matmulTiledSmall } from "../../src/kernels/matmul/tiled_small.ts";
import { matmulVector } from "../../src/kernels/matmul/vector.ts";

const card = { software: false };

describe("chooseMatmul", () => {
  const choose = (a: readonly number[], b: readonly number[], adapter = card) =>
    chooseMatmul({ a, b }, {}, adapter);

  test("takes large tiles where enough of them are full", () => {
    expect(choose([1024, 512], [512, 512])).toBe(matmulTiled);
    expect(choose([16, 128, 64], [64, 64])).toBe(matmulTiled);
  });
  test("takes small tiles where large ones are few or mostly empty", () => {
    expect(choose([128, 784], [784, 128])).toBe(matmulTiledSmall);
    expect(choose([4096, 512], [512, 10])).toBe(matmulTiledSmall);
  });
  test("gives a row or a column of results to the vector kernel", () => {
    expect(choose([1, 512], [512, 512])).toBe(matmulVector);
    expect(choose([4, 64, 512], [512, 1])).toBe(matmulVector);
  });
  test("stages nothing for sums shorter than a slice", () => {
    expect(choose([1024, 8], [8, 1024])).toBe(matmulRegisters);
  });
  test("avoids barriers on a software adapter whatever the shape", () => {
    expect(choose([1024, 512], [512, 512], { software: true })).toBe(matmulRegisters);
    expect(choose([1, 512], [512, 512], { software: true })).toBe(matmulRegisters);
  });
});

describe("slots of the block kernels", () => {
  const slots = (m: number, k: number, n: number, options: MatmulOptions = {}) => {
    const a = options.transposeA ? [k, m] : [m, k];
    const b = options.transposeB ? [n, k] : [k, n];
    const { load_a, load_b, store_c } = blockProblem({ a, b }, options).slots;
    return [load_a, load_b, store_c];
  };

  test("use vec4 exactly where the contiguous axis is a multiple of 4", () => {
    expect(slots(3, 8, 5)).toEqual(["rows4", "rows", "scalar"]);
    expect(slots(3, 6, 8)).toEqual(["rows", "rows4", "vec4"]);
    expect(slots(8, 3, 5, { transposeA: true, transposeB: true })).toEqual([
      "columns4",
      "columns",
      "scalar",
    ]);
    expect(slots(6, 4, 12, { transposeA: true, transposeB: true })).toEqual([
      "columns",
      "columns4",
      "vec4",
    ]);
  });
  test("never view an empty buffer as vec4", () => {
    expect(slots(4, 0, 4)).toEqual(["rows", "rows", "vec4"]);
    expect(slots(0, 4, 4)).toEqual(["rows", "rows4", "vec4"]);
    expect(slots(4, 4, 0)).toEqual(["rows4", "rows", "scalar"]);
  });
});

describe("batches", () => {
  const dims = (a: readonly number[], b: readonly number[]) => {
    const { dims, batch_dims } = matmulProblem({ a, b }, {}).params;
    return Array.from({ length: dims }, (_, d) => batch_dims.slice(4 * d, 4 * d + 3));
  };

  test("that step alike are one axis", () => {
    expect(dims([5, 3, 2, 4, 6], [5, 3, 2, 6, 7])).toEqual([[30, 24, 42]]);
    expect(dims([5, 3, 4, 6], [6, 7])).toEqual([[15, 24, 0]]);
    expect(dims([1, 4, 6], [1, 6, 7])).toEqual([]);
  });
  test("that broadcast keep their axis, innermost first", () => {
    expect(dims([2, 1, 4, 3], [3, 3, 5])).toEqual([
      [3, 0, 15],
      [2, 12, 0],
    ]);
  });
  test("fold grids longer than 65,535 workgroups", () => {
    const { grid } = matmulTiled.plan({ a: [70000, 2, 2], b: [2, 2] }, {});
    expect(grid).toEqual([35000, 2]);
  });
});

describe("refusals say what to do", () => {
  const refuse = (a: readonly number[], b: readonly number[], bias?: readonly number[]) =>
    expect(() => matmulProblem({ a, b, bias }, {}));

  test("inner sizes", () => {
    refuse([64, 32], [16, 8]).toThrow(ShapeError);
    refuse([64, 32], [16, 8]).toThrow(/32 and 16 in a\[64, 32\] · b\[16, 8\]; transpose one/);
  });
  test("a vector", () => refuse([32], [32, 8]).toThrow(/reshape a vector to \[1, k\] or \[k, 1\]/));
  test("batches that do not meet", () => refuse([2, 4, 4], [3, 4, 4]).toThrow(/do not broadcast/));
  test("a bias of another length", () =>
    refuse([4, 4], [4, 5], [4]).toThrow(/expected bias \[5\]/));
  test("no vector for the vector kernel", () => {
    expect(() => matmulVector.plan({ a: [2, 3], b: [3, 2] }, {})).toThrow(/m = 1 or n = 1/);
  });
});
