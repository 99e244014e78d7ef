import { describe, expect, test } from "vitest";
import { type Table, tables } from "../../../demos/shared/tables.ts";
import {
  LogisticRegression,
  type LogisticRegressionOptions,
  StandardScaler,
} from "../../../src/ml/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { type LogisticTask, logisticReference } from "../../support/logistic_reference.ts";

const engine = await init();

/** Largest difference of coefficients by deviations of their features, as a share of the largest. */
function apart(coef: Float64Array, { std, coef: expected }: ReturnType<typeof logisticReference>) {
  const d = std.length;
  const wanted = expected.flat();
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = wanted.reduce(
    (most, value, i) =>
      Math.max(most, Math.abs((coef[i] as number) * (std[i % d] as number) - value)),
    0,
  );
  return worst / largest;
}

async function compare(table: Table, options: LogisticRegressionOptions, task: LogisticTask) {
  const model = await new LogisticRegression({ tol: 1e-6, maxIter: 2000, ...options }).fit(
    table,
    table.y,
  );
  expect(apart(model.coef, logisticReference(table, table.y, task))).toBeLessThan(1e-3);
  return model;
}

describe("logistic regression has the coefficients of float64:", () => {
  for (const solver of ["lbfgs", "newton-cholesky"] as const) {
    test(`two classes, ${solver}`, async () => {
      const live = engine.counters().liveBytes;
      const table = await tables.breastCancer();
      const model = await compare(table, { solver, C: 0.05 }, { C: 0.05, l1: 0, l2: 1 });
      expect(model.coef.length).toBe(30);
      expect(await model.score(table, table.y)).toBeGreaterThan(0.94);
      expect(engine.counters().liveBytes).toBe(live);
    });

    test(`three classes, ${solver}`, async () => {
      for (const name of ["iris", "wine"] as const) {
        const raw = await tables[name]();
        const table = { ...raw, ...(await new StandardScaler().fitTransform(raw)) };
        const model = await compare(table, { solver }, { C: 1, l1: 0, l2: 1 });
        expect(model.intercept.length).toBe(3);
        expect(await model.score(table, table.y)).toBeGreaterThan(0.96);
      }
    });
  }

  test("without small coefficients", async () => {
    const table = await tables.wine();
    const lasso = await compare(table, { penalty: "l1", C: 0.5 }, { C: 0.5, l1: 1, l2: 0 });
    expect(lasso.coef.filter((w) => w === 0).length).toBeGreaterThan(10);
    await compare(
      table,
      { penalty: "elasticnet", C: 0.5, l1Ratio: 0.25 },
      { C: 0.5, l1: 0.25, l2: 0.75 },
    );
    const cancer = await tables.breastCancer();
    const two = await compare(cancer, { penalty: "l1", C: 0.1 }, { C: 0.1, l1: 1, l2: 0 });
    expect(two.coef.filter((w) => w === 0).length).toBeGreaterThan(15);
  });

  test("without a penalty, and with weights of classes and samples", async () => {
    const iris = await tables.iris();
    const two = { ...iris, shape: [100, 2] as const, names: [] };
    const data = Float64Array.from(
      { length: 200 },
      (_, i) => iris.data[4 * (50 + (i >> 1)) + (i & 1)] as number,
    );
    const y = iris.y.slice(50);
    const table = { ...two, data, y };
    await compare(table, { penalty: "none", solver: "newton-cholesky" }, { C: 1, l1: 0, l2: 0 });
    const weights = Array.from(y, (label, i) => (label === 2 ? 3 : 1) * (1 + (i % 4)));
    const model = await new LogisticRegression({ classWeight: { 2: 3 }, tol: 1e-6 }).fit(table, y, {
      sampleWeight: Array.from(y, (_, i) => 1 + (i % 4)),
    });
    expect(
      apart(model.coef, logisticReference(table, y, { C: 1, l1: 0, l2: 1, weights })),
    ).toBeLessThan(1e-3);
    const balanced = await new LogisticRegression({ classWeight: "balanced", tol: 1e-6 }).fit(
      table,
      y,
    );
    const plain = await new LogisticRegression({ tol: 1e-6 }).fit(table, y);
    expect([...balanced.coef]).toEqual([...plain.coef]);
  });
});

describe("logistic regression", () => {
  const X = [[0], [1], [2], [3]];

  test("has probabilities that fit its decisions, and is kept as JSON", async () => {
    const model = await new LogisticRegression().fit(X, [5, 5, 7, 7]);
    const decision = await model.decisionFunction(X);
    const proba = await model.predictProba(X);
    expect(proba.shape).toEqual([4, 2]);
    decision.data.forEach((s, i) => {
      expect(proba.data[2 * i + 1]).toBeCloseTo(1 / (1 + Math.exp(-s)), 6);
    });
    expect([...(await model.predict(X))]).toEqual([5, 5, 7, 7]);
    const again = LogisticRegression.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(await again.predictProba(X)).toEqual(proba);
    const through0 = await new LogisticRegression({ fitIntercept: false }).fit(X, [0, 0, 1, 1]);
    expect(through0.intercept[0]).toBe(0);
  });

  test("ends at classes that a line separates, and says when it does not", async () => {
    const free = await new LogisticRegression({ penalty: "none", maxIter: 30 }).fit(
      X,
      [0, 0, 1, 1],
    );
    expect(await free.score(X, [0, 0, 1, 1])).toBe(1);
    expect(free.coef.every(Number.isFinite)).toBe(true);
    const short = await new LogisticRegression({ maxIter: 1 }).fit(X, [0, 1, 0, 1]);
    expect(short.converged).toBe(false);
  });

  test("stops when it is told to, and leaves nothing", async () => {
    const live = engine.counters().liveBytes;
    const controller = new AbortController();
    const fit = new LogisticRegression({ tol: 0 }).fit(X, [0, 1, 0, 1], {
      signal: controller.signal,
      onProgress: ({ iteration }) => {
        if (iteration === 2) controller.abort(new Error("enough"));
      },
    });
    await expect(fit).rejects.toThrow("enough");
    expect(engine.counters().liveBytes).toBe(live);
  });

  test("refuses what it cannot learn from", async () => {
    await expect(new LogisticRegression().fit(X, [1, 1, 1, 1])).rejects.toThrow(
      /at least 2 classes/,
    );
    await expect(
      new LogisticRegression({ classWeight: { 9: 1 } }).fit(X, [0, 1, 0, 1]),
    ).rejects.toThrow(/got one of "9"/);
    await expect(
      new LogisticRegression({ classWeight: { 1: 0 } }).fit(X, [0, 1, 0, 1]),
    ).rejects.toThrow(/numbers > 0/);
    expect(() => new LogisticRegression({ C: 0 })).toThrow(/C > 0/);
    expect(() => new LogisticRegression({ solver: "newton-cholesky", penalty: "l1" })).toThrow(
      /smooth penalty/,
    );
    expect(() => new LogisticRegression({ maxIter: 0 })).toThrow(/maxIter ≥ 1/);
  });
});
