import { describe, expect, test } from "vitest";
import {
  accuracyScore,
  classificationReport,
  confusionMatrix,
  f1Score,
  precisionScore,
  r2Score,
  recallScore,
  rocAucScore,
  rocCurve,
} from "../../../src/ml/metrics/index.ts";

// expected values: scikit-learn 1.2.1, the functions of the same names
const truth = ["cat", "dog", "cat", "bird", "dog", "dog"];
const given = ["cat", "cat", "cat", "dog", "dog", "bird"];

describe("scores of classes with names:", () => {
  test("a report names each class", () => {
    expect(classificationReport(truth, given)).toEqual([
      { label: "bird", precision: 0, recall: 0, f1: 0, support: 1 },
      { label: "cat", precision: 2 / 3, recall: 1, f1: 0.8, support: 2 },
      { label: "dog", precision: 0.5, recall: 1 / 3, f1: 0.4, support: 3 },
    ]);
    const [first] = classificationReport(truth, given, { labels: ["dog", "cat"] });
    expect(first).toEqual({ label: "dog", precision: 0.5, recall: 1 / 3, f1: 0.4, support: 3 });
  });

  test("a confusion matrix names its rows, and keeps the classes asked for", () => {
    expect(confusionMatrix(truth, given).labels).toEqual(["bird", "cat", "dog"]);
    expect(confusionMatrix(truth, given, { labels: ["dog", "cat"] })).toEqual({
      labels: ["dog", "cat"],
      matrix: [
        [1, 1],
        [0, 2],
      ],
    });
    expect(confusionMatrix([true, false], [true, true]).labels).toEqual([false, true]);
    expect(confusionMatrix([1e12, 1e12 + 1], [1e12, 1e12]).matrix).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  test("averages of some of the classes count those alone", () => {
    const labels = ["dog", "cat"];
    const all = (average: "macro" | "weighted" | "micro") =>
      [precisionScore, recallScore, f1Score].map((score) =>
        score(truth, given, { average, labels }),
      );
    const close = (values: readonly number[]) => values.map((v) => expect.closeTo(v, 12));
    expect(all("macro")).toEqual(close([7 / 12, 2 / 3, 0.6]));
    expect(all("weighted")).toEqual(close([17 / 30, 0.6, 0.56]));
    expect(all("micro")).toEqual(close([0.6, 0.6, 0.6]));
    expect(() => f1Score([0, 1], [0, 1], { labels: [1] })).toThrow(/got "binary"; set average/);
  });

  test("of two names the positive one has to be said", () => {
    const [y, p] = [
      ["no", "yes", "no"],
      ["yes", "yes", "no"],
    ];
    expect(() => f1Score(y, p)).toThrow(
      /at most two classes with posLabel among them, got "no", "yes"; set posLabel/,
    );
    expect(() => f1Score(["no"], ["no"])).toThrow(/set posLabel/);
    expect(f1Score(y, p, { posLabel: "yes" })).toBe(2 / 3);
    expect(() => f1Score(y, p, { posLabel: "maybe" })).toThrow(/with "maybe" among them/);
    expect(f1Score([false, true, false], [true, true, false])).toBe(2 / 3);
  });

  test("accuracy compares labels of one kind", () => {
    expect(accuracyScore(truth, given)).toBe(0.5);
    expect(accuracyScore([true, false], [true, true])).toBe(0.5);
    expect(accuracyScore(BigInt64Array.of(1n, 2n), [1, 3])).toBe(0.5);
    const mixed = [1, 0] as unknown[] as boolean[];
    expect(() => accuracyScore([true, false], mixed)).toThrow(
      /of one kind, as yTrue\[0\] = true, got yPred\[0\] = 1; make all of them booleans/,
    );
    const missing = ["a", null] as string[];
    expect(() => accuracyScore(["a", "b"], missing)).toThrow(/got yPred\[1\] = null; drop/);
    expect(() => accuracyScore([0.5, 1], [0, 1])).toThrow(/got yTrue\[0\] = 0\.5; use a regressor/);
  });

  test("ROC: names need posLabel for a curve; an area is of the last name, as predictProba's last column", () => {
    const [y, scores] = [
      ["a", "b", "a", "b"],
      [0.1, 0.4, 0.35, 0.8],
    ];
    expect(() => rocCurve(y, scores)).toThrow(/expected posLabel.*set it to one of "a", "b"/);
    expect(rocCurve(y, scores, { posLabel: "b" }).tpr.at(-1)).toBe(1);
    expect(rocAucScore(y, scores)).toBe(1);
    expect(rocAucScore(y, scores, { posLabel: "a" })).toBe(0);
    expect(rocAucScore([false, true], [0.1, 0.2])).toBe(1);
    const columns = { data: [0.9, 0.1, 0.6, 0.4, 0.65, 0.35, 0.2, 0.8], shape: [4, 2] as const };
    expect(rocAucScore(y, columns)).toBe(1);
  });
});

describe("where nothing is divided by nothing,", () => {
  test("f1Score([0, 0], [0, 0]) is zeroDivision", () => {
    expect(f1Score([0, 0], [0, 0])).toBe(0);
    expect(f1Score([0, 0], [0, 0], { zeroDivision: 1 })).toBe(1);
    expect(f1Score([0, 0], [0, 0], { zeroDivision: Number.NaN })).toBeNaN();
  });

  // scikit-learn ≥ 1.3: np.nanmean over the classes; np.average weighted by support over those that are not NaN
  test("means leave out the classes that zeroDivision makes NaN", () => {
    const [y, p] = [
      [0, 1, 1, 2],
      [0, 0, 1, 1],
    ];
    const zeroDivision = Number.NaN;
    // precision: 1/2, 1/2, NaN; recall: 1, 1/2, 0
    expect(precisionScore(y, p, { average: "macro", zeroDivision })).toBe(1 / 2);
    expect(precisionScore(y, p, { average: "weighted", zeroDivision })).toBe(1 / 2);
    expect(recallScore(y, p, { average: "macro", zeroDivision })).toBe(1 / 2);
    expect(precisionScore(y, p, { average: "macro" })).toBeCloseTo(1 / 3, 15);
    expect(precisionScore([1], [2], { average: "macro", labels: [1], zeroDivision })).toBeNaN();
  });
});

describe("R²", () => {
  test("of a constant truth is 1 if it is met and 0 if not, rounding or not", () => {
    expect(r2Score([0.1, 0.1, 0.1], [0.1, 0.1, 0.2])).toBe(0);
    expect(r2Score([0.1, 0.1, 0.1], [0.1, 0.1, 0.1])).toBe(1);
    const sampleWeight = [1, 2, 0];
    expect(r2Score([0.1, 0.1, 7], [0.1, 0.1, 8], { sampleWeight })).toBe(1);
    expect(r2Score([0.1, 0.1, 7], [0.1, 0.2, 7], { sampleWeight })).toBe(0);
  });

  test("keeps its digits far from 0 and close together", () => {
    expect(r2Score([1e9, 1e9 + 1, 1e9 + 2], [1e9, 1e9 + 1, 1e9 + 1])).toBe(0.5);
    expect(r2Score([0, 1e-200], [0, 5e-201])).toBeCloseTo(0.5, 12); // Σ y² underflows float64
  });
});
