import { describe, expect, test } from "vitest";
import { tables } from "../../../demos/shared/tables.ts";
import { permutation, seeded } from "../../../src/core/rng.ts";
import {
  KMeans,
  MiniBatchKMeans,
  Perceptron,
  RandomOverSampler,
  RandomUnderSampler,
  SMOTE,
  StandardScaler,
} from "../../../src/ml/index.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

describe("MiniBatchKMeans", () => {
  test("ends near Lloyd's inertia, and is kept as JSON", async () => {
    const random = seeded(2);
    const data = Float32Array.from(
      { length: 12_000 },
      (_, at) => 100 + 5 * ((at >> 1) % 6) * (at % 2 ? 1 : -1) + random(),
    );
    const X = { data, shape: [6000, 2] as const };
    const live = engine.counters().liveBytes;
    const mini = await new MiniBatchKMeans({ nClusters: 6, batchSize: 256 }).fit(X);
    expect(engine.counters().liveBytes).toBe(live);
    const whole = await new KMeans({ nClusters: 6 }).fit(X);
    expect(mini.inertia).toBeLessThan(1.05 * whole.inertia);
    expect(mini.labels.length).toBe(6000);
    const again = MiniBatchKMeans.fromJSON(JSON.parse(JSON.stringify(mini)));
    expect(await again.predict(X)).toEqual(mini.labels);
    expect((await new MiniBatchKMeans({ nClusters: 6, batchSize: 256 }).fit(X)).labels).toEqual(
      mini.labels,
    );
  });

  test("refuses what cannot be, and stops", async () => {
    expect(() => new MiniBatchKMeans({ batchSize: 0 })).toThrow(/batchSize a whole number/);
    await expect(new MiniBatchKMeans().fit([[1]])).rejects.toThrow(/lower nClusters/);
    const live = engine.counters().liveBytes;
    const controller = new AbortController();
    const X = Array.from({ length: 50 }, (_, i) => [i, i % 7]);
    const fit = new MiniBatchKMeans({ nClusters: 3 }).fit(X, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("enough")),
    });
    await fit.catch(() => undefined);
    expect(engine.counters().liveBytes).toBe(live);
  });
});

/** The perceptron rule in float64 with the same sample orders, until every sample is classified correctly. */
function perceptronInFloat64(
  rows: readonly (readonly number[])[],
  y: readonly number[],
  passes: number,
) {
  const random = seeded(0);
  const w = new Array<number>((rows[0]?.length ?? 0) + 1).fill(0);
  for (let pass = 0; pass < passes; pass++) {
    for (const i of permutation(rows.length, random)) {
      const x = [...(rows[i] ?? []), 1];
      const score = x.reduce((sum, value, c) => sum + value * (w[c] ?? 0), 0);
      const side = y[i] === 1 ? 1 : -1;
      if (side * score > 0) continue;
      x.forEach((value, c) => {
        w[c] = (w[c] ?? 0) + side * value;
      });
    }
  }
  return w;
}

describe("Perceptron", () => {
  test("takes the steps of the rule", async () => {
    const rows = Array.from({ length: 40 }, (_, i) => [((i * 7) % 11) - 5, ((i * 3) % 13) - 6]);
    const y = rows.map(([a = 0, b = 0]) => Number(2 * a - b > 0.5));
    const model = await new Perceptron().fit(rows, y);
    expect(await model.score(rows, y)).toBe(1);
    expect([...model.coef, ...model.intercept]).toEqual(perceptronInFloat64(rows, y, model.nIter));
    expect(model.converged).toBe(true);
    const again = Perceptron.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(await again.predict(rows)).toEqual(await model.predict(rows));
  });

  test("classifies wine, three classes, with and without an intercept", async () => {
    const raw = await tables.wine();
    const wine = await new StandardScaler().fitTransform(raw);
    const live = engine.counters().liveBytes;
    const model = await new Perceptron().fit(wine, raw.y);
    expect(model.intercept.length).toBe(3);
    expect(await model.score(wine, raw.y)).toBeGreaterThan(0.97);
    const plain = await new Perceptron({ fitIntercept: false, shuffle: false }).fit(wine, raw.y);
    expect([...plain.intercept]).toEqual([0, 0, 0]);
    expect(await plain.score(wine, raw.y)).toBeGreaterThan(0.9);
    expect(engine.counters().liveBytes).toBe(live);
  });

  test("refuses what it cannot learn from", async () => {
    await expect(new Perceptron().fit([[1], [2]], [3, 3])).rejects.toThrow(/at least 2 classes/);
    expect(() => new Perceptron({ eta0: 0 })).toThrow(/eta0 > 0/);
  });
});

describe("sampling", () => {
  const X = Array.from({ length: 30 }, (_, i) => [i, i % 4]);
  const y = X.map((_, i) => (i < 20 ? 0 : i < 23 ? 1 : 2)); // 20, 3 and 7 samples
  const counts = (labels: Iterable<number>) =>
    [...labels].reduce((all, label) => all.with(label, (all[label] ?? 0) + 1), [0, 0, 0]);

  test("leaves out down to the smallest class", async () => {
    const few = await new RandomUnderSampler().fitResample(X, y);
    expect(counts(few.y)).toEqual([3, 3, 3]);
    expect(new Set(few.indices).size).toBe(9);
    few.indices.forEach((row, i) => {
      expect(few.X.data[2 * i]).toBe(row);
      expect(few.y[i]).toBe(y[row]);
    });
  });

  test("repeats up to the largest class", async () => {
    const many = await new RandomOverSampler({ randomState: 4 }).fitResample(X, y);
    expect(counts(many.y)).toEqual([20, 20, 20]);
    expect([...many.indices.subarray(0, 30)]).toEqual([...Array(30).keys()]);
    many.indices.forEach((row, i) => {
      expect(many.y[i]).toBe(y[row]);
    });
    expect(await new RandomOverSampler({ randomState: 4 }).fitResample(X, y)).toEqual(many);
  });

  test("makes samples between neighbours of a class", async () => {
    const made = await new SMOTE({ kNeighbors: 2 }).fitResample(X, y);
    expect(counts(made.y)).toEqual([20, 20, 20]);
    expect(made.X.shape).toEqual([60, 2]);
    for (let i = 30; i < 60; i++) {
      const own = [made.X.data[2 * i] ?? 0, made.X.data[2 * i + 1] ?? 0];
      const start = X[made.indices[i] ?? 0] as number[];
      const between = X.some((end, row) => {
        if (y[row] !== made.y[i] || row === made.indices[i]) return false;
        const along = end.map((value, c) => value - (start[c] ?? 0));
        const moved = own.map((value, c) => value - (start[c] ?? 0));
        const share =
          (along[0] ?? 0) === 0
            ? (moved[1] ?? 0) / (along[1] ?? 1)
            : (moved[0] ?? 0) / (along[0] ?? 1);
        const near = moved.every((value, c) => Math.abs(value - share * (along[c] ?? 0)) < 1e-5);
        return near && share >= 0 && share < 1;
      });
      expect(between).toBe(true);
    }
    await expect(new SMOTE().fitResample(X, y)).rejects.toThrow(
      /got 3 of class 1; lower kNeighbors/,
    );
    expect(() => new SMOTE({ kNeighbors: 0 })).toThrow(/kNeighbors ≥ 1/);
  });
});
