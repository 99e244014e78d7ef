import { describe, test } from "vitest";
import {
  LinearSVC,
  LinearSVR,
  NearestCentroid,
  Perceptron,
  SGDClassifier,
  SGDRegressor,
} from "../../../src/ml/index.ts";
import text from "../../golden/everyday_linear.jsonl?raw";
import {
  type EverydaySet,
  everydaySets,
  featuresOf,
  largest,
  within,
} from "../../support/everyday.ts";

/*
 * Linear learners and nearest centroids on forty everyday data sets, in float64 on the host, compared with scikit-learn
 * 1.2 (tests/golden/everyday_linear.py). Estimators whose result depends on the origin of the features learn from
 * standardised samples.
 */

interface Weights {
  readonly coef: readonly number[];
  readonly intercept: readonly number[];
}

interface Answers {
  readonly Perceptron: Weights;
  readonly SGDClassifier: Weights;
  readonly SGDRegressor: Weights;
  readonly LinearSVC: Weights;
  readonly "LinearSVC hinge"?: Weights;
  readonly LinearSVR: Weights;
  readonly NearestCentroid: {
    readonly centres: readonly number[];
    readonly rows: readonly number[];
    readonly labels: readonly number[];
  };
}

/** Rounding in float64 on both sides; the expected values are stored with ten digits. */
const HOST = 1e-9;
/**
 * Newton's last step is below 1e-8 of the largest coefficient, and the error after it is of the order of its square.
 */
const NEWTON = 1e-8;
/**
 * The error of w is of the order of the square root of the relative error of the objective, 1e-9 for scikit-learn's
 * dual solver.
 */
const INTERIOR = 1e-6;

interface Model {
  readonly coef: ArrayLike<number>;
  readonly intercept: number | ArrayLike<number>;
}

function near({ coef, intercept }: Model, expected: Weights, share: number): void {
  const limit = share * Math.max(1, largest(expected.coef), largest(expected.intercept));
  within("coef", coef, expected.coef, limit);
  const constants = typeof intercept === "number" ? [intercept] : intercept;
  within("intercept", constants, expected.intercept, limit);
}

function standardised(set: EverydaySet): number[][] {
  const { mean, deviation } = featuresOf(set);
  return set.X.map((row) =>
    row.map((x, c) => (x - (mean[c] as number)) / (deviation[c] as number)),
  );
}

const few = { shuffle: false, maxIter: 4 };
const all = { tol: Number.NEGATIVE_INFINITY };

type Check = (set: EverydaySet, expected: Answers) => Promise<void>;

const checks: { readonly [Name in keyof Answers]-?: Check } = {
  Perceptron: async (set, { Perceptron: expected }) => {
    const perceptron = new Perceptron({ ...few, nIterNoChange: 4 });
    near(await perceptron.fit(standardised(set), set.labels), expected, HOST);
  },
  SGDClassifier: async (set, { SGDClassifier: expected }) => {
    const descent = new SGDClassifier({ ...few, ...all });
    near(await descent.fit(standardised(set), set.labels), expected, HOST);
  },
  SGDRegressor: async (set, { SGDRegressor: expected }) => {
    const descent = new SGDRegressor({ penalty: "elasticnet", ...few, ...all });
    near(await descent.fit(standardised(set), set.target), expected, HOST);
  },
  LinearSVC: async (set, { LinearSVC: expected }) => {
    const machine = new LinearSVC({ tol: 1e-8 });
    near(await machine.fit(standardised(set), set.labels), expected, NEWTON);
  },
  "LinearSVC hinge": async (set, { "LinearSVC hinge": expected }) => {
    const machine = new LinearSVC({ loss: "hinge", tol: 1e-9 });
    if (expected) near(await machine.fit(standardised(set), set.labels), expected, INTERIOR);
  },
  LinearSVR: async (set, { LinearSVR: expected }) => {
    const machine = new LinearSVR({ loss: "squaredEpsilonInsensitive", tol: 1e-8 });
    near(await machine.fit(standardised(set), set.target), expected, NEWTON);
  },
  NearestCentroid: async (set, { NearestCentroid: { centres, rows, labels } }) => {
    const model = await new NearestCentroid().fit(set.X, set.labels);
    const { mean, deviation } = featuresOf(set);
    within("centroids", model.centroids, centres, (at) => {
      const c = at % mean.length;
      return HOST * (deviation[c] as number) + 2 ** -50 * Math.abs(mean[c] as number);
    });
    const predicted = await model.predict(rows.map((i) => set.X[i] as readonly number[]));
    within("labels", predicted, labels, 0);
  },
};

const answers = new Map(
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly name: string; readonly expected: Answers })
    .map(({ name, expected }) => [name, expected]),
);

for (const set of everydaySets) {
  describe(`${set.name}:`, () => {
    const expected = answers.get(set.name) as Answers;
    for (const [name, check] of Object.entries(checks)) {
      if (name in expected) test(name, () => check(set, expected));
    }
  });
}
