import { describe, expect, test } from "vitest";
import {
  averagePrecisionScore,
  balancedAccuracyScore,
  brierScoreLoss,
  calibrationCurve,
  cohenKappaScore,
  logLoss,
  matthewsCorrcoef,
  precisionRecallCurve,
  rocAucScore,
  topKAccuracyScore,
} from "../../../src/ml/index.ts";

// expected values: sklearn.metrics and sklearn.calibration of scikit-learn 1.2.1, printed in full by python3
const truth = [0, 0, 1, 1, 1, 0, 1, 0, 0, 0];
const scores = [0.1, 0.4, 0.35, 0.8, 0.4, 0.4, 0.9, 0.05, 0.7, 0.2];
const given = [0, 0, 0, 1, 1, 0, 1, 0, 1, 0];
const sampleWeight = [1, 2, 0.5, 1, 3, 1, 1, 2, 1, 0.25];
const names = [..."abcabcaacb"];
const guesses = [..."abbaccbacb"];

const close = (got: readonly number[], expected: readonly number[]) => {
  expect(got.length).toBe(expected.length);
  got.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] as number, 14);
  });
};

describe("scores that tell the truth where classes are unequal, as scikit-learn's:", () => {
  test("balanced accuracy", () => {
    expect(balancedAccuracyScore(truth, given)).toBeCloseTo(0.7916666666666667, 14);
    expect(balancedAccuracyScore(truth, given, { adjusted: true })).toBeCloseTo(
      0.5833333333333335,
      14,
    );
    expect(balancedAccuracyScore(truth, given, { sampleWeight })).toBeCloseTo(
      0.8855799373040751,
      14,
    );
    expect(balancedAccuracyScore([0, 0, 1], [0, 2, 1])).toBe(0.75); // class 2 never occurs in yTrue
  });

  test("Matthews correlation of two classes and of three", () => {
    expect(matthewsCorrcoef(truth, given)).toBeCloseTo(0.5833333333333334, 14);
    expect(matthewsCorrcoef(names, guesses)).toBeCloseTo(0.5606060606060606, 14);
    expect(matthewsCorrcoef(truth, given, { sampleWeight })).toBeCloseTo(0.7651864316396676, 14);
    expect(matthewsCorrcoef([1, 0, 1], [1, 1, 1])).toBe(0);
  });

  test("Cohen's kappa, also of classes that have an order", () => {
    expect(cohenKappaScore(truth, given)).toBeCloseTo(0.5833333333333333, 14);
    expect(cohenKappaScore(names, guesses)).toBeCloseTo(0.5522388059701492, 14);
    expect(cohenKappaScore(truth, given, { sampleWeight })).toBeCloseTo(0.7627906976744185, 14);
    const [a, b] = [
      [0, 1, 2, 2, 1, 0, 2],
      [0, 2, 2, 1, 1, 0, 0],
    ];
    expect(cohenKappaScore(a as number[], b as number[], { weights: "linear" })).toBeCloseTo(
      0.3913043478260869,
      14,
    );
    expect(cohenKappaScore(a as number[], b as number[], { weights: "quadratic" })).toBeCloseTo(
      0.41666666666666663,
      14,
    );
    expect(() => cohenKappaScore([1, 1], [1, 1])).toThrow(/two classes at least/);
  });

  test("the curve of precision and recall, ties and weights", () => {
    const thresholds = [0.05, 0.1, 0.2, 0.35, 0.4, 0.7, 0.8, 0.9];
    const plain = precisionRecallCurve(truth, scores);
    close(plain.precision, [0.4, 4 / 9, 0.5, 4 / 7, 0.5, 2 / 3, 1, 1, 1]);
    close(plain.recall, [1, 1, 1, 1, 0.75, 0.5, 0.5, 0.25, 0]);
    expect(plain.thresholds).toEqual(thresholds);
    const weighted = precisionRecallCurve(truth, scores, { sampleWeight });
    close(weighted.precision, [
      ...[0.43137254901960786, 0.5116279069767442, 0.5641025641025641, 0.5789473684210527],
      ...[0.5555555555555556, 0.6666666666666666, 1, 1, 1],
    ]);
    close(weighted.recall, [1, 1, 1, 1, 10 / 11, 4 / 11, 4 / 11, 2 / 11, 0]);
    expect(() => precisionRecallCurve(["a", "b"], [0, 1])).toThrow(
      /posLabel with labels that are strings/,
    );
    expect(() => precisionRecallCurve([1, 1], [0, 1])).toThrow(/samples of two classes/);
  });

  test("average precision", () => {
    expect(averagePrecisionScore(truth, scores)).toBeCloseTo(0.7678571428571428, 14);
    expect(averagePrecisionScore(truth, scores, { sampleWeight })).toBeCloseTo(
      0.7192982456140352,
      14,
    );
    const yes = truth.map((label) => (label ? "yes" : "no"));
    expect(averagePrecisionScore(yes, scores, { posLabel: "yes" })).toBeCloseTo(
      0.7678571428571428,
      14,
    );
  });

  const proba = {
    data: [0.7, 0.2, 0.1, 0.1, 0.5, 0.4, 0.3, 0.3, 0.4, 0.05, 0.9, 0.05, 1, 0, 0],
    shape: [5, 3],
  } as const;
  const classes = [0, 1, 2, 0, 1];

  test("log loss, of one column and of one a class, a probability of 0 included", () => {
    for (const odd of [
      [2.5, -1],
      [
        [0, 1],
        [1, 1.5],
      ],
      { data: [-3, 4], shape: [2, 1] },
    ]) {
      expect(() => logLoss([0, 1], odd as never)).toThrow(/expected probabilities in 0..1, got/);
    }
    expect(logLoss(truth, scores)).toBeCloseTo(0.4900038336562373, 14);
    expect(logLoss(truth, scores, { sampleWeight })).toBeCloseTo(0.5178407837434689, 14);
    expect(logLoss(truth, scores, { normalize: false })).toBeCloseTo(4.900038336562373, 13);
    expect(logLoss(classes, proba)).toBeCloseTo(8.201099703808795, 13);
    expect(() => logLoss([0, 1, 0, 1, 1], proba)).toThrow(
      /a column for each of 2 classes.*name the classes in labels/,
    );
    expect(() => logLoss(classes, proba, { labels: [1, 2, 3] })).toThrow(/got 0; name all classes/);
  });

  test("rows of numbers are as good as numbers with a shape", () => {
    const rows = Array.from({ length: 5 }, (_, i) => proba.data.slice(3 * i, 3 * i + 3));
    expect(logLoss(classes, rows)).toBe(logLoss(classes, proba));
    expect(topKAccuracyScore(classes, rows)).toBe(topKAccuracyScore(classes, proba));
    expect(rocAucScore(classes, rows)).toBe(rocAucScore(classes, proba));
    expect(
      topKAccuracyScore(
        classes,
        rows.map((row) => Float32Array.from(row)),
        { k: 3 },
      ),
    ).toBe(1);
    expect(() => logLoss(classes, rows.with(1, [1]))).toThrow(/rows of the same length.* as row 1/);
    expect(() => topKAccuracyScore([0, 1], [0.5, 0.5] as never)).toThrow(/as scores, got/);
  });

  test("the score of Brier", () => {
    expect(brierScoreLoss(truth, scores)).toBeCloseTo(0.1695, 14);
    expect(brierScoreLoss(truth, scores, { sampleWeight })).toBeCloseTo(0.18323529411764702, 14);
    expect(
      brierScoreLoss(
        truth,
        scores.map((p) => 1 - p),
        { posLabel: 0 },
      ),
    ).toBeCloseTo(0.1695, 14);
    expect(() => brierScoreLoss(truth, scores.with(3, 1.2))).toThrow(
      /probabilities in 0..1.*got 1.2/,
    );
    expect(() => brierScoreLoss([0, 1, 2], [0, 1, 0])).toThrow(/two classes, got labels 0, 1, 2/);
  });

  test("the calibration curve of bins of one width and of as many samples each", () => {
    const uniform = calibrationCurve(truth, scores, { nBins: 4 });
    close(uniform.probTrue, [0, 0.5, 0, 1]);
    close(uniform.probPred, [0.11666666666666668, 0.3875, 0.7, 0.85]);
    const quantile = calibrationCurve(truth, scores, { nBins: 2, strategy: "quantile" });
    close(quantile.probTrue, [2 / 7, 2 / 3]);
    close(quantile.probPred, [1.9 / 7, 0.8]);
  });

  test("accuracy among the k likeliest", () => {
    expect(topKAccuracyScore(classes, proba, { k: 1 })).toBe(0.6);
    expect(topKAccuracyScore(classes, proba)).toBe(0.6);
    expect(topKAccuracyScore(classes, proba, { normalize: false })).toBe(3);
    expect(topKAccuracyScore(classes, proba, { k: 3 })).toBe(1);
  });
});
