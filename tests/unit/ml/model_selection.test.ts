import { describe, expect, test } from "vitest";
import { makePipeline } from "../../../src/ml/compose/index.ts";
import * as ml from "../../../src/ml/index.ts";
import {
  crossValScore,
  GridSearchCV,
  KFold,
  StratifiedKFold,
  trainTestSplit,
} from "../../../src/ml/model_selection/index.ts";

const sorted = (rows: Iterable<number>) => [...rows].sort((a, b) => a - b);
const labels: number[] = Array.from({ length: 50 }, (_, i) => (i < 30 ? 0 : i < 45 ? 1 : 2));
const X = labels.map((label, i) => [i, label]);
const count = (y: Iterable<number>) =>
  [...y].reduce((counts, label) => counts.with(label, (counts[label] ?? 0) + 1), [0, 0, 0]);

describe("folds:", () => {
  test("hold out every row once, in runs of nearly the same length", () => {
    const folds = new KFold({ nSplits: 3 }).split(11);
    expect(folds.map(({ test }) => [...test])).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9, 10],
    ]);
    for (const { train, test } of folds) {
      expect(sorted([...train, ...test])).toEqual(sorted(Array(11).keys()));
    }
  });

  test("are mixed by seed", () => {
    const mixed = (randomState: number) =>
      new KFold({ shuffle: true, randomState }).split(20).map(({ test }) => [...test]);
    expect(mixed(1)).toEqual(mixed(1));
    expect(mixed(1)).not.toEqual(mixed(2));
    expect(sorted(mixed(1).flat())).toEqual(sorted(Array(20).keys()));
  });

  test("keep the share of each class", () => {
    for (const shuffle of [false, true]) {
      const folds = new StratifiedKFold({ nSplits: 5, shuffle }).split(50, labels);
      for (const { test } of folds) {
        expect(count(Array.from(test, (i) => labels[i] ?? 0))).toEqual([6, 3, 1]);
      }
      expect(sorted(folds.flatMap(({ test }) => [...test]))).toEqual(sorted(Array(50).keys()));
    }
  });

  // import numpy as np; from sklearn.model_selection import StratifiedKFold  # 1.2
  // y = list("bcabacbacabbcaabcb")
  // [t.tolist() for _, t in StratifiedKFold(4).split(np.zeros(18), y)]
  test("of classes are scikit-learn's", () => {
    const y = [..."bcabacbacabbcaabcb"];
    const held = [
      [0, 1, 2, 3, 4],
      [5, 6, 7, 9, 10],
      [8, 11, 13, 15],
      [12, 14, 16, 17],
    ];
    const folds = new StratifiedKFold({ nSplits: 4 }).split(18, y);
    expect(folds.map(({ test }) => [...test])).toEqual(held);
  });

  test("count the samples of X", () => {
    const [rows, matrix] = [[[1], [2], [3]], { data: [1, 2, 3], shape: [3, 1] }];
    const held = [[0, 1], [2]];
    for (const x of [3, rows, matrix]) {
      const folds = new KFold({ nSplits: 2 }).split(x);
      expect(folds.map(({ test }) => [...test])).toEqual(held);
      const one = new StratifiedKFold({ nSplits: 2 }).split(x, ["a", "a", "a"]);
      expect(one.map(({ test }) => [...test])).toEqual(held);
    }
    const wrong = "4" as never;
    expect(() => new KFold().split(wrong)).toThrow(
      /KFold.split: expected a number of samples, or X/,
    );
  });

  test("say what is missing", () => {
    expect(() => new KFold({ nSplits: 1 })).toThrow(/nSplits ≥ 2/);
    expect(() => new KFold({ nSplits: 4 }).split(3)).toThrow(/lower nSplits/);
    expect(() => new StratifiedKFold().split(5)).toThrow(/pass y/);
    expect(() => new StratifiedKFold({ nSplits: 6 }).split(50, labels)).toThrow(/5 of class 2/);
  });
});

describe("trainTestSplit:", () => {
  test("holds out a quarter, with its rows and labels together", async () => {
    const split = await trainTestSplit(X, labels);
    expect(split.XTest.shape).toEqual([13, 2]);
    expect(sorted([...split.train, ...split.test])).toEqual(sorted(Array(50).keys()));
    split.test.forEach((row, i) => {
      expect(split.XTest.data[2 * i]).toBe(row);
      expect(split.XTest.data[2 * i + 1]).toBe(split.yTest[i]);
    });
    expect(await trainTestSplit(X, labels)).toEqual(split);
    expect(sorted(split.test)).not.toEqual([...split.test]);
  });

  test("keeps shares of classes", async () => {
    const split = await trainTestSplit(X, labels, { testSize: 10, stratify: labels });
    expect(count(split.yTest)).toEqual([6, 3, 1]);
    expect(count(split.yTrain)).toEqual([24, 12, 4]);
    const uneven = await trainTestSplit(X, labels, {
      testSize: 7,
      trainSize: 21,
      stratify: labels,
    });
    expect([uneven.test.length, uneven.train.length]).toEqual([7, 21]);
    expect(count(uneven.yTest)).toEqual([4, 2, 1]);
  });

  test("without a shuffle holds out the end", async () => {
    const split = await trainTestSplit(X, labels, { shuffle: false, trainSize: 0.9 });
    expect([...split.test]).toEqual([45, 46, 47, 48, 49]);
  });

  test("refuses sizes that cannot be", async () => {
    await expect(trainTestSplit(X, labels, { testSize: 50 })).rejects.toThrow(/0 to train on/);
    await expect(trainTestSplit(X, labels, { testSize: 0 })).rejects.toThrow(/0 held out/);
    await expect(trainTestSplit(X, labels, { testSize: 30, trainSize: 30 })).rejects.toThrow(
      /50 in all/,
    );
    await expect(trainTestSplit(X, labels, { testSize: 2, stratify: labels })).rejects.toThrow(
      /3 classes/,
    );
    const lonely = labels.with(0, 9);
    await expect(trainTestSplit(X, lonely, { stratify: lonely })).rejects.toThrow(/one of class 9/);
    await expect(trainTestSplit(X, labels, { stratify: labels, shuffle: false })).rejects.toThrow(
      /leave one out/,
    );
  });
});

describe("crossValScore:", () => {
  /** Always predicts the most frequent label of the training samples. */
  class Mode {
    disposed = 0;
    async fit(_: unknown, y: ArrayLike<number>) {
      const counts = count(Array.from(y));
      const label = counts.indexOf(Math.max(...counts));
      return {
        predict: async (rows: unknown) =>
          new Float32Array((rows as { shape: [number, number] }).shape[0]).fill(label),
        score: async (_rows: unknown, held: ArrayLike<number>) =>
          count(Array.from(held))[label] ?? 0,
        dispose: () => {
          this.disposed++;
        },
      };
    }
  }

  test("fits, scores and lets go of a model a fold", async () => {
    const mode = new Mode();
    const values: (number | undefined)[] = [];
    const scores = await crossValScore(mode as never, X, labels, {
      onProgress: ({ value }) => void values.push(value),
    });
    expect([...scores]).toEqual([6, 6, 6, 6, 6]);
    expect(values).toEqual([6, 6, 6, 6, 6]);
    expect(mode.disposed).toBe(5);
  });

  test("holds out consecutive rows for a regressor, whose whole numbers are no classes", async () => {
    const y = labels.with(0, 3); // a single one: no fold could have its share
    const held: number[][] = [];
    const mean = {
      isRegressor: true,
      fit: async () => ({
        score: async (_: unknown, own: ArrayLike<number>) => held.push(Array.from(own)),
      }),
    };
    for (const estimator of [mean, makePipeline(mean as never)]) {
      await crossValScore(estimator as never, X, y, { cv: 2 });
      expect(held.splice(0)).toEqual([y.slice(0, 25), y.slice(25)]);
    }
    await new GridSearchCV((() => mean) as never, { alpha: [1] } as never, { cv: 2 }).fit(X, y);
    expect(held).toEqual([y.slice(0, 25), y.slice(25)]);
    await expect(crossValScore(new Mode() as never, X, y)).rejects.toThrow(/1 of class 3/);
  });

  test("knows the regressors by their names", () => {
    for (const [name, made] of Object.entries(ml)) {
      if (!/^[A-Z]/.test(name) || !Object.hasOwn(Object(made).prototype ?? {}, "fit")) continue;
      if (name === "GridSearchCV" || name === "Pipeline") continue;
      const { isRegressor = false } = new (
        made as new (
          ...args: unknown[]
        ) => { isRegressor?: true }
      )(...(name === "ColumnTransformer" ? [[["one", "passthrough", [0]]]] : []));
      expect([name, isRegressor]).toEqual([
        name,
        /Regress|SVR|Ridge|Lasso|ElasticNet/.test(name) && name !== "LogisticRegression",
      ]);
    }
  });

  test("says how scores are called", async () => {
    const scoring = "f1_macro" as never;
    await expect(crossValScore(new Mode() as never, X, labels, { scoring })).rejects.toThrow(
      /"f1Macro".* as scoring, got "f1_macro"; names are scikit-learn's in camelCase; a function gets/,
    );
  });

  test("scores by a function, with folds of the caller's, and stops", async () => {
    const right = (yTrue: ArrayLike<number>, yPred: ArrayLike<number>) =>
      Array.from(yTrue).filter((label, i) => label === yPred[i]).length;
    const cv = new KFold({ nSplits: 2 });
    const scores = await crossValScore(new Mode() as never, X, labels, { cv, scoring: right });
    expect([...scores]).toEqual([0, 5]);
    const controller = new AbortController();
    const stopped = crossValScore(new Mode() as never, X, labels, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("enough")),
    });
    await expect(stopped).rejects.toThrow("enough");
  });
});
