import { describe, expect, test } from "vitest";
import { effectiveNumberWeights } from "../../../src/ml/index.ts";

describe("weights by the effective number of samples", () => {
  for (const beta of [0.9, 0.999, 0.9999]) {
    test(`β = ${beta}: the formula, in plain float64`, () => {
      const counts = [5000, 700, 31, 1];
      const raw = counts.map((n) => {
        let effective = 0; // 1 + β + … + βⁿ⁻¹
        for (let i = 0; i < n; i++) effective = effective * beta + 1;
        return 1 / effective;
      });
      const sum = raw.reduce((a, b) => a + b, 0);
      effectiveNumberWeights(counts, { beta }).forEach((weight, c) => {
        expect(weight).toBeCloseTo((4 * (raw[c] as number)) / sum, 10);
      });
    });
  }

  test("β = 0 weighs all the same; near 1 they are as 1/n", () => {
    expect([...effectiveNumberWeights([3, 900], { beta: 0 })]).toEqual([1, 1]);
    const [a = 0, b = 0] = effectiveNumberWeights([10, 30], { beta: 1 - 1e-12 });
    expect(a / b).toBeCloseTo(3, 9);
  });

  test("refuses a class without samples, and another β", () => {
    expect(() => effectiveNumberWeights([3, 0])).toThrow(/1 sample at least of each class, got 0/);
    expect(() => effectiveNumberWeights([])).toThrow(/got no class/);
    expect(() => effectiveNumberWeights([3], { beta: 1 })).toThrow(/beta in \[0, 1\), got 1/);
  });
});
