import { describe, expect, test } from "vitest";
import {
  GaussianNB,
  KMeans,
  KNeighborsClassifier,
  LinearRegression,
  LinearSVC,
  MinMaxScaler,
  StandardScaler,
  SVC,
  SVR,
  silhouetteSamples,
} from "../../../src/ml/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

/** Expected values come from scikit-learn 1.2 or from the arithmetic written beside them. */
describe("K-Means on numbers of very different sizes", () => {
  for (const far of [1e5, 1e6, 1e12]) {
    test(`finds the pair among 0, 1, 2 and ${far}`, async () => {
      const model = await new KMeans({ nClusters: 3, maxIter: 5 }).fit([[0], [1], [2], [far]]);
      expect(model.inertia).toBeCloseTo(0.5, 6);
    });
  }

  test("ends, and finds three groups, whatever their unit", async () => {
    const groups = [0, 1, 2].flatMap((g) => [0, 0.1, 0.2, 0.3].map((x) => [10 * g + x, -g]));
    const expected = await new KMeans({ nClusters: 3 }).fit(groups);
    for (const unit of [1e19, 1e25, 1e-22, 2 ** 60, 2 ** -60]) {
      const X = groups.map((row) => row.map((x) => unit * x));
      const model = await new KMeans({ nClusters: 3 }).fit(X);
      expect(model.labels).toEqual(expected.labels);
      expect(model.inertia / unit ** 2).toBeCloseTo(expected.inertia, 9);
      expect(await model.predict(X)).toEqual(model.labels);
    }
  });

  test("does not confuse near points far from 0 beside an outlier", async () => {
    const X = [[1e9], [1e9 + 1], [1e9 + 10], [1e9 + 11], [1e9 + 20], [1e9 + 21]];
    const model = await new KMeans({ nClusters: 3, nInit: 3 }).fit(X);
    expect(model.inertia).toBeCloseTo(1.5, 9);
    const outlier = await new KMeans({ nClusters: 4, nInit: 3 }).fit([...X, [1e12]]);
    expect(outlier.inertia).toBeCloseTo(1.5, 6);
  });
});

describe("scalers", () => {
  test("keep the digits of numbers far from 0", async () => {
    const X = [0, 1, 2, 3, 4].map((x) => [1e8 + x]);
    const { data } = await new StandardScaler().fitTransform(X);
    const expected = [-Math.SQRT2, -Math.SQRT1_2, 0, Math.SQRT1_2, Math.SQRT2];
    expected.forEach((value, i) => {
      expect(data[i]).toBeCloseTo(value, 12);
    });
  });

  test("never leave the range they were asked for", async () => {
    const X = Array.from({ length: 8000 }, (_, i) => [1e3 * Math.sin(1.7 * i) + 0.1]);
    const { data } = await new MinMaxScaler().fitTransform(X);
    expect(data.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect([data.indexOf(0) >= 0, data.indexOf(1) >= 0]).toEqual([true, true]);
  });
});

describe("support vector machines", () => {
  test("do not change under a shift of the samples", async () => {
    const X = [[10001], [10002], [10003], [10004]];
    const model = await new SVC({ kernel: "linear" }).fit(X, [0, 0, 1, 1]);
    const { data } = await model.decisionFunction(X);
    [-1.5, -0.5, 0.5, 1.5].forEach((value, i) => {
      expect(data[i]).toBeCloseTo(value, 3);
    });
    const again = SVC.fromJSON(JSON.parse(JSON.stringify(model)));
    expect((await again.decisionFunction(X)).data).toEqual(data);
  });

  test("have the same decisions with a radial kernel after a shift by a billion", async () => {
    const near = Array.from({ length: 40 }, (_, i) => [Math.sin(i), Math.cos(2.3 * i)]);
    const y = near.map(([a = 0, b = 0]) => Number(a * b > 0));
    const far = near.map((row) => row.map((x) => Math.round(x * 2 ** 20) / 2 ** 20 + 1e9));
    const at = async (X: number[][]) => (await new SVC({ gamma: 1 }).fit(X, y)).decisionFunction(X);
    const [a, b] = [await at(near), await at(far)];
    a.data.forEach((value, i) => {
      expect(Math.abs(value - (b.data[i] as number))).toBeLessThan(2e-3); // tol is 1e-3 in both
    });
    const line = await new SVR({ kernel: "linear", epsilon: 0.01 }).fit(
      [[1e9], [1e9 + 1], [1e9 + 2]],
      [0, 1, 2],
    );
    const predicted = await line.predict([[1e9 + 1]]);
    expect(predicted[0]).toBeCloseTo(1, 2);
  });
});

describe("others", () => {
  test("neighbours of points 1e-20 apart", async () => {
    const X = Array.from({ length: 60 }, (_, i) => [1e-20 * ((i * 37) % 60)]);
    const y = X.map(([x = 0]) => Number(x > 29.5e-20));
    const model = await new KNeighborsClassifier({ nNeighbors: 1 }).fit(X, y);
    expect([...(await model.predict(X))]).toEqual(y);
    const s = await silhouetteSamples(X, y);
    const unit = await silhouetteSamples(
      X.map(([x = 0]) => [1e20 * x]),
      y,
    );
    s.forEach((value, i) => {
      expect(value).toBeCloseTo(unit[i] as number, 5);
    });
  });

  test("naive Bayes does not depend on units", async () => {
    const X = Array.from({ length: 40 }, (_, i) => [Math.sin(i) + (i % 2), Math.cos(3 * i)]);
    const y = X.map((_, i) => i % 2);
    const expected = await (await new GaussianNB().fit(X, y)).predictProba(X);
    for (const unit of [1e20, 1e-20]) {
      const scaled = X.map((row) => row.map((x) => unit * x));
      const got = await (await new GaussianNB().fit(scaled, y)).predictProba(scaled);
      got.data.forEach((value, i) => {
        expect(Math.abs(value - (expected.data[i] as number))).toBeLessThan(1e-5);
      });
    }
  });

  test("regression on timestamps", async () => {
    const X = Array.from({ length: 30 }, (_, i) => [1.7e12 + 86_400_000 * i]);
    const y = X.map((_, i) => 1e9 + 3 * i);
    const model = await new LinearRegression().fit(X, y);
    expect((model.coef[0] as number) * 86_400_000).toBeCloseTo(3, 8);
    const predicted = await model.predict(X);
    predicted.forEach((value, i) => {
      expect(Math.abs(value - (y[i] as number))).toBeLessThan(1e-4);
    });
    const side = y.map((_, i) => Number(i >= 15));
    // a penalised intercept depends on how far the samples are from 0: liblinear's optimum puts all of them on one side
    const free = { interceptScaling: Number.POSITIVE_INFINITY };
    const svc = await new LinearSVC(free).fit(X, side);
    expect(await svc.score(X, side)).toBe(1);
  });

  test("rows, typed arrays and tensors are the same samples", async () => {
    const rows = [
      [1, 2],
      [3, 5],
      [8, 13],
    ];
    const shape = [3, 2] as const;
    const ways = [
      rows,
      { data: Float32Array.from(rows.flat()), shape },
      { data: Float64Array.from(rows.flat()), shape },
      tensor(rows),
    ];
    const all = await Promise.all(ways.map((X) => new StandardScaler().fitTransform(X)));
    for (const each of all) expect(each).toEqual(all[0]);
  });

  test("what is no number is refused by row and column", async () => {
    const scaled = (X: unknown) => new StandardScaler().fit(X as number[][]);
    await expect(
      scaled([
        [1, 2],
        [3, null],
      ]),
    ).rejects.toThrow(/got null in row 1, column 1 of X/);
    await expect(scaled([[1, ""]])).rejects.toThrow(/got "" in row 0, column 1/);
    await expect(scaled([[" "]])).rejects.toThrow(/got " " in row 0, column 0/);
    await expect(scaled([[1], [undefined]])).rejects.toThrow(/got nothing in row 1, column 0/);
    await expect(scaled(Float32Array.of(1, 2))).rejects.toThrow(/\{ data, shape/);
    const model = new LinearRegression().fit([[1], [2]], [1, null] as unknown as number[]);
    await expect(model).rejects.toThrow(/got y\[1\] = null/);
  });
});
