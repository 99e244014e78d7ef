import { describe, expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import {
  accuracyScore,
  averagePrecisionScore,
  brierScoreLoss,
  calibrationCurve,
  classificationReport,
  confusionMatrix,
  f1Score,
  meanAbsoluteError,
  meanSquaredError,
  precisionRecallCurve,
  precisionScore,
  r2Score,
  recallScore,
  rocAucScore,
  rocCurve,
  rootMeanSquaredError,
} from "../../../src/ml/metrics/index.ts";

// class 0: 2 right, 1 predicted as 1; class 1: 1 right, 1 predicted as 2; class 2: 1 right, 2 predicted as 1
const truth = [0, 0, 0, 1, 1, 2, 2, 2];
const given = [0, 0, 1, 1, 2, 2, 1, 1];

describe("classes:", () => {
  test("a confusion matrix counts pairs, in the order asked for", () => {
    expect(confusionMatrix(truth, given)).toEqual({
      labels: [0, 1, 2],
      matrix: [
        [2, 1, 0],
        [0, 1, 1],
        [0, 2, 1],
      ],
    });
    expect(confusionMatrix(truth, given, { labels: [2, 1] }).matrix).toEqual([
      [1, 2],
      [1, 1],
    ]);
    expect(() => confusionMatrix(truth, given, { labels: [1, 1] })).toThrow(/labels that differ/);
  });

  // confusion_matrix([0, 1, 2, 2, 1], [0, 2, 2, 2, 0], normalize=…) of scikit-learn 1.2
  test("a confusion matrix of shares", () => {
    const of = (normalize: "true" | "pred" | "all") =>
      confusionMatrix([0, 1, 2, 2, 1], [0, 2, 2, 2, 0], { normalize }).matrix;
    expect(of("true")).toEqual([[1, 0, 0], [0.5, 0, 0.5], [0, 0, 1]]); // biome-ignore format: rows
    expect(of("pred")).toEqual([[0.5, 0, 0], [0.5, 0, 1 / 3], [0, 0, 2 / 3]]); // biome-ignore format: rows
    expect(of("all")).toEqual([[0.2, 0, 0], [0.2, 0, 0.2], [0, 0, 0.4]]); // biome-ignore format: rows
  });

  test("accuracy, by weight", () => {
    expect(accuracyScore(truth, given)).toBe(4 / 8);
    const sampleWeight = [1, 1, 3, 1, 0, 1, 0, 0];
    expect(accuracyScore(truth, given, { sampleWeight })).toBe(4 / 7);
  });

  test("precision, recall and F1 of each class and their averages", () => {
    const report = classificationReport(truth, given);
    expect(report.map(({ precision }) => precision)).toEqual([1, 1 / 4, 1 / 2]);
    expect(report.map(({ recall }) => recall)).toEqual([2 / 3, 1 / 2, 1 / 3]);
    expect(report.map(({ f1 }) => f1)).toEqual([4 / 5, 2 / 6, 2 / 5]);
    expect(report.map(({ support }) => support)).toEqual([3, 2, 3]);
    expect(precisionScore(truth, given, { average: "macro" })).toBeCloseTo(1.75 / 3, 12);
    expect(recallScore(truth, given, { average: "weighted" })).toBeCloseTo(4 / 8, 12);
    expect(f1Score(truth, given, { average: "micro" })).toBe(4 / 8);
    expect(f1Score(truth, given, { average: "weighted" })).toBeCloseTo(
      (3 * 0.8 + 2 / 3 + 3 * 0.4) / 8,
      12,
    );
  });

  test("one class against the other, and nothing by nothing", () => {
    const [y, p] = [
      [1, 1, 1, -1, -1],
      [1, -1, 1, 1, -1],
    ];
    expect(precisionScore(y, p)).toBe(2 / 3);
    expect(recallScore(y, p, { posLabel: -1 })).toBe(1 / 2);
    expect(precisionScore([0, 1], [0, 0])).toBe(0);
    expect(precisionScore([0, 1], [0, 0], { zeroDivision: 1 })).toBe(1);
    expect(() => f1Score(truth, given)).toThrow(
      /at most two classes with 1 among them, got 0, 1, 2/,
    );
    expect(() => f1Score(y, p, { posLabel: 7 })).toThrow(/set posLabel/);
  });

  test("where no sample is or was given posLabel, the score is zeroDivision", () => {
    expect(f1Score([0, 0], [0, 0])).toBe(0);
    expect(f1Score([0, 0], [0, 0], { zeroDivision: 1 })).toBe(1);
    expect(precisionScore([0, 0], [0, 0])).toBe(0);
    expect(recallScore([0, 0], [0, 0])).toBe(0);
    expect(f1Score([1, 1], [1, 1])).toBe(1);
  });

  test("lists that do not fit are refused", () => {
    expect(() => accuracyScore([1, 0], [1])).toThrow(/got 2 and 1/);
    expect(() => accuracyScore([], [])).toThrow(/one at least/);
    expect(() => accuracyScore([1], [Number.NaN])).toThrow(/yPred\[0\] = NaN/);
    expect(() => accuracyScore([1], [1], { sampleWeight: [0] })).toThrow(/not all 0/);
    expect(() => accuracyScore([1, 2], [1, 2], { sampleWeight: [1] })).toThrow(/2 weights/);
  });
});

/** Share of (positive, negative) pairs whose positive has the higher score; ties count half. */
function pairs(y: readonly number[], scores: readonly number[], weights: readonly number[]) {
  let [won, all] = [0, 0];
  y.forEach((a, i) => {
    y.forEach((b, j) => {
      if (!(a > b)) return;
      const weight = (weights[i] ?? 0) * (weights[j] ?? 0);
      all += weight;
      const [si = 0, sj = 0] = [scores[i], scores[j]];
      won += weight * (si > sj ? 1 : si === sj ? 0.5 : 0);
    });
  });
  return won / all;
}

describe("ROC:", () => {
  test("a curve goes from 0 to 1, and ties are one point", () => {
    expect(rocCurve([0, 1, 1, 0], [0.1, 0.4, 0.4, 0.4])).toEqual({
      fpr: [0, 0.5, 1],
      tpr: [0, 1, 1],
      thresholds: [Number.POSITIVE_INFINITY, 0.4, 0.1],
    });
  });

  test("the area is the share of pairs in the right order", () => {
    const random = seeded(3);
    const y = Array.from({ length: 60 }, (_, i) => i % 2);
    const scores = y.map((label) => Math.round(5 * random() + label));
    const sampleWeight = y.map(() => 0.5 + random());
    expect(rocAucScore(y, scores)).toBeCloseTo(
      pairs(
        y,
        scores,
        y.map(() => 1),
      ),
      12,
    );
    const weighted = rocAucScore(y, scores, { sampleWeight });
    expect(weighted).toBeCloseTo(pairs(y, scores, sampleWeight), 12);
    expect(rocAucScore(y, y)).toBe(1);
  });

  test("of several classes it is the mean of each against the others", () => {
    const y = [0, 1, 2, 2, 1, 0, 0];
    const random = seeded(5);
    const data = Float32Array.from({ length: 21 }, () => random());
    const area = (c: number) =>
      pairs(
        y.map((label) => Number(label === c)),
        y.map((_, i) => data[3 * i + c] ?? 0),
        y.map(() => 1),
      );
    const scores = { data, shape: [7, 3] as const };
    expect(rocAucScore(y, scores)).toBeCloseTo((area(0) + area(1) + area(2)) / 3, 12);
    const weighted = rocAucScore(y, scores, { average: "weighted" });
    expect(weighted).toBeCloseTo((3 * area(0) + 2 * area(1) + 2 * area(2)) / 7, 12);
    expect(() => rocAucScore(y, { data, shape: [3, 7] })).toThrow(/expected scores \[7, 3\]/);
  });

  // what decisionFunction gives for two classes, and what predictProba gives
  test("scores may be one column, or two with the classes ascending", () => {
    const [y, p] = [
      ["a", "b", "b", "a", "b"],
      [0.1, 0.8, 0.35, 0.4, 0.7],
    ];
    const posLabel = "b";
    const one = { data: p, shape: [5, 1] as const };
    const both = p.map((each) => [1 - each, each]);
    for (const scores of [one, p.map((each) => [each]), both]) {
      expect(rocCurve(y, scores, { posLabel })).toEqual(rocCurve(y, p, { posLabel }));
      const curve = precisionRecallCurve(y, p, { posLabel });
      expect(precisionRecallCurve(y, scores, { posLabel })).toEqual(curve);
      const average = averagePrecisionScore(y, p, { posLabel });
      expect(averagePrecisionScore(y, scores, { posLabel })).toBe(average);
      expect(rocAucScore(y, scores)).toBe(rocAucScore(y, p));
      expect(brierScoreLoss(y, scores)).toBe(brierScoreLoss(y, p));
      expect(calibrationCurve(y, scores)).toEqual(calibrationCurve(y, p));
    }
    const ofA = both.map(([q = 0]) => q); // the first column is that of "a"
    expect(rocCurve(y, both, { posLabel: "a" })).toEqual(rocCurve(y, ofA, { posLabel: "a" }));
    expect(brierScoreLoss(y, both, { posLabel: "a" })).toBe(
      brierScoreLoss(y, ofA, { posLabel: "a" }),
    );
    const three = { data: Array(15).fill(0.3), shape: [5, 3] as const };
    for (const refused of [
      () => rocCurve(y, three, { posLabel }),
      () => averagePrecisionScore(y, { data: p, shape: [5, 2] }, { posLabel }),
      () => brierScoreLoss(y, three),
    ]) {
      expect(refused).toThrow(
        /expected scores of one of two classes.*pass the column of the positive/,
      );
    }
  });

  test("one class has no curve", () => {
    expect(() => rocAucScore([1, 1], [0.5, 0.2])).toThrow(/samples of two classes, got labels 1/);
    expect(() => rocCurve([0, 1], [0.5, 0.2], { posLabel: 3 })).toThrow(/3 among them/);
  });
});

test("errors of numbers", () => {
  expect(rootMeanSquaredError([1, 2, 3], [1, 2, 5])).toBeCloseTo(Math.sqrt(4 / 3), 15);
  expect(rootMeanSquaredError([1, 2], [4, 9], { sampleWeight: [1, 0] })).toBe(3);
  const [y, p] = [
    [3, -0.5, 2, 7],
    [2.5, 0, 2, 8],
  ];
  expect(meanSquaredError(y, p)).toBe(0.375);
  expect(meanAbsoluteError(y, p)).toBe(0.5);
  expect(meanAbsoluteError(y, p, { sampleWeight: [0, 0, 0, 2] })).toBe(1);
  expect(r2Score(y, p)).toBeCloseTo(1 - 1.5 / 29.1875, 12);
  expect(r2Score([2, 2], [2, 2])).toBe(1);
  expect(r2Score([2, 2], [2, 1])).toBe(0);
});
