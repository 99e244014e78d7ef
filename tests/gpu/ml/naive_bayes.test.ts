import { describe, expect, test } from "vitest";
import { tables } from "../../../demos/shared/tables.ts";
import { seeded } from "../../../src/core/rng.ts";
import { GaussianNB, MultinomialNB } from "../../../src/ml/index.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

interface Table {
  readonly data: ArrayLike<number>;
  readonly shape: readonly [number, number];
  readonly y: ArrayLike<number>;
}

/** Softmax of one row. */
function shares(row: readonly number[]): number[] {
  const most = Math.max(...row);
  const powers = row.map((v) => Math.exp(v - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / sum);
}

/** Probabilities of GaussianNB from its definition, in float64. */
function gaussianReference({ data, shape: [n, d], y }: Table, weights: readonly number[]) {
  const classes = [...new Set(Array.from(y))].sort((a, b) => a - b);
  const at = (i: number, c: number) => data[i * d + c] as number;
  const over = (rows: readonly number[], f: (i: number) => number) => {
    const all = rows.reduce((sum, i) => sum + (weights[i] ?? 0), 0);
    return rows.reduce((sum, i) => sum + ((weights[i] ?? 0) * f(i)) / all, 0);
  };
  const every = Array.from({ length: n }, (_, i) => i);
  const columns = Array.from({ length: d }, (_, c) => c);
  const plain = (c: number) => {
    const mean = every.reduce((sum, i) => sum + at(i, c) / n, 0);
    return every.reduce((sum, i) => sum + (at(i, c) - mean) ** 2 / n, 0);
  };
  const epsilon = 1e-9 * Math.max(...columns.map(plain));
  const models = classes.map((label) => {
    const rows = every.filter((i) => y[i] === label);
    const mean = columns.map((c) => over(rows, (i) => at(i, c)));
    const variance = columns.map(
      (c) => over(rows, (i) => (at(i, c) - (mean[c] ?? 0)) ** 2) + epsilon,
    );
    const prior =
      rows.reduce((s, i) => s + (weights[i] ?? 0), 0) / weights.reduce((a, b) => a + b, 0);
    return { mean, variance, prior };
  });
  return every.flatMap((i) =>
    shares(
      models.map(({ mean, variance, prior }) =>
        columns.reduce((sum, c) => {
          const v = variance[c] ?? 0;
          return sum - Math.log(2 * Math.PI * v) / 2 - (at(i, c) - (mean[c] ?? 0)) ** 2 / (2 * v);
        }, Math.log(prior)),
      ),
    ),
  );
}

function expectClose(got: ArrayLike<number>, expected: readonly number[], limit = 1e-4) {
  expect(got.length).toBe(expected.length);
  const worst = expected.reduce((m, p, i) => Math.max(m, Math.abs(p - (got[i] as number))), 0);
  expect(worst).toBeLessThan(limit);
}

describe("GaussianNB", () => {
  for (const name of ["iris", "wine", "breastCancer", "digits"] as const) {
    test(`has the probabilities of the formula on ${name}`, async () => {
      const table = await tables[name]();
      const live = engine.counters().liveBytes;
      const model = await new GaussianNB().fit(table, table.y);
      const proba = await model.predictProba(table);
      expectClose(proba.data, gaussianReference(table, Array(table.shape[0]).fill(1)));
      expect(await model.score(table, table.y)).toBeGreaterThan(name === "digits" ? 0.85 : 0.93);
      expect(engine.counters().liveBytes).toBe(live);
    });
  }

  test("weighs samples, takes priors, stands far means, and is kept as JSON", async () => {
    const random = seeded(4);
    const data = Float32Array.from({ length: 160 }, (_, i) => 5000 + (i % 3) * (i % 7) + random());
    const table = { data, shape: [80, 2] as const, y: data.slice(0, 80).map((_, i) => i % 3) };
    const weights = Array.from(table.y, () => random() + 0.1);
    const model = await new GaussianNB().fit(table, table.y, { sampleWeight: weights });
    const proba = await model.predictProba(table);
    expectClose(proba.data, gaussianReference(table, weights), 1e-3 * 0.1);
    const again = GaussianNB.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(await again.predictProba(table)).toEqual(proba);
    const sure = await new GaussianNB({ priors: [0, 1, 0] }).fit(table, table.y);
    expect(new Set(await sure.predict(table))).toEqual(new Set([1]));
    const logs = await model.predictLogProba(table);
    expectClose(logs.data.map(Math.exp), [...proba.data], 1e-5);
  });

  test("refuses what it cannot learn from", async () => {
    const X = [
      [1, 2],
      [3, 2],
    ];
    await expect(new GaussianNB().fit(X, [1, 1])).rejects.toThrow(/at least 2 classes/);
    await expect(new GaussianNB({ varSmoothing: 0 }).fit(X, [0, 1])).rejects.toThrow(
      /variance of 0/,
    );
    await expect(new GaussianNB({ priors: [1] }).fit(X, [0, 1])).rejects.toThrow(/2 priors/);
    await expect(new GaussianNB().fit([[Number.NaN, 1]], [0])).rejects.toThrow(/got NaN in row 0/);
    await expect(new GaussianNB().fit(X, [0, 1], { sampleWeight: [1, 0] })).rejects.toThrow(
      /none of class 1/,
    );
    expect(() => new GaussianNB({ varSmoothing: -1 })).toThrow(/varSmoothing ≥ 0/);
  });
});

/** Probabilities of MultinomialNB from its definition, in float64. */
function multinomialReference({ data, shape: [n, d], y }: Table, alpha: number) {
  const classes = [...new Set(Array.from(y))].sort((a, b) => a - b);
  const every = Array.from({ length: n }, (_, i) => i);
  const models = classes.map((label) => {
    const rows = every.filter((i) => y[i] === label);
    const counts = Array.from({ length: d }, (_, c) =>
      rows.reduce((sum, i) => sum + (data[i * d + c] as number), alpha),
    );
    const all = counts.reduce((a, b) => a + b, 0);
    return { logs: counts.map((count) => Math.log(count / all)), prior: rows.length / n };
  });
  return every.flatMap((i) =>
    shares(
      models.map(({ logs, prior }) =>
        logs.reduce((sum, v, c) => sum + v * (data[i * d + c] as number), Math.log(prior)),
      ),
    ),
  );
}

describe("MultinomialNB", () => {
  test("has the probabilities of the formula on digits and on texts of many words", async () => {
    const digits = await tables.digits();
    const model = await new MultinomialNB().fit(digits, digits.y);
    expectClose((await model.predictProba(digits)).data, multinomialReference(digits, 1));
    expect(await model.score(digits, digits.y)).toBeGreaterThan(0.88);
    const random = seeded(6);
    const y = Array.from({ length: 60 }, (_, i) => i % 2);
    const data = Float32Array.from({ length: 60 * 200 }, (_, at) => {
      const label = y[Math.floor(at / 200)] ?? 0;
      return Math.floor(random() * (at % 5 === label ? 12.2 : 12));
    });
    const texts = { data, shape: [60, 200] as const, y };
    const smooth = await new MultinomialNB({ alpha: 0.5 }).fit(texts, y);
    expectClose((await smooth.predictProba(texts)).data, multinomialReference(texts, 0.5));
    const again = MultinomialNB.fromJSON(JSON.parse(JSON.stringify(smooth)));
    expect(await again.predict(texts)).toEqual(await smooth.predict(texts));
  });

  test("refuses numbers below 0", async () => {
    await expect(new MultinomialNB().fit([[1, -2]], [0])).rejects.toThrow(/-2 in row 0, column 1/);
    expect(() => new MultinomialNB({ alpha: -1 })).toThrow(/alpha ≥ 0/);
    const equal = await new MultinomialNB({ fitPrior: false }).fit([[1], [1], [1]], [0, 0, 1]);
    expect([...equal.classLogPrior]).toEqual([Math.log(0.5), Math.log(0.5)]);
  });
});

describe("naive Bayes keeps float64's digits:", () => {
  // The class with the larger joint log-probability in float64 is right; f32 relative to one mean cannot resolve 1e-3
  // beside 1e6.
  test("GaussianNB tells near classes apart beside a very far one", async () => {
    const X = [0, 1e-3, 2e-3, 1, 1.001, 1.002, 1e9, 1e9 + 1, 1e9 + 2].map((x) => [x]);
    const y = [0, 0, 0, 1, 1, 1, 2, 2, 2];
    const model = await new GaussianNB({ varSmoothing: 0 }).fit(X, y);
    expect([...(await model.predict(X))]).toEqual(y);
  });

  test("MultinomialNB tells counts of 1e9 and a little apart", async () => {
    const X = Array.from({ length: 12 }, (_, i) => [1e9 + (i % 2), 1e9 + 1 - (i % 2)]);
    const y = X.map((_, i) => i % 2);
    const model = await new MultinomialNB().fit(X, y);
    const { data } = await model.predictJointLogProba(X);
    const wanted = X.map((_, i) => Number((data[2 * i + 1] as number) > (data[2 * i] as number)));
    expect([...(await model.predict(X))]).toEqual(wanted);
  });

  test("many predictions refuse what f32 cannot tell apart, by feature", async () => {
    const X = Array.from({ length: 120 }, (_, i) => [
      (i % 40) + (i % 40 === 39 ? 1e9 : 0) + 1e-3 * Math.floor(i / 40),
    ]);
    const model = await new GaussianNB({ varSmoothing: 0 }).fit(
      X,
      X.map((_, i) => i % 40),
    );
    const n = 2 ** 19;
    const data = Float64Array.from({ length: n }, (_, i) => (i % 2) * 1e9 + i / n);
    await expect(model.predict({ data, shape: [n, 1] })).rejects.toThrow(
      /^GaussianNB: expected samples that f32 tells apart, got .* in feature 0/,
    );
  });
});
