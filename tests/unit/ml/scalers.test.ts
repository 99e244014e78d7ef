import { describe, expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import { MinMaxScaler, PolynomialFeatures, StandardScaler } from "../../../src/ml/index.ts";

describe("PolynomialFeatures", () => {
  test("multiplies in float64: squares of timestamps and products of integers are exact", async () => {
    const X = [[1.7e12 + 1, 94906267]];
    const { data } = await new PolynomialFeatures({ includeBias: false }).fitTransform(X);
    expect([...data]).toEqual([
      1.7e12 + 1,
      94906267,
      (1.7e12 + 1) ** 2,
      (1.7e12 + 1) * 94906267,
      94906267 ** 2,
    ]);
    const far = await new PolynomialFeatures({ includeBias: false }).fitTransform([
      [1e-20],
      [1e20],
    ]);
    expect([...far.data]).toEqual([1e-20, 1e-20 * 1e-20, 1e20, 1e20 * 1e20]);
  });
});

describe("MinMaxScaler", () => {
  for (const featureRange of [
    [0, 1],
    [0.1, 0.7],
    [-1e-3, 1 / 3],
    [-0.3, 1e8 + 0.1],
  ] as const) {
    test(`leaves no fitted number outside [${featureRange}]`, async () => {
      const random = seeded(5);
      const scales = [1, 1e-20, 1e20, 3, 7, 0.1, 1e8, 1e-8];
      const X = Array.from({ length: 1000 }, () =>
        scales.map((scale, c) => (c === 6 ? 1.7e12 : 0) + scale * (random() - 0.3)),
      );
      const { data } = await new MinMaxScaler({ featureRange }).fitTransform(X);
      const [low, high] = featureRange;
      expect(data.filter((value) => !(value >= low && value <= high)).length).toBe(0);
      for (let c = 0; c < scales.length; c++) {
        const own = data.filter((_, at) => at % scales.length === c);
        expect([Math.min(...own), Math.max(...own)]).toEqual([low, high]);
      }
    });
  }

  test("samples beyond those of fit fall outside on their side", async () => {
    const scaler = await new MinMaxScaler().fit([[0], [2]]);
    expect([...(await scaler.transform([[-2], [1], [4]])).data]).toEqual([-1, 0.5, 2]);
    const learner = new MinMaxScaler({ clip: true, featureRange: [1, 3] });
    const clipped = await learner.fit([[0, 5], [2, 5]]); // biome-ignore format: rows
    for (const each of [clipped, MinMaxScaler.fromJSON(JSON.parse(JSON.stringify(clipped)))]) {
      const { data } = await each.transform([[-2, 4], [1, 5], [4, 6]]); // biome-ignore format: rows
      expect([...data]).toEqual([1, 1, 2, 1, 3, 3]); // of MinMaxScaler(clip=True) of scikit-learn 1.2
    }
    await expect(learner.fit(clipped.transform([[1, 5]]) as never)).rejects.toThrow(
      /as X, got an object of class Promise; await a Promise/,
    );
  });
});

describe("StandardScaler", () => {
  // (x − mean)/std of 0…4, by StandardScaler of scikit-learn 1.2 on 1e8 + 0…4
  const wanted = [-Math.SQRT2, -0.7071067811865475, 0, 0.7071067811865475, Math.SQRT2];
  const series: Readonly<Record<string, (i: number) => number>> = {
    "1e8 + 0…4": (i) => 1e8 + i,
    timestamps: (i) => 1.7e12 + 1000 * i,
    "numbers near 1e-20": (i) => 1e-20 * i,
    "numbers near 1e20": (i) => 1e20 * i,
  };
  for (const [name, of] of Object.entries(series)) {
    test(`gives deviations of ${name}`, async () => {
      const { data } = await new StandardScaler().fitTransform([0, 1, 2, 3, 4].map((i) => [of(i)]));
      data.forEach((value, i) => {
        expect(value).toBeCloseTo(wanted[i] as number, 14);
      });
    });
  }

  test("makes exactly 0 of a constant feature, however large", async () => {
    const rows = Array.from({ length: 7 }, () => [0.1, 1.7e12 + 0.3, 1e20]);
    const { data } = await new StandardScaler().fitTransform(rows);
    expect(data.every((value) => value === 0)).toBe(true);
  });
});
