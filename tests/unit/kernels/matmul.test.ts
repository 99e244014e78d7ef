import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import { blockProblem } from "../../../src/kernels/matmul/blocks.ts";
import {
  chooseMatmul,
  type MatmulLimits,
  matmulCandidates,
} from "../../../src/kernels/matmul/choose.ts";
import { type MatmulKernelOptions, matmulProblem } from "../../../src/kernels/matmul/problem.ts";
import { matmulSumParts } from "../../../src/kernels/matmul/sum_parts.ts";
import { matmulTiled } from "../../../src/kernels/matmul/tiled.ts";
import { matmulVector } from "../../../src/kernels/matmul/vector.ts";

const card = { software: false };
const software = { software: true };

describe("chooseMatmul", () => {
  const choose = (a: readonly number[], b: readonly number[], adapter: MatmulLimits = card) => {
    const { name, parts } = chooseMatmul({ a, b }, {}, adapter);
    return parts === 1 ? name : `${name}: ${parts}`;
  };

  test("takes large tiles where enough of them are full", () => {
    expect(choose([1024, 512], [512, 512])).toBe("tiled");
    expect(choose([16, 128, 64], [64, 64])).toBe("tiled");
    expect(choose([2048, 512], [512, 1024])).toBe("tiled_large");
  });
  test("takes small tiles where large ones are few or mostly empty", () => {
    expect(choose([256, 100], [100, 256])).toBe("tiled_small");
    expect(choose([4096, 512], [512, 10])).toBe("tiled_small");
  });
  test("cuts k where there are few tiles", () => {
    expect(choose([64, 4096], [4096, 64])).toBe("tiled_small in parts: 32");
    expect(choose([128, 784], [784, 128])).toBe("tiled_small in parts: 4");
    expect(choose([64, 254], [254, 64])).toBe("tiled_small");
    expect(choose([64, 1021], [1021, 64])).toBe("tiled_small"); // a prime
  });
  test("leaves k whole where the batch already has as many axes as fit", () => {
    const [a, b] = [
      [2, 1, 2, 1, 2, 1, 8, 4096],
      [1, 2, 1, 2, 1, 1, 4096, 8],
    ] as const;
    expect(chooseMatmul({ a, b }, {}, card).parts).toBe(4);
    const full = { a: [2, 1, 2, 1, 2, 1, 8, 4096], b: [1, 2, 1, 2, 1, 2, 4096, 8] };
    expect(chooseMatmul(full, {}, card).parts).toBe(1);
  });
  test("gives a row or a column of results to the vector kernel", () => {
    expect(choose([1, 512], [512, 512])).toBe("vector");
    expect(choose([4, 64, 512], [512, 1])).toBe("vector");
  });
  test("stages nothing for sums shorter than a slice", () => {
    expect(choose([1024, 8], [8, 1024])).toBe("registers");
  });
  test("avoids barriers on a software adapter whatever the shape", () => {
    expect(choose([1024, 512], [512, 512], software)).toBe("registers_16x16");
    expect(choose([256, 256], [256, 256], software)).toBe("registers_8x8");
    expect(choose([1000, 784], [784, 10], software)).toBe("registers_16x12");
    // with constant weights, 16 × 16 blocks pay off from about 2 M multiply-adds a layer
    const often = { software: true, constantWeights: true };
    expect(choose([960, 160], [160, 49], software)).toBe("registers_8x8");
    expect(choose([960, 160], [160, 49], often)).toBe("registers_16x16");
    expect(choose([64, 64], [64, 64], often)).toBe("registers_8x8");
    expect(choose([960, 160], [160, 49], { ...card, constantWeights: true })).toBe(
      choose([960, 160], [160, 49], card),
    );
    expect(choose([1, 512], [512, 512], software)).toBe("registers_vector");
    expect(choose([3, 512], [512, 512], software)).toBe("registers");
    expect(choose([8, 60], [60, 8], software)).toBe("registers");
    expect(choose([8, 4096], [4096, 8], software)).toBe("registers_8x8 in parts: 32");
    expect(choose([1, 4096], [4096, 1], software)).toBe("registers_vector in parts: 32");
  });
  test("every candidate plans what it is proposed for, and its name says which kernel it is", () => {
    const shapes = [
      [1, 4096, 3],
      [64, 4096, 64],
      [9, 12, 10],
      [300, 40, 300],
      [7, 8, 1],
    ] as const;
    for (const [m, k, n] of shapes) {
      for (const adapter of [card, software]) {
        const inputs = { a: [m, k], b: [k, n] };
        for (const { kernel, parts, name } of matmulCandidates(inputs, {}, adapter)) {
          const { c } = kernel.plan(inputs, { parts }).outputs;
          expect([name, c]).toEqual([name, parts === 1 ? [m, n] : [parts, m, n]]);
        }
      }
    }
  });
});

describe("slots of the block kernels", () => {
  const slots = (m: number, k: number, n: number, options: MatmulKernelOptions = {}) => {
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
    expect(batch_dims).toHaveLength(dims);
    return batch_dims.map(({ size, a, b }) => [size, a, b]);
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
  test("batches that do not meet", () =>
    refuse([2, 4, 4], [3, 4, 4]).toThrow(/shapes that broadcast/));
  test("a bias of another length", () =>
    refuse([4, 4], [4, 5], [4]).toThrow(/expected bias \[5\]/));
  test("parts that do not divide k", () => {
    const cut = (parts: number) => () => matmulProblem({ a: [2, 6], b: [6, 2] }, { parts });
    expect(cut(4)).toThrow(ValueError);
    expect(cut(4)).toThrow(/divides k = 6, got 4; choose a divisor/);
    expect(cut(0)).toThrow(/got 0/);
    expect(cut(1.5)).toThrow(/got 1.5/);
  });
  test("a bias, z or activation before the parts are added", () => {
    const a = [2, 6];
    const b = [6, 2];
    const cut = (more: object, options: MatmulKernelOptions = {}) =>
      expect(() => matmulProblem({ a, b, ...more }, { parts: 2, ...options }));
    cut({ bias: [2] }).toThrow(/give them to matmulSumParts/);
    cut({}, { act: "relu" }).toThrow(/no bias, affine, z, residual or activation with 2 parts/);
  });
  test("sums of parts with a wrong partial, bias or z", () => {
    const sum = (partial: readonly number[], more: object = {}) =>
      expect(() => matmulSumParts.plan({ partial, ...more }, {}));
    sum([3, 4]).toThrow(/\[parts, \.\.\., m, n\], got partial\[3, 4\]/);
    sum([3, 4, 5], { bias: [4] }).toThrow(/expected bias \[5\]/);
    sum([3, 4, 5], { z: [3, 4, 5] }).toThrow(/expected z\[4, 5\], the shape of the output/);
  });
  test("no vector for the vector kernel", () => {
    expect(() => matmulVector.plan({ a: [2, 3], b: [3, 2] }, {})).toThrow(/m = 1 or n = 1/);
  });
});
