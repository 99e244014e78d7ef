import { describe, expect, test } from "vitest";
import { type Table, tables } from "../../../demos/shared/tables.ts";
import { seeded } from "../../../src/core/rng.ts";
import {
  LogisticRegression,
  type LogisticRegressionOptions,
  StandardScaler,
} from "../../../src/ml/index.ts";
import optima from "../../support/logistic_optima.json" with { type: "json" };
import { type LogisticTask, logisticReference } from "../../support/logistic_reference.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

/** Largest difference of the coefficients, each in units of its feature's deviation, as a share of the largest. */
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

describe("logistic regression at its defaults, C = 10, on data as they are", () => {
  for (const name of ["breastCancer", "iris", "wine"] as const) {
    for (const multiClass of ["multinomial", "ovr"] as const) {
      const expected = (
        name === "breastCancer" ? optima["breastCancer ovr"] : optima[`${name} ${multiClass}`]
      ).flat();
      test(`is within 1e-3 of scikit-learn's optimum: ${name}, ${multiClass}`, async () => {
        const table = await tables[name]();
        const model = await new LogisticRegression({ C: 10, multiClass }).fit(table, table.y);
        expect(model.coef.length).toBe(expected.length);
        expected.forEach((w, i) => {
          expect(Math.abs((model.coef[i] as number) - w)).toBeLessThan(1e-3);
        });
        expect(model.converged).toBe(true);
        expect(model.nIter).toBeLessThan(30);
      });
    }
  }

  test("has the same coefficients whatever unit and place the features have", async () => {
    const table = await tables.breastCancer();
    const d = table.shape[1];
    const unit = (at: number) => 2 ** (((7 * (at % d)) % 40) - 20);
    const place = (at: number) => 1e9 * ((at % d) % 3);
    const moved = {
      ...table,
      data: table.data.map((v, at) => Math.round(v * 2 ** 12) / 2 ** 12 + place(at)),
    };
    const near = { ...table, data: moved.data.map((v, at) => v - place(at)) };
    const [here, there] = [
      await new LogisticRegression().fit(near, table.y),
      await new LogisticRegression().fit(moved, table.y),
    ];
    here.coef.forEach((w, i) => {
      expect(Math.abs((there.coef[i] as number) - w)).toBeLessThan(1e-6);
    });
    const free = { penalty: "none", tol: 1e-8 } as const;
    const few = {
      data: table.data.filter((_, at) => at % d < 4),
      shape: [table.shape[0], 4] as const,
    };
    const scaled = { ...few, data: few.data.map((v, at) => v * unit(at % 4)) };
    const [plain, other] = [
      await new LogisticRegression(free).fit(few, table.y),
      await new LogisticRegression(free).fit(scaled, table.y),
    ];
    plain.coef.forEach((w, i) => {
      expect(Math.abs(((other.coef[i] as number) * unit(i)) / w - 1)).toBeLessThan(1e-5);
    });
  });
});

describe("logistic regression too large for the host", () => {
  for (const solver of ["lbfgs", "newton-cholesky"] as const) {
    test(`ends as near the optimum as on it: ${solver}`, async () => {
      const random = seeded(3);
      const [n, d] = [4000, 190];
      const data = Float64Array.from(
        { length: n * d },
        (_, at) => (random() - 0.5) * (1 + ((at % d) % 7)),
      );
      const y = Int32Array.from({ length: n }, (_, i) =>
        Number((data[i * d] as number) - (data[i * d + 8] as number) + random() - 0.5 > 0),
      );
      const live = engine.counters().liveBytes;
      const model = await new LogisticRegression({ solver }).fit({ data, shape: [n, d] }, y);
      expect(engine.counters().liveBytes).toBe(live);
      expect(model.converged).toBe(true);
      const slope = new Float64Array(d);
      for (let i = 0; i < n; i++) {
        const x = data.subarray(i * d, i * d + d);
        const f = x.reduce(
          (sum, v, c) => sum + v * (model.coef[c] as number),
          model.intercept[0] as number,
        );
        const residual = 1 / (1 + Math.exp(-f)) - (y[i] as number);
        x.forEach((v, c) => {
          slope[c] = (slope[c] as number) + residual * v;
        });
      }
      // at the optimum the gradient of the penalty, w, cancels that of the losses (C = 1)
      model.coef.forEach((w, c) => {
        expect(Math.abs((slope[c] as number) + w)).toBeLessThan(1e-3);
      });
    });
  }
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
