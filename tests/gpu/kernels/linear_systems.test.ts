import { describe, expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import * as ops from "../../../src/ops/index.ts";
import { conjugateGradient, irls } from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { logisticInFloat64 } from "../../support/logistic.ts";
import { convexProblem, solve } from "../../support/quadratic.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

describe("linear conjugate gradients", () => {
  const n = 33;
  const { a, b, start } = convexProblem(n, 5);
  const matrix = tensor(Float32Array.from(a), { shape: [n, n] });
  const right = tensor(Float32Array.from(b));
  const product = (p: Tensor) => ops.matmul(matrix, p);

  for (const [name, x0] of [
    ["zeros", undefined],
    ["another point", tensor(start)],
  ] as const) {
    test(`solve a positive definite system in n steps or few more, from ${name}`, async () => {
      const result = await conjugateGradient(product, right, { tol: 1e-6, ...(x0 && { x0 }) });
      expect(result.converged).toBe(true);
      expect(result.iterations).toBeLessThanOrEqual(n + 3);
      const [got, expected] = [await result.x.read(), solve(a, b)];
      expected.forEach((value, i) => {
        expect(Math.abs((got[i] as number) - value)).toBeLessThan(2e-5);
      });
      result.x.dispose();
    });
  }

  test("look at the residual rarely or always: same iterations, same bits", async () => {
    const every = async (checkEvery: number) => {
      const { x, ...rest } = await conjugateGradient(product, right, { checkEvery });
      const data = await x.read();
      x.dispose();
      return { ...rest, data };
    };
    expect(await every(100)).toEqual(await every(1));
  });

  test("stop at maxIter and say so", async () => {
    const result = await conjugateGradient(product, right, { maxIter: 3 });
    expect(result).toMatchObject({ iterations: 3, converged: false });
    result.x.dispose();
  });

  test("solve nothing for b = 0", async () => {
    const result = await conjugateGradient(product, ops.zeros([n]));
    expect(result).toMatchObject({ iterations: 0, residual: 0, converged: true });
    expect(Array.from(await result.x.read())).toEqual(new Array(n).fill(0));
    result.x.dispose();
  });

  test("refuse what does not fit", async () => {
    await expect(conjugateGradient(() => ops.ones([2]), right)).rejects.toThrow(/A is square/);
    await expect(conjugateGradient(product, right, { x0: ops.ones([2]) })).rejects.toThrow(/x0/);
    await expect(conjugateGradient(product, right, { maxIter: 0 })).rejects.toThrow(/maxIter ≥ 1/);
  });
});

describe("logistic regression by iteratively reweighted least squares", () => {
  const [rows, features] = [60, 4];
  const random = seeded(8);
  const x = Float32Array.from({ length: rows * features }, () => 4 * random() - 2);
  const y = Float32Array.from({ length: rows }, (_, i) => {
    const z = (x[4 * i] as number) - 0.5 * (x[4 * i + 2] as number) + 0.3;
    return 1 / (1 + Math.exp(-z)) > random() ? 1 : 0;
  });
  const [design, labels] = [tensor(x, { shape: [rows, features] }), tensor(y)];

  for (const options of [{}, { l2: 0.1 }, { intercept: false }]) {
    test(`is the float64 solution within 1e-5, ${JSON.stringify(options)}`, async () => {
      const { coefficients, report } = await irls(design, labels, options);
      const got = await coefficients.read();
      const expected = logisticInFloat64(x, y, features, options);
      expect(got.length).toBe(expected.length);
      expected.forEach((value, i) => {
        expect(Math.abs((got[i] as number) - value)).toBeLessThan(1e-5);
      });
      expect(report.iterations).toBeLessThanOrEqual(8);
      coefficients.dispose();
    });
  }

  test("refuses shapes that do not fit", async () => {
    await expect(irls(design, ops.ones([3]))).rejects.toThrow(/one label a row/);
    await expect(irls(design, labels, { l2: -1 })).rejects.toThrow(/l2 ≥ 0/);
  });
});
