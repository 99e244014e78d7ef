import { describe, expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import {
  KMeans,
  LinearRegression,
  MiniBatchKMeans,
  Ridge,
  SVC,
  SVR,
  silhouetteScore,
} from "../../../src/ml/index.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

describe("least squares of features that nearly depend on each other", () => {
  for (const apart of [1e-3, 1e-4, 1e-5, 1e-6, 1e-7]) {
    test(`finds both coefficients, ${apart} of a deviation apart`, async () => {
      const random = seeded(4);
      const X = Array.from({ length: 40 }, () => {
        const x = 100 + 10 * random();
        return [x, x + 10 * apart * random(), random()];
      });
      const y = X.map(([a = 0, b = 0, c = 0]) => 3 * a - 2 * b + c + 7);
      const model = await new LinearRegression().fit(X, y);
      // float64 numbers near 100 are up to 2^-46 apart: that much of the spacing is lost before anything is computed
      const limit = 1e-5 + (4 * 2 ** -46) / (10 * apart);
      [3, -2, 1].forEach((value, c) => {
        expect(Math.abs((model.coef[c] as number) - value)).toBeLessThan(limit);
      });
    });
  }

  test("shares a coefficient where they are the same in other units, to the last bit or not", async () => {
    const X = Array.from({ length: 30 }, (_, i) => {
      const ms = 1_700_000_000_000 + 60_000 * ((7 * i) % 30);
      return [ms, ms / 1000, i % 4];
    });
    const y = X.map(([ms = 0, , c = 0]) => (ms - 1_700_000_000_000) / 6000 + 5 * c);
    const model = await new LinearRegression().fit(X, y);
    // the minimum-norm w with w₀ + w₁/1000 = 1/6000
    const share = 1 / 6000 / (1 + 1e-6);
    expect((model.coef[0] as number) / share).toBeCloseTo(1, 6);
    expect((model.coef[1] as number) / (share / 1000)).toBeCloseTo(1, 4);
    expect(model.coef[2]).toBeCloseTo(5, 5);
  });

  test("and a small penalty gives what float64 does", async () => {
    const random = seeded(8);
    const X = Array.from({ length: 50 }, () => {
      const x = random();
      return [x, x + 1e-5 * random()];
    });
    const y = X.map(([a = 0, b = 0]) => 3 * a - 2 * b);
    const alpha = 1e-9;
    const model = await new Ridge({ alpha }).fit(X, y);
    const centred = (c: number) => {
      const mean = X.reduce((sum, row) => sum + (row[c] ?? 0) / 50, 0);
      return X.map((row) => (row[c] ?? 0) - mean);
    };
    const [p, q] = [centred(0), centred(1).map((v, i) => v - (centred(0)[i] as number))];
    const sum = (a: number[], b: number[]) => a.reduce((s, v, i) => s + v * (b[i] as number), 0);
    // of u = (w₀ + w₁, w₁): features p and q = x₁ − x₀, penalty (u₀ − u₁)² + u₁², y = u·(1, −2)
    const [A, B, C] = [sum(p, p) + alpha, sum(p, q) - alpha, sum(q, q) + 2 * alpha];
    const [r, s] = [sum(p, p) - 2 * sum(p, q), sum(p, q) - 2 * sum(q, q)];
    const u1 = (A * s - B * r) / (A * C - B * B);
    const u0 = (r - B * u1) / A;
    expect(Math.abs((model.coef[1] as number) - u1)).toBeLessThan(1e-5);
    expect(Math.abs((model.coef[0] as number) - (u0 - u1))).toBeLessThan(1e-5);
  });
});

describe("groups of near numbers, too far apart for f32,", () => {
  const rows = Array.from({ length: 10 }, (_, i) => [i % 3, 1e12 * Math.floor(i / 5) + (i % 5)]);
  const y = rows.map((_, i) => i % 2);
  const fits: Readonly<Record<string, () => Promise<unknown>>> = {
    KMeans: () => new KMeans({ nClusters: 4 }).fit(rows),
    MiniBatchKMeans: () => new MiniBatchKMeans({ nClusters: 4 }).fit(rows),
    silhouetteScore: () => silhouetteScore(rows, y),
    SVC: () => new SVC({ kernel: "linear" }).fit(rows, y),
    SVR: () => new SVR({ gamma: 1 }).fit(rows, y),
  };
  for (const [name, attempt] of Object.entries(fits)) {
    test(`are refused by ${name}, which names the feature and what to do`, async () => {
      await expect(attempt()).rejects.toThrow(
        new RegExp(
          `^${name}: .* got .* too close for the range in feature 1; subtract each group's offset`,
        ),
      );
    });
  }

  test("do not matter to a radial kernel that is as wide as they are apart", async () => {
    const X = rows.map(([, x = 0]) => [x]);
    const model = await new SVC({ tol: 1e-6 }).fit(X, [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    // gamma = 1 / var = 4e-24, K between the groups e^-4: two points of weight 1 / (1 - e^-4) each
    const { data } = await model.decisionFunction(X);
    data.forEach((value, i) => {
      expect(value).toBeCloseTo(i < 5 ? -1 : 1, 5);
    });
  });
});

describe("numbers of all sizes in one feature", () => {
  test("are not refused as groups: one outlier, or powers of ten", async () => {
    const outlier = [[0], [1e-30], [1e30]];
    const two = await new KMeans({ nClusters: 2 }).fit(outlier);
    expect(two.inertia / 5e-61).toBeCloseTo(1, 6);
    const powers = Array.from({ length: 40 }, (_, i) => [1.5 * 10 ** (i - 20)]);
    const model = await new KMeans({ nClusters: 2 }).fit(powers);
    expect(model.labels[39]).not.toBe(model.labels[38]);
  });
});
