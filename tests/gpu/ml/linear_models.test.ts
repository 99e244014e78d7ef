import { describe, expect, test } from "vitest";
import { tables } from "../../../demos/shared/tables.ts";
import { ElasticNet, Lasso, LinearRegression, lassoPath, Ridge } from "../../../src/ml/index.ts";
import { elasticReference, ridgeReference } from "../../support/linear_reference.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

/** Largest difference, as a share of the largest coefficient. */
function apart(got: ArrayLike<number>, expected: readonly number[]): number {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return expected.reduce((m, v, i) => Math.max(m, Math.abs(v - (got[i] as number))), 0) / largest;
}

describe("linear models agree with float64", () => {
  for (const name of ["diabetes", "breastCancer"] as const) {
    test(`least squares and ridge on ${name}`, async () => {
      const table = await tables[name]();
      const live = engine.counters().liveBytes;
      for (const alpha of [0, 1]) {
        const estimator = alpha === 0 ? new LinearRegression() : new Ridge({ alpha });
        const model = await estimator.fit(table, table.y);
        const expected = ridgeReference(table, table.y, alpha);
        expect(apart(model.coef, expected.coef)).toBeLessThan(1e-4);
        expect(Math.abs(model.intercept / expected.intercept - 1)).toBeLessThan(1e-4);
        expect(await model.score(table, table.y)).toBeGreaterThan(0.5);
      }
      expect(engine.counters().liveBytes).toBe(live);
    });
  }

  test("lasso and elastic net on diabetes, and JSON", async () => {
    const table = await tables.diabetes();
    const lasso = await new Lasso({ alpha: 0.5 }).fit(table, table.y);
    const wanted = elasticReference(table, table.y, { alpha: 0.5, l1Ratio: 1 }, 400);
    expect(apart(lasso.coef, wanted.coef)).toBeLessThan(1e-3);
    expect(lasso.converged).toBe(true);
    const net = await new ElasticNet().fit(table, table.y);
    const both = elasticReference(table, table.y, { alpha: 1, l1Ratio: 0.5 }, 400);
    expect(apart(net.coef, both.coef)).toBeLessThan(1e-3);
    const again = Lasso.fromJSON(JSON.parse(JSON.stringify(lasso)));
    expect(await again.predict(table)).toEqual(await lasso.predict(table));
    const path = await lassoPath(table, table.y, { fitIntercept: true, nAlphas: 5 });
    expect(path.coefs.length).toBe(50);
    expect(path.coefs[0]).toBe(0);
  });
});

test("a constant feature gets 0, and equal features share", async () => {
  const X = Array.from({ length: 20 }, (_, i) => [Math.sin(i), 10000, Math.sin(i)]);
  const model = await new LinearRegression().fit(
    X,
    X.map(([x = 0]) => 4 * x + 1),
  );
  expect(model.coef[0]).toBeCloseTo(2, 4);
  expect(model.coef[1]).toBe(0);
  expect(model.coef[2]).toBeCloseTo(2, 4);
});

test("options out of range are refused", () => {
  expect(() => new Ridge({ alpha: -1 })).toThrow(/alpha ≥ 0, got -1/);
  expect(() => new ElasticNet({ l1Ratio: 2 })).toThrow(/l1Ratio in \[0, 1\]/);
});
