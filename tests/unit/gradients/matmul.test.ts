import { describe, expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import { type Shape, size } from "../../../src/core/shape.ts";
import type { MatmulKernelOptions } from "../../../src/kernels/matmul/problem.ts";
import { reference } from "../../../src/kernels/matmul/reference.ts";
import { gradientDefect, numericalGradient, upstreamFor } from "../../../src/testing/gradcheck.ts";

const [m, k, n] = [3, 4, 5];
const multiply = (
  a: ArrayLike<number>,
  aShape: Shape,
  b: ArrayLike<number>,
  bShape: Shape,
  options: MatmulKernelOptions,
) => reference({ a: { shape: aShape, data: a }, b: { shape: bShape, data: b } }, options).c;

const filled = (shape: Shape, seed: number) => {
  const random = seeded(seed);
  return Float64Array.from({ length: size(shape) }, () => random() * 2 - 1);
};

describe.each([
  [false, false],
  [false, true],
  [true, false],
  [true, true],
])("matmul, transposeA %s, transposeB %s", (transposeA, transposeB) => {
  const aShape = transposeA ? [k, m] : [m, k];
  const bShape = transposeB ? [n, k] : [k, n];
  const options = { transposeA, transposeB };
  const a = filled(aShape, 1);
  const b = filled(bShape, 2);
  const dc = upstreamFor(m * n);
  const cShape = [m, n];

  test("dA = dC · Bᵀ", () => {
    const numerical = numericalGradient((x) => multiply(x, aShape, b, bShape, options), a, dc);
    const da = transposeA
      ? multiply(b, bShape, dc, cShape, { transposeA: transposeB, transposeB: true })
      : multiply(dc, cShape, b, bShape, { transposeB: !transposeB });
    expect(gradientDefect("da", da, numerical)).toBe("");
  });

  test("dB = Aᵀ · dC", () => {
    const numerical = numericalGradient((x) => multiply(a, aShape, x, bShape, options), b, dc);
    const db = transposeB
      ? multiply(dc, cShape, a, aShape, { transposeA: true, transposeB: transposeA })
      : multiply(a, aShape, dc, cShape, { transposeA: !transposeA });
    expect(gradientDefect("db", db, numerical)).toBe("");
  });
});

test("dbias is the sum of dC over its rows", () => {
  const [a, b, bias] = [filled([m, k], 1), filled([k, n], 2), filled([n], 3)];
  const dc = upstreamFor(m * n);
  const forward = (x: ArrayLike<number>) =>
    reference(
      {
        a: { shape: [m, k], data: a },
        b: { shape: [k, n], data: b },
        bias: { shape: [n], data: x },
      },
      {},
    ).c;
  const dbias = multiply(new Float64Array(m).fill(1), [1, m], dc, [m, n], {});
  expect(gradientDefect("dbias", dbias, numericalGradient(forward, bias, dc))).toBe("");
});
