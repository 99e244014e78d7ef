import { describe, expect, test } from "vitest";
import * as ml from "../../../src/ml/index.ts";

interface Learner {
  fit(...data: unknown[]): unknown;
  withParams?(params: object): unknown;
  toJSON?(): unknown;
}

const learners = Object.entries(ml).flatMap(([name, made]) => {
  const prototype = "prototype" in made ? (made.prototype as unknown as Learner) : undefined;
  return prototype?.fit ? [[name, prototype] as const] : [];
});
const alone = ["GridSearchCV"]; // it makes copies of others

describe("every estimator", () => {
  test.each(learners)("%s copies itself with other options", (name, prototype) => {
    expect(typeof prototype.withParams).toBe(alone.includes(name) ? "undefined" : "function");
  });
});

test("a copy keeps the other options, and an estimator is no model to save", () => {
  const learner = new ml.KMeans({ nClusters: 3 });
  const [LabelEncoder, MaxAbsScaler] = [new ml.LabelEncoder(), new ml.MaxAbsScaler()];
  const step = ["scale", ml.StandardScaler] as const;
  const composed = {
    Pipeline: new ml.Pipeline([step]),
    ColumnTransformer: new ml.ColumnTransformer([[...step, [0]]]),
    GridSearchCV: new ml.GridSearchCV(ml.Ridge, { alpha: [1] }),
  };
  expect(() => learner.withParams({ nClusters: 0 })).toThrow(/^KMeans: expected nClusters/);
  expect(() => learner.withParams({ clusters: 2 })).toThrow(/did you mean 'nClusters'\?$/);
  expect(learner.withParams({ tol: 0 })).toBeInstanceOf(ml.KMeans);
  for (const [name, unfitted] of Object.entries({
    KMeans: learner,
    LabelEncoder,
    MaxAbsScaler,
    ...composed,
  }))
    expect(() => JSON.stringify(unfitted)).toThrow(`${name}: expected a fitted model to save`);
});
