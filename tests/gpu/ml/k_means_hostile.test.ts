import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KMeans, MiniBatchKMeans } from "../../../src/ml/index.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

interface Clusters {
  readonly labels: Uint32Array;
  readonly clusterCenters: Float64Array;
}

type Rows = readonly (readonly number[])[];

/**
 * Distances of every row from the centre of its label and from the nearest centre, in float64, in multiples of `unit`.
 */
function distances(X: Rows, { labels, clusterCenters }: Clusters, unit: number) {
  const d = X[0]?.length ?? 0;
  const far = (row: readonly number[], c: number) =>
    Math.hypot(...row.map((v, j) => (v - Number(clusterCenters[c * d + j])) / unit));
  const clusters = Array.from({ length: clusterCenters.length / d }, (_, c) => c);
  return X.map((row, i) => ({
    own: far(row, labels[i] as number),
    least: Math.min(...clusters.map((c) => far(row, c))),
  }));
}

const inertiaOf = (X: Rows, model: Clusters, unit: number): number =>
  distances(X, model, unit).reduce((sum, { own }) => sum + own ** 2, 0);

/** Distance of a row from the point that f32 coordinates are relative to: the medians of the columns. */
function reach(X: Rows, row: readonly number[], unit: number): number {
  const middle = row.map((_, j) => X.map((r) => Number(r[j])).sort((a, b) => a - b)[X.length >> 1]);
  return Math.hypot(...row.map((v, j) => (v - Number(middle[j])) / unit));
}

const groups = (unit: number) =>
  Array.from({ length: 18 }, (_, i) => [unit * ((i % 3) * 10 + (i % 5) / 8), (unit * (i % 4)) / 8]);

describe("K-Means ends, and is right, on", () => {
  for (const outlier of [1e5, 1e6, 1e9]) {
    test(`three near points and one at ${outlier}`, async () => {
      const X = [[0], [1], [2], [outlier]];
      for (const nClusters of [3, 2]) {
        const model = await new KMeans({ nClusters, maxIter: 5 }).fit(X);
        expect(model.inertia).toBe(nClusters === 3 ? 0.5 : 2);
        expect(model.nIter).toBeLessThanOrEqual(5);
      }
    });
  }

  for (const unit of [1e19, 1e25, 1e-22, 1e-60, 1e60]) {
    test(`three groups times ${unit}`, async () => {
      const X = groups(unit);
      const model = await new KMeans({ nClusters: 3, nInit: 3 }).fit(X);
      const first = [0, 1, 2].map((i) => model.labels[i]);
      expect(new Set(first).size).toBe(3);
      expect([...model.labels]).toEqual(X.map((_, i) => first[i % 3]));
      const own = inertiaOf(X, model, unit);
      expect(Math.abs(model.inertia / unit ** 2 / own - 1)).toBeLessThan(1e-12);
    });
  }

  test("three groups at 1.6e12, a clock's milliseconds", async () => {
    const X = groups(1000).map(([a = 0, b = 0]) => [1.6e12 + a, 1.6e12 + b]);
    const model = await new KMeans({ nClusters: 3, nInit: 3 }).fit(X);
    expect([...model.labels]).toEqual(X.map((_, i) => model.labels[i % 3]));
  });
});

/** The fitted model, or undefined if fit refuses data that f32 cannot distinguish. */
async function orRefused<T>(fit: Promise<T>): Promise<T | undefined> {
  try {
    return await fit;
  } catch (error) {
    expect(String(error)).toMatch(/expected samples that f32 tells apart/);
    return undefined;
  }
}

/** Values with repetitions, of one scale or of several, about 0 or far from it. */
const value = fc.oneof(
  fc.constantFrom(0, 1, 2, 3),
  fc.constantFrom(1e6, -1e6, 1e-6, 1e12, 1e-12),
  fc.double({ min: -10, max: 10, noNaN: true }),
);
const problem = fc
  .tuple(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 3 }))
  .chain(([n, d]) =>
    fc.record({
      X: fc.array(fc.array(value, { minLength: d, maxLength: d }), { minLength: n, maxLength: n }),
      nClusters: fc.integer({ min: 1, max: Math.min(n, 6) }),
      maxIter: fc.constantFrom(1, 5, 40),
      init: fc.constantFrom("k-means++", "random", "k-means||"),
      unit: fc.constantFrom(1, 1e-20, 1e20, 2 ** -60),
    }),
  );

test("K-Means ends with the nearest centres and their inertia on duplicates and mixed scales", async () => {
  const live = engine.counters().liveBytes;
  await fc.assert(
    fc.asyncProperty(problem, async ({ X, nClusters, maxIter, init, unit }) => {
      const rows = X.map((row) => row.map((v) => v * unit));
      const kMeans = new KMeans({ nClusters, maxIter, init, nInit: 1 });
      const model = await orRefused(kMeans.fit(rows));
      if (!model) return;
      const own = inertiaOf(rows, model, unit);
      const inertia = model.inertia / unit ** 2;
      expect(model.nIter).toBeLessThanOrEqual(maxIter);
      expect([...model.clusterCenters].every(Number.isFinite)).toBe(true);
      expect(Math.abs(inertia - own)).toBeLessThanOrEqual(1e-12 * own);
      // f32 rounds a point and the centres near it by 2^-24 of their size; sums and means lose a few bits more
      distances(rows, model, unit).forEach((far, i) => {
        const most = 2 ** -18 * (reach(rows, rows[i] ?? [], unit) + far.own);
        expect(far.own - far.least).toBeLessThanOrEqual(most);
      });
    }),
    { numRuns: 60, seed: 14, endOnFailure: true },
  );
  expect(engine.counters().liveBytes).toBe(live);
}, 120_000);

test("MiniBatchKMeans ends on duplicates and mixed scales", async () => {
  await fc.assert(
    fc.asyncProperty(problem, async ({ X, nClusters, init, unit }) => {
      const rows = X.map((row) => row.map((v) => v * unit));
      const kMeans = new MiniBatchKMeans({ nClusters, maxIter: 3, init });
      const model = await orRefused(kMeans.fit(rows));
      if (!model) return;
      const own = inertiaOf(rows, model, unit);
      expect(Math.abs(model.inertia / unit ** 2 - own)).toBeLessThanOrEqual(1e-12 * own);
    }),
    { numRuns: 25, seed: 14, endOnFailure: true },
  );
}, 120_000);
