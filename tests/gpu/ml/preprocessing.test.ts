import { describe, expect, test } from "vitest";
import { tables } from "../../../demos/shared/tables.ts";
import { seeded } from "../../../src/core/rng.ts";
import {
  crossValScore,
  MinMaxScaler,
  meanSquaredError,
  PCA,
  PolynomialFeatures,
  Ridge,
  StandardScaler,
} from "../../../src/ml/index.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

/** Column c of a matrix stored by rows. */
const column = (
  { data, shape: [n, d] }: { data: ArrayLike<number>; shape: readonly [number, number] },
  c: number,
) => Array.from({ length: n }, (_, i) => data[i * d + c] as number);
const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b / values.length, 0);

describe("StandardScaler", () => {
  test("gives mean 0 and deviation 1, far from 0 as well", async () => {
    const random = seeded(2);
    const data = Float32Array.from({ length: 600 }, (_, i) =>
      i % 3 ? 1e4 * (i % 3) + random() : 7,
    );
    const X = { data, shape: [200, 3] as const };
    const live = engine.counters().liveBytes;
    const scaler = await new StandardScaler().fit(X);
    const y = await scaler.transform(X);
    expect(engine.counters().liveBytes).toBe(live);
    expect(column(y, 0).every((value) => value === 0)).toBe(true);
    for (const c of [1, 2]) {
      const x = column(X, c);
      const mean = meanOf(x);
      const std = Math.sqrt(meanOf(x.map((value) => (value - mean) ** 2)));
      column(y, c).forEach((value, i) => {
        expect(Math.abs(value - ((x[i] as number) - mean) / std)).toBeLessThan(2e-6);
      });
    }
    const back = await scaler.inverseTransform(y);
    expect(back.data.every((value, i) => Math.abs(value - (data[i] as number)) < 0.004)).toBe(true);
    const again = StandardScaler.fromJSON(JSON.parse(JSON.stringify(scaler)));
    expect(await again.transform(X)).toEqual(y);
    await expect(scaler.transform([[1, 2]])).rejects.toThrow(/expected 3 features/);
  });

  test("leaves out what it is told to", async () => {
    const X = [
      [1, 10],
      [3, 30],
    ];
    const shifted = await new StandardScaler({ withStd: false }).fitTransform(X);
    expect([...shifted.data]).toEqual([-1, -10, 1, 10]);
    const scaled = await new StandardScaler({ withMean: false }).fitTransform(X);
    expect([...scaled.data].map((v) => Math.round(1e5 * v) / 1e5)).toEqual([1, 1, 3, 3]);
  });
});

describe("MinMaxScaler", () => {
  test("fills the range, and a constant feature lies at its lower end", async () => {
    const X = [
      [1, 5, -4],
      [2, 5, 0],
      [5, 5, 4],
    ];
    const scaler = await new MinMaxScaler({ featureRange: [-1, 1] }).fit(X);
    const y = await scaler.transform(X);
    expect([...y.data]).toEqual([-1, -1, -1, -0.5, -1, 0, 1, -1, 1]);
    expect([...(await scaler.inverseTransform(y)).data]).toEqual(X.flat());
    const again = MinMaxScaler.fromJSON(JSON.parse(JSON.stringify(scaler)));
    expect(await again.transform([[9, 5, 0]])).toEqual(await scaler.transform([[9, 5, 0]]));
    expect(() => new MinMaxScaler({ featureRange: [1, 1] })).toThrow(/low < high/);
  });
});

describe("PolynomialFeatures", () => {
  test("has all products in order", async () => {
    const products = await new PolynomialFeatures().fit([[2, 3]]);
    expect([...(await products.transform([[2, 3]])).data]).toEqual([1, 2, 3, 4, 6, 9]);
    expect(products.powers).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
      [2, 0],
      [1, 1],
      [0, 2],
    ]);
    const third = new PolynomialFeatures({ degree: 3, interactionOnly: true, includeBias: false });
    const y = await third.fitTransform([[2, 3, 5]]);
    expect([...y.data]).toEqual([2, 3, 5, 6, 10, 15, 30]);
    const again = PolynomialFeatures.fromJSON(JSON.parse(JSON.stringify(products)));
    expect(again.powers).toEqual(products.powers);
  });

  test("makes a line follow a curve", async () => {
    const X = Array.from({ length: 40 }, (_, i) => [i / 20 - 1]);
    const y = X.map(([x = 0]) => 1 - 2 * x + 3 * x ** 3);
    const cubes = await new PolynomialFeatures({ degree: 3, includeBias: false }).fitTransform(X);
    const model = await new Ridge({ alpha: 0 }).fit(cubes, y);
    expect(meanSquaredError(y, await model.predict(cubes))).toBeLessThan(1e-10);
  });

  test("refuses more products than can be", async () => {
    const wide = [Array<number>(3000).fill(1)];
    await expect(new PolynomialFeatures().fit(wide)).rejects.toThrow(/lower the degree/);
    expect(() => new PolynomialFeatures({ degree: 1.5 })).toThrow(/whole degree/);
  });
});

/** A·Aᵀ, which is the identity if the rows are orthonormal. */
function unorthonormal(rows: Float64Array, d: number): number {
  const k = rows.length / d;
  let worst = 0;
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) {
      let sum = 0;
      for (let c = 0; c < d; c++) sum += (rows[a * d + c] as number) * (rows[b * d + c] as number);
      worst = Math.max(worst, Math.abs(sum - Number(a === b)));
    }
  }
  return worst;
}

/** Covariance matrix in float64, divided by samples − 1. */
function covariance({
  data,
  shape: [n, d],
}: {
  data: ArrayLike<number>;
  shape: readonly [number, number];
}) {
  const mean = Array.from({ length: d }, (_, c) => meanOf(column({ data, shape: [n, d] }, c)));
  return Array.from({ length: d }, (_, a) =>
    Array.from({ length: d }, (_, b) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        sum +=
          ((data[i * d + a] as number) - (mean[a] as number)) *
          ((data[i * d + b] as number) - (mean[b] as number));
      }
      return sum / (n - 1);
    }),
  );
}

describe("PCA", () => {
  for (const name of ["iris", "wine", "digits"] as const) {
    test(`finds eigenvectors of the covariance of ${name}`, async () => {
      const table = await tables[name]();
      const d = table.shape[1];
      const model = await new PCA().fit(table);
      expect(unorthonormal(model.components, d)).toBeLessThan(1e-9);
      const c = covariance(table);
      const largest = model.explainedVariance[0] as number;
      for (let k = 0; k < Math.min(d, 10); k++) {
        const v = model.components.subarray(k * d, (k + 1) * d);
        const variance = model.explainedVariance[k] as number;
        for (let i = 0; i < d; i++) {
          const image = (c[i] as number[]).reduce(
            (sum, value, j) => sum + value * (v[j] as number),
            0,
          );
          expect(Math.abs(image - variance * (v[i] as number))).toBeLessThan(1e-6 * largest);
        }
        expect(v.reduce((most, x) => (Math.abs(x) > Math.abs(most) ? x : most), 0)).toBeGreaterThan(
          0,
        );
      }
      expect(model.explainedVarianceRatio.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    });
  }

  test("turns, whitens, comes back, and keeps what it is told to", async () => {
    const table = await tables.iris();
    const live = engine.counters().liveBytes;
    const model = await new PCA({ nComponents: 2, whiten: true }).fit(table);
    const turned = await model.transform(table);
    expect(turned.shape).toEqual([150, 2]);
    for (const c of [0, 1]) {
      const values = column(turned, c);
      expect(Math.abs(meanOf(values))).toBeLessThan(1e-5);
      expect(values.reduce((sum, v) => sum + v * v, 0) / 149).toBeCloseTo(1, 4);
    }
    const all = await new PCA().fit(table);
    const back = await all.inverseTransform(await all.transform(table));
    back.data.forEach((value, i) => {
      expect(Math.abs(value - (table.data[i] as number))).toBeLessThan(1e-5);
    });
    expect((await new PCA({ nComponents: 0.97 }).fit(table)).explainedVariance.length).toBe(2);
    expect((await new PCA({ nComponents: 0.9 }).fit(table)).explainedVariance.length).toBe(1);
    const again = PCA.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(await again.transform(table)).toEqual(turned);
    expect(engine.counters().liveBytes).toBe(live);
  });

  test("refuses what has no components", async () => {
    await expect(new PCA().fit([[1, 2]])).rejects.toThrow(/2 samples at least/);
    await expect(
      new PCA({ nComponents: 3 }).fit([
        [1, 2],
        [3, 4],
      ]),
    ).rejects.toThrow(/lower nComponents/);
    expect(() => new PCA({ nComponents: 1.5 })).toThrow(/whole number ≥ 1 or a share/);
  });
});

test("estimators are scored fold by fold", async () => {
  const table = await tables.diabetes();
  const scores = await crossValScore(new Ridge({ alpha: 1 }), table, table.y);
  expect(scores.length).toBe(5);
  expect(meanOf([...scores])).toBeGreaterThan(0.4);
});
