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
const alone = ["GridSearchCV", "LabelEncoder", "MaxAbsScaler"]; // it makes copies of others; they have no options

describe("every estimator", () => {
  test.each(learners)("%s copies itself with other options", (name, prototype) => {
    expect(typeof prototype.withParams).toBe(alone.includes(name) ? "undefined" : "function");
  });
});

test("a copy keeps the other options, and an estimator is no model to save", () => {
  const learner = new ml.KMeans({ nClusters: 3 });
  expect(() => learner.withParams({ nClusters: 0 })).toThrow(/^KMeans: expected nClusters/);
  expect(() => learner.withParams({ clusters: 2 })).toThrow(/did you mean 'nClusters'\?$/);
  expect(learner.withParams({ tol: 0 })).toBeInstanceOf(ml.KMeans);
  expect(() => JSON.stringify(learner)).toThrow(/^KMeans: expected a fitted model to save/);
});
