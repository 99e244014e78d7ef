import { describe, expect, test } from "vitest";
import {
  accuracyScore,
  Perceptron,
  r2Score,
  SGDClassifier,
  SGDRegressor,
} from "../../../src/ml/index.ts";

const X = Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(2 * i), Math.sin(5 * i)]);
const at = (i: number, c: number) => X[i]?.[c] as number;
const labels = X.map((_, i) => Number(at(i, 0) > at(i, 1)));
const three = X.map((_, i) => (at(i, 0) > 0.3 ? "a" : at(i, 1) > 0 ? "b" : "c"));
const numbers = X.map((_, i) => 3 + 2 * at(i, 0) - at(i, 2));

interface Model {
  readonly coef: ArrayLike<number>;
  readonly intercept: ArrayLike<number>;
}

const decision = ({ coef, intercept }: Model, x: readonly number[]): number =>
  x.reduce((sum, v, c) => sum + v * (coef[c] as number), intercept[0] as number);

describe("earlyStopping", () => {
  test("ends where samples held back are predicted no better, long before maxIter", async () => {
    const early = { earlyStopping: true, nIterNoChange: 3, maxIter: 500 };
    for (const estimator of [new SGDClassifier(early), new Perceptron(early)]) {
      const model = await estimator.fit(X, labels);
      expect(model.converged).toBe(true);
      expect(model.nIter).toBeLessThan(30);
      const predicted = X.map((x) => Number(decision(model, x) > 0));
      expect(accuracyScore(labels, predicted)).toBeGreaterThan(0.85);
      expect((await estimator.fit(X, labels)).coef).toEqual(model.coef);
    }
    const many = await new SGDClassifier(early).fit(X, three);
    expect([many.converged, many.classes]).toEqual([true, ["a", "b", "c"]]);
    const line = await new SGDRegressor({ ...early, eta0: 0.1 }).fit(X, numbers);
    expect([line.converged, line.nIter < 100]).toEqual([true, true]);
    const predicted = X.map((x) => decision({ ...line, intercept: [line.intercept] }, x));
    expect(r2Score(numbers, predicted)).toBeGreaterThan(0.95);
  });

  test("makes nIterNoChange passes more than the best, as scikit-learn counts them", async () => {
    // one feature that separates the classes from the first update on: the first epoch is the best
    const rows = Array.from({ length: 20 }, (_, i) => [i % 2 ? 1 : -1]);
    const y = rows.map(([x = 0]) => Number(x > 0));
    for (const nIterNoChange of [1, 4]) {
      const options = { earlyStopping: true, nIterNoChange, learningRate: "constant", eta0: 1e-3 };
      const model = await new SGDClassifier(options as { earlyStopping: true }).fit(rows, y);
      expect(model.nIter).toBe(nIterNoChange + 1);
    }
  });

  test("does not learn from what is held back, nor counts samples of weight 0", async () => {
    const rows = [[1], [1], [1], [1], [1e6]];
    const options = { earlyStopping: true, validationFraction: 0.5, tol: 10, nIterNoChange: 1 };
    const steps = { learningRate: "constant", eta0: 0.5, fitIntercept: false, penalty: "none" };
    const estimator = new SGDRegressor({ ...options, ...steps } as { earlyStopping: true });
    const model = await estimator.fit(rows, [1, 1, 1, 1, 7], { sampleWeight: [1, 1, 1, 1, 0] });
    // two samples an epoch, two epochs: the error is halved four times
    expect([model.nIter, model.coef[0]]).toEqual([2, 1 - 2 ** -4]);
  });

  test("is refused where there is nothing to hold back, or only parts", async () => {
    expect(() => new SGDClassifier({ validationFraction: 0 })).toThrow(
      "SGDClassifier: expected validationFraction in (0, 1), got 0; leave it out for the default",
    );
    expect(() => new Perceptron({ validationFraction: 1 })).toThrow(
      "Perceptron: expected validationFraction in (0, 1), got 1; leave it out for the default",
    );
    const early = { earlyStopping: true };
    await expect(new SGDRegressor(early).fit([[1]], [1])).rejects.toThrow(
      "SGDRegressor: expected samples to learn from beside those held back, got 1 samples, of which 1 are held back; leave earlyStopping out, or choose another validationFraction",
    );
    await expect(new SGDClassifier(early).fit([[1], [2], [3]], [0, 1, 1])).rejects.toThrow(
      /^SGDClassifier: expected two samples of each class .* got one of class 0; leave earlyStopping out/,
    );
    await expect(new Perceptron(early).fit([...X, [0, 0, 0]], [...three, "rare"])).rejects.toThrow(
      /^Perceptron: .* got one of class "rare"; leave earlyStopping out/,
    );
    await expect(
      new SGDClassifier(early).partialFit(X, labels, { classes: [0, 1] }),
    ).rejects.toThrow(
      "SGDClassifier.partialFit: expected earlyStopping false, got true; partial_fit uses each part once: score held-out samples between the parts",
    );
    await expect(new SGDRegressor(early).partialFit(X, numbers)).rejects.toThrow(
      /^SGDRegressor.partialFit: expected earlyStopping false/,
    );
  });
});
