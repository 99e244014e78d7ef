import { describe, expect, test } from "vitest";
import { tables } from "../../../demos/shared/tables.ts";
import {
  crossValScore,
  type Fold,
  GridSearchCV,
  KNeighborsClassifier,
  LogisticRegression,
  type LogisticRegressionOptions,
  makePipeline,
  PCA,
  Pipeline,
  permutationImportance,
  Ridge,
  rocAucScore,
  StandardScaler,
  SVC,
} from "../../../src/ml/index.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

/** Row i is held out in fold i mod 5. */
const dealt = {
  split: (samples: number): Fold[] =>
    Array.from({ length: 5 }, (_, fold) => {
      const rows = Uint32Array.from({ length: samples }, (_, i) => i);
      return {
        train: rows.filter((i) => i % 5 !== fold),
        test: rows.filter((i) => i % 5 === fold),
      };
    }),
};

const search = (scoring?: "f1Macro") =>
  new GridSearchCV(
    new Pipeline([
      ["scale", new StandardScaler()],
      ["svc", SVC],
    ]),
    { svc__gamma: [0.01, 0.1], svc__C: [0.1, 1, 10] },
    { cv: dealt, ...(scoring && { scoring }) },
  );

// Printed by GridSearchCV(Pipeline([("scale", StandardScaler()), ("svc", SVC())]), {"svc__gamma": [0.01, 0.1],
// "svc__C": [0.1, 1, 10]}, cv=…) of scikit-learn 1.2 on its wine data, with the same folds and scoring=None and
// "f1_macro".
const expected = {
  accuracy: {
    mean: [
      0.753015873015873, 0.9717460317460318, 0.9887301587301588, 0.9774603174603176,
      0.9774603174603176, 0.9774603174603176,
    ],
    std: [
      0.01813557186840839, 0.025205629512735514, 0.013804961844545337, 0.020875279013045846,
      0.011275428974716221, 0.020875279013045846,
    ],
    whole: 0.9943820224719101,
  },
  f1Macro: {
    mean: [
      0.7304232693706378, 0.9709068144699217, 0.9888246909683559, 0.97709821890694,
      0.9764986245242373, 0.97709821890694,
    ],
    std: [
      0.020325579504198995, 0.025830291659298413, 0.013742426047055226, 0.020672250607173467,
      0.01177352841273724, 0.020672250607173467,
    ],
    whole: 0.9941995076893081,
  },
};

describe("GridSearchCV", () => {
  for (const scoring of ["accuracy", "f1Macro"] as const) {
    test(`finds what scikit-learn finds on wine by ${scoring}`, async () => {
      const table = await tables.wine();
      const live = engine.counters().liveBytes;
      const own = scoring === "f1Macro" ? search(scoring) : search();
      const found = await own.fit(table, table.y);
      const { mean, std, whole } = expected[scoring];
      expect(found.cvResults.params[1]).toEqual({ svc__C: 0.1, svc__gamma: 0.1 });
      mean.forEach((value, c) => {
        expect(found.cvResults.meanTestScore[c]).toBeCloseTo(value, 12);
        expect(found.cvResults.stdTestScore[c]).toBeCloseTo(std[c] as number, 12);
      });
      expect([...found.cvResults.rankTestScore.slice(0, 3)]).toEqual([6, 5, 1]);
      expect(found.bestParams).toEqual({ svc__C: 1, svc__gamma: 0.01 });
      expect(found.bestIndex).toBe(2);
      expect(found.bestScore).toBeCloseTo(mean[2] as number, 12);
      expect(await found.score(table, table.y)).toBeCloseTo(whole, 12);
      expect(found.cvResults.splitTestScores.length).toBe(5);
      const labels = await found.predict(table);
      expect(labels).toEqual(await found.bestEstimator.predict(table));
      found.dispose();
      expect(engine.counters().liveBytes).toBe(live);
    });
  }

  const X = Array.from({ length: 24 }, (_, i) => [i % 8, (5 * i) % 7]);
  const words = X.map(([a = 0]) => (a > 3 ? "high" : "low"));

  test("takes a class, or a function, and labels of any kind", async () => {
    const found = await new GridSearchCV(LogisticRegression, { C: [0.01, 10] }, { cv: 3 }).fit(
      X,
      words,
    );
    const labels: string[] = await found.predict([[7, 1]]);
    expect(labels).toEqual(["high"]);
    expect((await found.predictProba([[7, 1]])).shape).toEqual([1, 2]);
    expect(found.bestEstimator.converged).toBe(true);
    const kept = new LogisticRegression({ solver: "newton-cholesky", tol: 1e-6 });
    const same = await new GridSearchCV(kept, { C: [0.01, 10] }, { cv: 3 }).fit(X, words);
    expect([same.bestParams, same.bestEstimator.nIter < 20]).toEqual([found.bestParams, true]);
    const exact = await kept.withParams({ C: 10 }).fit(X, words);
    expect(await same.predictProba(X)).toEqual(await exact.predictProba(X)); // tol and solver were kept
    const wrong = () => new GridSearchCV(kept, { c: [1] } as never);
    expect(wrong).toThrow(
      /GridSearchCV: LogisticRegression: expected options .*, got 'c'; did you mean 'C'/,
    );
    const steps = new GridSearchCV(makePipeline(kept), { logisticregression: [kept] }, { cv: 3 });
    expect(JSON.parse(JSON.stringify(await steps.fit(X, words))).bestParams).toEqual({
      logisticregression: "an object of class LogisticRegression",
    });
    const saved = JSON.parse(JSON.stringify(found)); // has the model
    expect(saved.bestEstimator).toEqual(JSON.parse(JSON.stringify(found.bestEstimator)));
    expect(saved.bestParams).toEqual(found.bestParams);
    const make = (own: LogisticRegressionOptions) =>
      new LogisticRegression({ solver: "newton-cholesky", ...own });
    const rows = Uint32Array.from(X.keys());
    const cv = { split: () => [{ train: rows, test: rows }] };
    const other = new GridSearchCV(make, { C: [10] }, { cv, scoring: "rocAuc" });
    const refitted = await other.fit(X, words);
    const area = rocAucScore(words, await refitted.predictProba(X));
    expect(refitted.bestScore).toBe(area);
    expect([...(await crossValScore(other, X, words, { cv }))]).toEqual([area]);
  });

  test("refuses names and values that an estimator does not take, before it sees data", () => {
    expect(() => new GridSearchCV(SVC, { c: [1] } as never)).toThrow(
      /^GridSearchCV: .*expected options .*got 'c'; did you mean 'C'\?$/,
    );
    const pipeline = makePipeline(StandardScaler, SVC);
    expect(() => new GridSearchCV(pipeline, { scv__C: [1] })).toThrow(
      /GridSearchCV: .*got 'scv__C'; did you mean 'svc__C'\?/,
    );
    expect(() => new GridSearchCV(pipeline, { svc__gama: [1] })).toThrow(
      /step "svc": .*did you mean 'gamma'\?/,
    );
    expect(() => new GridSearchCV(SVC, { C: [1, -1] })).toThrow(/GridSearchCV: .*expected C > 0/);
    expect(() => new GridSearchCV(SVC, { C: 1 } as never)).toThrow(/array of values for C/);
    expect(() => new GridSearchCV(SVC, { C: [] })).toThrow(/one at least/);
    expect(() => new GridSearchCV({} as never, { C: [1] } as never)).toThrow(
      /pass new SVC\(\), or/,
    );
    expect(() => new GridSearchCV(SVC, {}, { scoring: "acuracy" } as never)).toThrow(/scoring/);
  });

  test("names the combination whose fit fails, counts its fits, and stops", async () => {
    const failing = new GridSearchCV(KNeighborsClassifier, { nNeighbors: [3, 30] }, { cv: 3 });
    await expect(failing.fit(X, words)).rejects.toThrow(
      /^GridSearchCV: parameters \{ nNeighbors: 30 \}: KNeighborsClassifier: /,
    );
    const live = engine.counters().liveBytes;
    const seen: number[] = [];
    const controller = new AbortController();
    const stopped = new GridSearchCV(KNeighborsClassifier, { nNeighbors: [1, 3] }, { cv: 3 }).fit(
      X,
      words,
      {
        signal: controller.signal,
        onProgress: ({ iteration, maxIterations }) => {
          seen.push(iteration, maxIterations);
          if (iteration === 2) controller.abort(new Error("enough"));
        },
      },
    );
    await expect(stopped).rejects.toThrow(/^enough$/);
    expect(seen).toEqual([1, 6, 2, 6]);
    expect(engine.counters().liveBytes).toBe(live);
  });

  test("leaves the best estimator out if it is told to", async () => {
    const y = X.map(([a = 0, b = 0]) => 2 * a - b);
    const options = { cv: 3, refit: false, scoring: "negMeanSquaredError" } as const;
    const found = await new GridSearchCV(Ridge, { alpha: [100, 0.001] }, options).fit(X, y);
    expect(found.bestParams).toEqual({ alpha: 0.001 });
    expect(found.bestScore).toBeLessThanOrEqual(0);
    expect(() => found.bestEstimator).toThrow(/got refit false/);
  });
});

test("a pipeline of the library's own gives what its steps give one by one, and goes to JSON", async () => {
  const table = await tables.iris();
  const live = engine.counters().liveBytes;
  const model = await new Pipeline([
    ["scale", new StandardScaler()],
    ["pca", new PCA({ nComponents: 2 })],
    ["logistic", new LogisticRegression()],
  ]).fit(table, table.y);
  const scaled = await new StandardScaler().fitTransform(table);
  const turned = await new PCA({ nComponents: 2 }).fitTransform(scaled);
  const alone = await new LogisticRegression().fit(turned, table.y);
  const probabilities = await model.predictProba(table);
  expect(probabilities).toEqual(await alone.predictProba(turned));
  expect(await model.score(table, table.y)).toBe(await alone.score(turned, table.y));
  const loaded = Pipeline.fromJSON(JSON.parse(JSON.stringify(model)), {
    scale: StandardScaler,
    pca: PCA,
    logistic: LogisticRegression,
  });
  expect(JSON.parse(JSON.stringify(loaded))).toEqual(JSON.parse(JSON.stringify(model)));
  model.dispose();
  expect(engine.counters().liveBytes).toBe(live);
});

test("permutationImportance is 0 for a feature that says nothing, and the loss of score for one that does", async () => {
  const X = Array.from({ length: 40 }, (_, i) => [i, 7, 1e9]);
  const y = X.map(([a = 0]) => 3 * a);
  const model = await new Ridge({ alpha: 0 }).fit(X, y);
  const seen: number[] = [];
  const found = await permutationImportance(model, X, y, {
    nRepeats: 4,
    onProgress: ({ iteration }) => void seen.push(iteration),
  });
  expect([...found.importancesMean.slice(1)]).toEqual([0, 0]);
  // permuting ỹ lowers R² from 1 to 1 − Σ (y − ỹ)²/Σ (y − ȳ)², which is −1 on average over permutations
  expect(found.importancesMean[0]).toBeGreaterThan(1);
  const [first = new Float64Array()] = found.importances;
  const mean = first.reduce((a, b) => a + b, 0) / 4;
  const variance = first.reduce((sum, value) => sum + (value - mean) ** 2 / 4, 0);
  expect(found.importancesMean[0]).toBeCloseTo(mean, 14);
  expect(found.importancesStd[0]).toBeCloseTo(Math.sqrt(variance), 14);
  expect(seen.at(-1)).toBe(12);
  const other = await permutationImportance(model, X, y, { randomState: 1, scoring: "r2" });
  expect(other.importances[0]?.length).toBe(5);
  expect(other.importances[0]?.[0]).not.toBe(first[0]);
});
