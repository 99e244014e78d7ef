import { describe, expect, test } from "vitest";
import {
  crossValScore,
  GaussianNB,
  KNeighborsClassifier,
  type Label,
  LinearSVC,
  LogisticRegression,
  MultinomialNB,
  Perceptron,
  RandomOverSampler,
  RandomUnderSampler,
  SMOTE,
  SVC,
  silhouetteScore,
  trainTestSplit,
} from "../../../src/ml/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

// three groups of counts, separated along both features
const groups = [
  [1, 1],
  [12, 1],
  [1, 12],
] as const;
const of = Array.from({ length: 24 }, (_, i) => i % 3);
const X = of.map((g, i) => groups[g]?.map((c) => c + (i % 4)) ?? []);

const classifiers = {
  SVC,
  LinearSVC,
  LogisticRegression,
  Perceptron,
  KNeighborsClassifier,
  GaussianNB,
  MultinomialNB,
};

/** Names of the three groups, by kind of label; classes are sorted. */
const namings: Readonly<Record<string, readonly Label[]>> = {
  strings: ["setosa", "Virginica", "versicolor"],
  booleans: [true, false, true],
  "identifiers of 1e12": [1e12 + 2, 1e12, 1e12 + 1],
};

describe("classes and predictions are what y is:", () => {
  for (const [name, Classifier] of Object.entries(classifiers)) {
    for (const [what, names] of Object.entries(namings)) {
      test(`${name} with ${what}`, async () => {
        const binary = what === "booleans"; // two groups, each separated from the other by a line
        const rows = X.filter((_, i) => !binary || of[i] !== 2);
        const y = of.filter((g) => !binary || g !== 2).map((g) => names[g] as Label);
        const model = await new Classifier().fit<Label>(rows, y);
        const list = (labels: readonly Label[]) =>
          typeof labels[0] === "number" ? Float64Array.from(labels as number[]) : labels;
        const sorted = what === "booleans" ? [false, true] : [...new Set(y)].sort();
        expect(model.classes).toEqual(list(sorted));
        expect(await model.predict(rows)).toEqual(list(y));
        expect(await model.score(rows, y)).toBe(1);
        const back = Classifier.fromJSON(JSON.parse(JSON.stringify(model)));
        expect(back.classes).toEqual(list(sorted));
        expect(await back.predict(rows)).toEqual(list(y));
      });
    }
  }

  test("labels of another kind than fit's have no score", async () => {
    const model = await new GaussianNB().fit<Label>(X, of.map(String));
    await expect(model.score(X, of)).rejects.toThrow(/as classes\[0\] = "0", got y\[0\] = 0/);
  });

  test("y may be a tensor of integers or a BigInt64Array", async () => {
    const y = tensor(Int32Array.from(of, (g) => -g));
    try {
      const { classes } = await new GaussianNB().fit(X, y);
      expect(classes).toEqual(Float64Array.of(-2, -1, 0));
    } finally {
      y.dispose();
    }
    const big = BigInt64Array.from(of, (g) => 10n ** 15n + BigInt(g));
    const { classes } = await new KNeighborsClassifier().fit(X, big);
    expect(classes).toEqual(Float64Array.of(1e15, 1e15 + 1, 1e15 + 2));
  });
});

describe("weights by class name", () => {
  test("count as those by number", async () => {
    const rows = [[0], [1], [2], [3], [4], [5]];
    const numbers = [0, 1, 0, 1, 0, 1];
    const plain = await new LogisticRegression({ classWeight: { 1: 3 } }).fit(rows, numbers);
    for (const classWeight of [{ yes: 3 }, new Map([["yes", 3]])]) {
      const y = numbers.map((v) => (v ? "yes" : "no"));
      const model = await new LogisticRegression({ classWeight }).fit(rows, y);
      expect(model.coef).toEqual(plain.coef);
    }
  });
});

describe("strings stay what they are", () => {
  const y = of.map((g) => ["a", "b", "c"][g] as string);
  const uneven = y.slice(0, 20);
  const rows = X.slice(0, 20);

  for (const sampler of [
    new RandomOverSampler(),
    new RandomUnderSampler(),
    new SMOTE({ kNeighbors: 2 }),
  ]) {
    test(`through ${sampler.constructor.name}`, async () => {
      const made = await sampler.fitResample(rows, uneven);
      const counts = ["a", "b", "c"].map((name) => made.y.filter((own) => own === name).length);
      expect(new Set(counts).size).toBe(1);
      expect(made.y).toHaveLength(made.X.shape[0]);
    });
  }

  test("through a stratified split", async () => {
    const { yTrain, yTest, test: held } = await trainTestSplit(X, y, { stratify: y });
    expect(yTest).toEqual(Array.from(held, (i) => y[i]));
    expect(yTest.filter((own) => own === "b")).toHaveLength(2);
    expect(yTrain).toHaveLength(18);
  });

  test("through cross-validation, its folds stratified", async () => {
    const seen: string[][] = [];
    const scoring = (truth: ArrayLike<string>, given: ArrayLike<string>) => {
      seen.push([...new Set(Array.from(truth))].sort());
      return Array.from(truth).filter((own, i) => own === given[i]).length / truth.length;
    };
    const scores = await crossValScore(new GaussianNB(), X, y, { cv: 4, scoring });
    expect([...scores]).toEqual([1, 1, 1, 1]);
    expect(seen).toEqual(new Array(4).fill(["a", "b", "c"]));
  });

  test("as clusters of a silhouette", async () => {
    expect(await silhouetteScore(X, y)).toBe(await silhouetteScore(X, of));
  });
});
