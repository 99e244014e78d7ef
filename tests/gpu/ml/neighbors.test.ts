import { describe, expect, test } from "vitest";
import { tables } from "../../../demos/shared/tables.ts";
import { seeded } from "../../../src/core/rng.ts";
import { KNeighborsClassifier, KNeighborsRegressor, type Metric } from "../../../src/ml/index.ts";
import { kNearest } from "../../../src/ml/neighbors/search.ts";
import type { HostMatrix } from "../../../src/ml/samples.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

function far(a: readonly number[], b: readonly number[], metric: Metric): number {
  const pairs = a.map((x, c) => [x, b[c] ?? 0] as const);
  if (metric === "manhattan") return pairs.reduce((sum, [x, t]) => sum + Math.abs(x - t), 0);
  if (metric === "euclidean")
    return Math.sqrt(pairs.reduce((sum, [x, t]) => sum + (x - t) ** 2, 0));
  const [x2, t2] = [0, 1].map((k) =>
    pairs.reduce((sum, pair) => sum + (pair[k as 0 | 1] ?? 0) ** 2, 0),
  );
  const xt = pairs.reduce((sum, [x, t]) => sum + x * t, 0);
  return x2 && t2 ? Math.max(0, 1 - xt / Math.sqrt(x2 * t2)) : 1;
}

function brute(
  rows: readonly (readonly number[])[],
  queries: readonly (readonly number[])[],
  k: number,
  metric: Metric,
) {
  return queries.map((query) =>
    rows
      .map((row, p) => ({ p, far: far(query, row, metric) }))
      .sort((a, b) => a.far - b.far || a.p - b.p)
      .slice(0, k),
  );
}

function cloud(n: number, d: number, seed: number, { whole = false, mean = 0 } = {}): number[][] {
  const random = seeded(seed);
  const value = () => (whole ? Math.floor(4 * random()) : Math.fround(mean + random()));
  return Array.from({ length: n }, () => Array.from({ length: d }, value));
}

/** A matrix as `fit` stores it. */
const hostOf = (rows: readonly (readonly number[])[]): HostMatrix => ({
  samples: rows.length,
  features: rows[0]?.length ?? 0,
  host: Float64Array.from(rows.flat()),
});

describe("nearest neighbours are those of brute force:", () => {
  for (const metric of ["euclidean", "manhattan", "cosine"] as const) {
    for (const [name, n, d, k, options] of [
      ["a few", 90, 3, 5, {}],
      ["many equals, 0 among them", 400, 3, 12, { whole: true }],
      ["more than a list holds", 150, 6, 61, {}],
      ["all there are", 40, 2, 40, { whole: true }],
      ["far from 0", 200, 5, 16, { mean: 1000 }],
    ] as const) {
      test(`${metric}, ${name}`, async () => {
        const rows = cloud(n, d, 1, options);
        const queries = [...cloud(70, d, 2, options), ...rows.slice(0, 9)];
        const live = engine.counters().liveBytes;
        const model = await new KNeighborsRegressor({ metric }).fit(
          rows,
          rows.map((_, i) => i),
        );
        const found = await model.kneighbors(queries, k);
        const onGpu = await kNearest(hostOf(rows), hostOf(queries), k, metric, "gpu");
        expect(onGpu).toEqual(found);
        expect(engine.counters().liveBytes).toBe(live);
        const expected = brute(rows, queries, k, metric).flat();
        expect([...found.indices]).toEqual(expected.map(({ p }) => p));
        expected.forEach((own, i) => {
          expect(Math.abs((found.distances[i] as number) - own.far)).toBeLessThan(1e-9);
        });
      });
    }
  }
});

/** 60 points so near to each other that the squares of their differences underflow f32. */
const close = Array.from({ length: 60 }, (_, i) => [1e-20 * ((i * 37) % 60), 1e-20 * (i % 7)]);

describe("nearest neighbours are float64's where f32 says nothing:", () => {
  const column = (length: number, value: (i: number) => number) =>
    Array.from({ length }, (_, i) => [value(i)]);
  for (const [name, rows, queries] of [
    ["1e-20 apart", close, close],
    ["1e-20 apart, and one at 1", [...close, [1, 1]], close],
    [
      "1e-10 apart about 1, and one at 1e6",
      [...column(60, (i) => 1 + 1e-10 * ((i * 37) % 60)), [1e6]],
      column(60, (i) => 1 + 1e-10 * i),
    ],
    [
      "timestamps in milliseconds, years apart",
      column(300, (i) => 1.6e12 + 3e7 * i ** 2 + (i % 3)),
      column(40, (i) => 1.6e12 + 7e10 * i),
    ],
    ["all points equal but one", [...column(400, () => 5), [6]], [[5], [6], [7], [1e30], [-1e-30]]],
    ["queries beyond f32", column(50, (i) => i), [[1e30], [-1e30], [1e100]]],
    [
      "numbers of 1e-200",
      column(70, (i) => 1e-200 * ((i * 31) % 70)),
      column(20, (i) => 3e-200 * i),
    ],
    [
      "each row many times",
      [...Array(12)].flatMap(() => column(30, (i) => Math.fround(Math.sin(i)))),
      column(30, (i) => Math.sin(i)),
    ],
    [
      "one-hot columns",
      Array.from({ length: 200 }, (_, i) => [0, 1, 2, 3, 4].map((c) => Number(i % 5 === c))),
      [
        [1, 0, 0, 0, 0],
        [0, 0, 0, 0, 1],
      ],
    ],
  ] as const) {
    for (const metric of ["euclidean", "manhattan"] as const) {
      test(`${name}, ${metric}`, async () => {
        const unit = 2 ** -Math.round(Math.log2(Math.abs(rows.flat().find(Boolean) ?? 1)));
        const scaled = (all: readonly (readonly number[])[]) =>
          all.map((row) => row.map((v) => v * unit));
        const model = await new KNeighborsRegressor({ metric }).fit(
          rows,
          rows.map((_, i) => i),
        );
        const found = await model.kneighbors(queries, 5);
        expect(await kNearest(hostOf(rows), hostOf(queries), 5, metric, "gpu")).toEqual(found);
        const expected = brute(scaled(rows), scaled(queries), 5, metric).flat();
        expect([...found.indices]).toEqual(expected.map(({ p }) => p));
        expected.forEach((own, i) => {
          const distance = own.far / unit;
          expect(Math.abs((found.distances[i] as number) - distance)).toBeLessThanOrEqual(
            1e-15 * distance,
          );
        });
      });
    }
  }
});

test("KNeighborsClassifier labels 60 points 1e-20 apart as they are", async () => {
  const y = close.map((_, i) => i % 3);
  const model = await new KNeighborsClassifier({ nNeighbors: 1 }).fit(close, y);
  expect([...(await model.predict(close))]).toEqual(y);
});

test("KNeighborsRegressor keeps the digits of its targets", async () => {
  const model = await new KNeighborsRegressor({ nNeighbors: 2 }).fit(
    [[0], [1]],
    [1.6e12, 1.6e12 + 1],
  );
  expect([...(await model.predict([[0]]))]).toEqual([1.6e12 + 0.5]);
});

describe("KNeighborsClassifier", () => {
  const X = [[0], [1], [2], [3], [10]];
  const y = [7, 7, 4, 4, 4];

  test("votes, by weight, and of equals the smallest label", async () => {
    const two = await new KNeighborsClassifier({ nNeighbors: 2 }).fit(X, y);
    expect([...(await two.predict([[0.4], [1.5], [9]]))]).toEqual([7, 4, 4]);
    const near = await new KNeighborsClassifier({ nNeighbors: 2, weights: "distance" }).fit(X, y);
    expect([...(await near.predict([[1.4], [1.6], [1]]))]).toEqual([7, 4, 7]);
    const { data, shape } = await near.predictProba([[1.25]]);
    expect(shape).toEqual([1, 2]);
    expect(data[1]).toBeCloseTo(0.75, 6);
    const again = KNeighborsClassifier.fromJSON(JSON.parse(JSON.stringify(near)));
    expect(await again.predictProba([[1.25]])).toEqual({ data, shape });
  });

  test("classifies digits", async () => {
    const digits = await tables.digits();
    const d = digits.shape[1];
    const train = { data: digits.data.subarray(0, 1200 * d), shape: [1200, d] as const };
    const held = {
      data: digits.data.subarray(1200 * d),
      shape: [digits.shape[0] - 1200, d] as const,
    };
    const model = await new KNeighborsClassifier().fit(train, digits.y.subarray(0, 1200));
    expect(await model.score(held, digits.y.subarray(1200))).toBeGreaterThan(0.95);
  });

  test("refuses invalid options", async () => {
    await expect(new KNeighborsClassifier().fit(X.slice(0, 4), y.slice(0, 4))).rejects.toThrow(
      /lower nNeighbors/,
    );
    const model = await new KNeighborsClassifier().fit(X, y);
    await expect(model.kneighbors([[1]], 6)).rejects.toThrow(/at least 6 samples/);
    await expect(model.predict([[1, 2]])).rejects.toThrow(/expected 1 features/);
    await expect(model.predict([[Number.NaN]])).rejects.toThrow(/got NaN/);
    expect(() => new KNeighborsClassifier({ nNeighbors: 0 })).toThrow(/nNeighbors ≥ 1/);
    expect(() => new KNeighborsRegressor({ metric: "chebyshev" as never })).toThrow(
      /the default is euclidean/,
    );
  });
});

test("KNeighborsRegressor takes means", async () => {
  const X = [[0], [1], [2], [10]];
  const model = await new KNeighborsRegressor({ nNeighbors: 2 }).fit(X, [1, 3, 5, 100]);
  expect([...(await model.predict([[0.1], [1.9]]))]).toEqual([2, 4]);
  const near = await new KNeighborsRegressor({ nNeighbors: 2, weights: "distance" }).fit(
    X,
    [1, 3, 5, 100],
  );
  expect([...(await near.predict([[1], [0.25]]))]).toEqual([3, 1.5]);
  expect(await near.score(X, [1, 3, 5, 100])).toBe(1);
});
