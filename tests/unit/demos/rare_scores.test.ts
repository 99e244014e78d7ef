import { describe, expect, test } from "vitest";
import { bestCut, countsOf, scoresOf } from "../../../demos/augmentation/imbalance/scores.ts";

const y = [0, 0, 0, 0, 0, 0, 1, 1];
const odds = Float64Array.of(-5, -4, -3, -2, -1, 0.5, -1.5, 2);

describe("scores of a rare class", () => {
  test("count predictions at a threshold, which itself counts as positive", () => {
    expect(countsOf(y, odds, 0)).toEqual({ tn: 5, fp: 1, fn: 1, tp: 1 });
    expect(countsOf(y, odds, 2)).toEqual({ tn: 6, fp: 0, fn: 1, tp: 1 });
    expect(scoresOf(y, odds).balancedAccuracy).toBeCloseTo((5 / 6 + 1 / 2) / 2, 12);
    expect(scoresOf(y, odds).averagePrecision).toBeCloseTo((1 + 2 / 4) / 2, 12);
  });

  test("rare samples that count less lower the precision", () => {
    const weight = y.map((label) => (label ? 0.5 : 1));
    // at recall 1 the two rare samples weigh 1 together, beside two common ones of weight 1
    expect(scoresOf(y, odds, { weight }).averagePrecision).toBeCloseTo((1 + 1 / 3) / 2, 12);
  });

  test("the best threshold lies between samples, where no other has a greater balanced accuracy", () => {
    const cut = bestCut(y, odds);
    expect(cut).toBe(-1.75);
    const score = (at: number) => scoresOf(y, odds, { cut: at }).balancedAccuracy;
    for (const each of odds) {
      expect(score(each + 1e-9)).toBeLessThanOrEqual(score(cut));
      expect(score(each - 1e-9)).toBeLessThanOrEqual(score(cut));
    }
    expect(bestCut([0, 1], Float64Array.of(1, 1))).toBe(0); // with equal scores no cut separates the classes
  });
});
