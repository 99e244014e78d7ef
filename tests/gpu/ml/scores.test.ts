import { describe, expect, test } from "vitest";
import {
  ElasticNet,
  GaussianNB,
  KNeighborsClassifier,
  KNeighborsRegressor,
  Lasso,
  LinearRegression,
  LinearSVC,
  LinearSVR,
  LogisticRegression,
  MultinomialNB,
  Perceptron,
  Ridge,
  type Samples,
  type ScoreOptions,
  SVC,
  SVR,
} from "../../../src/ml/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

const X = [[0], [1], [2], [3], [4], [5]];
const sampleWeight = [1, 2, 0, 1, 3, 1];

/** A fitted model of any class. */
interface Model<Y> {
  predict(X: Samples): Promise<ArrayLike<unknown>>;
  score(X: Samples, y: Y, options?: ScoreOptions): Promise<number>;
}

async function refuses<Y>(model: Model<Y>, y: Y): Promise<void> {
  const score = (given: unknown) => model.score(X, y, given as ScoreOptions);
  await expect(score({ sampleWeights: [1] })).rejects.toThrow(/did you mean 'sampleWeight'\?/);
  await expect(score({ sampleWeight: [1, 2] })).rejects.toThrow(
    /score: expected 6 numbers in sampleWeight/,
  );
  await expect(score({ sampleWeight: [1, 1, 1, 1, 1, -1] })).rejects.toThrow(/numbers ≥ 0/);
}

describe("score counts samples by weight:", () => {
  const classes = {
    SVC: new SVC(),
    LinearSVC: new LinearSVC(),
    LogisticRegression: new LogisticRegression(),
    Perceptron: new Perceptron({ maxIter: 20 }),
    KNeighborsClassifier: new KNeighborsClassifier({ nNeighbors: 3 }),
    GaussianNB: new GaussianNB(),
    MultinomialNB: new MultinomialNB(),
  };
  for (const [name, estimator] of Object.entries(classes)) {
    test(`accuracy of ${name}`, async () => {
      const y = ["a", "a", "b", "a", "b", "b"];
      const model: Model<readonly string[]> = await estimator.fit(X, y);
      const predicted = await model.predict(X);
      const right = sampleWeight.filter((_, i) => predicted[i] === y[i]);
      const share = right.reduce((a, b) => a + b, 0) / 8;
      expect(await model.score(X, y, { sampleWeight })).toBeCloseTo(share, 12);
      await refuses(model, y);
    });
  }

  const regressors = {
    SVR: new SVR(),
    LinearSVR: new LinearSVR(),
    LinearRegression: new LinearRegression(),
    Ridge: new Ridge(),
    Lasso: new Lasso({ alpha: 0.1 }),
    ElasticNet: new ElasticNet({ alpha: 0.1 }),
    KNeighborsRegressor: new KNeighborsRegressor({ nNeighbors: 3 }),
  };
  for (const [name, estimator] of Object.entries(regressors)) {
    test(`R² of ${name}`, async () => {
      const y = [0, 2, 3, 5, 9, 8];
      const model: Model<readonly number[]> = await estimator.fit(X, y);
      const predicted = Array.from(await model.predict(X), Number);
      const sum = (of: (i: number) => number) =>
        sampleWeight.reduce((all, weight, i) => all + weight * of(i), 0);
      const mean = sum((i) => y[i] ?? 0) / 8;
      const rest = sum((i) => ((y[i] ?? 0) - (predicted[i] ?? 0)) ** 2);
      const r2 = 1 - rest / sum((i) => ((y[i] ?? 0) - mean) ** 2);
      const weights = tensor(Float32Array.from(sampleWeight));
      try {
        expect(await model.score(X, y, { sampleWeight: weights })).toBeCloseTo(r2, 12);
      } finally {
        weights.dispose();
      }
      await refuses(model, y);
    });
  }
});
