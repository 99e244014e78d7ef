import { describe, expect, test } from "vitest";
import { cholesky, solveCholesky } from "../../../src/core/cholesky.ts";
import { seeded } from "../../../src/core/rng.ts";
import { dot, eigen, multiply } from "../../../src/ml/dense.ts";

/** Bᵀ·B of a random B [rows, n]. */
function gram(n: number, rows: number, seed: number): Float64Array {
  const random = seeded(seed);
  const b = Float64Array.from({ length: rows * n }, () => random() - 0.5);
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let r = 0; r < rows; r++) sum += (b[r * n + i] as number) * (b[r * n + j] as number);
    return sum;
  });
}

describe("eigenvalues and vectors of a symmetric matrix", () => {
  for (const [n, rows] of [
    [1, 1],
    [2, 3],
    [3, 1],
    [17, 40],
    [40, 11],
  ] as const) {
    test(`of ${n} × ${n} and rank ${Math.min(n, rows)}`, () => {
      const a = gram(n, rows, n);
      const { values, vectors } = eigen(a, n);
      for (let i = 0; i < n; i++) {
        const v = vectors.subarray(i * n, (i + 1) * n);
        multiply(a, v).forEach((value, k) => {
          expect(value).toBeCloseTo((values[i] as number) * (v[k] as number), 11);
        });
        for (let j = 0; j <= i; j++) {
          expect(dot(v, vectors.subarray(j * n, (j + 1) * n))).toBeCloseTo(i === j ? 1 : 0, 11);
        }
        if (i > 0) expect(values[i] as number).toBeLessThanOrEqual(values[i - 1] as number);
      }
    });
  }

  test("that is diagonal already, with equals and a zero", () => {
    const { values } = eigen(Float64Array.of(2, 0, 0, 0, 0, 0, 0, 0, 2), 3);
    expect([...values]).toEqual([2, 2, 0]);
  });
});

test("Cholesky solves positive definite systems and refuses others", () => {
  const a = gram(12, 30, 3);
  const x = Float64Array.from({ length: 12 }, (_, i) => Math.sin(i));
  const l = cholesky(a, 12) as Float64Array;
  solveCholesky(l, multiply(a, x)).forEach((value, i) => {
    expect(value).toBeCloseTo(x[i] as number, 10);
  });
  const singular = gram(12, 11, 3);
  expect(cholesky(singular, 12, (i) => 1e-10 * (singular[13 * i] as number))).toBeUndefined();
  expect(cholesky(Float64Array.of(0), 1)).toBeUndefined();
});
