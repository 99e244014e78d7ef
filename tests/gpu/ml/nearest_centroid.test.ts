import { describe, expect, test } from "vitest";
import { NearestCentroid } from "../../../src/ml/index.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

// Expected values from scikit-learn 1.2: NearestCentroid(metric=…, shrink_threshold=…).fit(X, y).
const rows = Array.from({ length: 30 }, (_, i) => i);
const X = rows.map((i) => [((i * 7) % 11) / 2, (i * i) % 13, 100 + (i % 5)]);
const y = rows.map((i) => (i < 10 ? i % 2 : i % 3));
const middle = [2.533333333333333, 5.666666666666667, 102];

const expected = [
  {
    metric: "euclidean",
    centroids: [
      ...[2.090909090909091, 5.7272727272727275, 102, 2.5416666666666665, 5.916666666666667],
      ...[101.91666666666667, 3.2142857142857144, 5.142857142857143, 102.14285714285714],
    ],
    predicted: "020121111210222212101101022221",
  },
  {
    metric: "euclidean",
    shrinkThreshold: 0.5,
    centroids: [
      ...[2.4788255882067354, 5.666666666666667, 102, 2.533333333333333, 5.666666666666667, 102],
      ...[2.6792624216612557, 5.666666666666667, 102],
    ],
    predicted: "020220200200202202002002022020",
  },
  {
    metric: "euclidean",
    shrinkThreshold: 2,
    centroids: [...middle, ...middle, ...middle],
    predicted: "0".repeat(30),
  },
  {
    metric: "manhattan",
    centroids: [2, 4, 102, 2.25, 6.5, 102, 3.5, 4, 102],
    predicted: "020121111210202212111101022021",
  },
  {
    metric: "manhattan",
    shrinkThreshold: 0.5,
    centroids: [
      ...[2.3925155568914382, 4.753276054868818, 102, 2.533333333333333, 5.798028736349179, 102],
      ...[2.9586335793467287, 5.038935538804487, 102],
    ],
    predicted: "020121111210202212111101022021",
  },
] as const;

describe("NearestCentroid is scikit-learn's:", () => {
  for (const { centroids, predicted, ...options } of expected) {
    test(JSON.stringify(options), async () => {
      const live = engine.counters().liveBytes;
      const model = await new NearestCentroid(options).fit(X, y);
      centroids.forEach((value, at) => {
        expect(Math.abs(Number(model.centroids[at]) - value)).toBeLessThan(1e-12 * value);
      });
      expect((await model.predict(X)).join("")).toBe(predicted);
      const again = NearestCentroid.fromJSON(
        JSON.parse(JSON.stringify(model)) as ReturnType<typeof model.toJSON>,
      );
      expect(again).toEqual(model);
      expect(engine.counters().liveBytes).toBe(live);
    });
  }
});

test("NearestCentroid keeps labels and the digits of far numbers", async () => {
  const far = [[1.6e12], [1.6e12 + 1], [1.6e12 + 10], [1.6e12 + 11]];
  const names = ["near", "near", "far", "far"];
  const model = await new NearestCentroid().fit(far, names);
  expect(model.classes).toEqual(["far", "near"]);
  expect([...model.centroids]).toEqual([1.6e12 + 10.5, 1.6e12 + 0.5]);
  expect(await model.predict([[1.6e12 + 5], [1.6e12 + 6], [1.6e12 + 5.5], [1e30]])).toEqual([
    "near",
    "far",
    "far",
    "far",
  ]);
  expect(await model.score(far, names)).toBe(1);
});

test("NearestCentroid refuses what cannot be", async () => {
  expect(() => new NearestCentroid({ shrinkThreshold: -1 })).toThrow(/shrinkThreshold ≥ 0, got -1/);
  expect(() => new NearestCentroid({ metric: "cosine" as never })).toThrow(/metric/);
  await expect(new NearestCentroid().fit([[1], [2]], [3, 3])).rejects.toThrow(/at least 2 classes/);
  const shrinks = new NearestCentroid({ shrinkThreshold: 1 });
  await expect(shrinks.fit([[1], [2]], [0, 1])).rejects.toThrow(/got 2 samples of 2 classes/);
  await expect(shrinks.fit([[1], [1], [2], [2]], [0, 0, 1, 1])).rejects.toThrow(
    /with a deviation of 0 in column 0/,
  );
  const model = await new NearestCentroid().fit(X, y);
  await expect(model.predict([[1]])).rejects.toThrow(/expected 3 features/);
});
