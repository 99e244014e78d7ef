import { describe, expect, test } from "vitest";
import {
  ColumnTransformer,
  crossValScore,
  MinMaxScaler,
  makeColumnTransformer,
  makePipeline,
  OneHotEncoder,
  Pipeline,
  permutationImportance,
  SimpleImputer,
  trainTestSplit,
} from "../../../src/ml/index.ts";
import { Sums } from "../../support/sums.ts";

const table = [
  ["a", 1],
  ["b", null],
  ["a", 3],
  ["b", 5],
];
const columns = () =>
  new ColumnTransformer([
    ["kind", new OneHotEncoder(), [0]],
    ["size", makePipeline(new SimpleImputer(), new MinMaxScaler()), [1]],
  ]);

describe("ColumnTransformer", () => {
  test("gives columns to transformers and puts what they make side by side", async () => {
    const model = await columns().fit(table);
    const made = await model.transform(table);
    expect(made).toEqual({
      data: Float64Array.of(1, 0, 0, 0, 1, 0.5, 1, 0, 0.5, 0, 1, 1),
      shape: [4, 3],
    });
    const saved = JSON.parse(JSON.stringify(model));
    const steps = { simpleimputer: SimpleImputer, minmaxscaler: MinMaxScaler };
    const size = { fromJSON: (own: never) => Pipeline.fromJSON(own, steps) };
    const loaded = ColumnTransformer.fromJSON(saved, { kind: OneHotEncoder, size });
    expect(await loaded.transform(table)).toEqual(made);
  });

  test("names the entry that is none", () => {
    const refused = (entry: unknown) => () =>
      new ColumnTransformer([["a", new MinMaxScaler(), [0]], entry] as never);
    const scale = new MinMaxScaler();
    for (const [entry, got] of [
      [["b", scale, 1], '["b", an object of class MinMaxScaler, 1]'],
      [["b", scale, ["age"]], '["b", an object of class MinMaxScaler, ["age"]]'],
      [["b", scale, [-1]], '["b", an object of class MinMaxScaler, [-1]]'],
      [[scale, [1]], "[an object of class MinMaxScaler, [1]]"],
      [["b", "scale", [1]], '["b", "scale", [1]]'],
    ] as const) {
      expect(refused(entry)).toThrow(
        `ColumnTransformer: expected [name, transformer, columns] as transformers[1], got ${got}; write ["scale", new`,
      );
    }
  });

  test("drops or keeps the columns that no transformer gets", async () => {
    const X = [
      ["a", 0, "x"],
      ["b", 2, "y"],
    ];
    const scaled = makeColumnTransformer([new MinMaxScaler(), [1]]);
    expect(await scaled.fitTransform(X)).toEqual({ data: Float64Array.of(0, 1), shape: [2, 1] });
    const all = new ColumnTransformer([["s", MinMaxScaler, [1]]], { remainder: "passthrough" });
    expect(await all.fitTransform(X)).toEqual({ data: [0, "a", "x", 1, "b", "y"], shape: [2, 3] });
    const named = new ColumnTransformer(
      [["no", "drop", [0]], ["s", MinMaxScaler, [1]]], // biome-ignore format: steps
      { remainder: "passthrough" },
    );
    const fitted = await named.fit(X);
    expect(await fitted.transform(X)).toEqual({ data: [0, "x", 1, "y"], shape: [2, 2] });
    expect(fitted.getFeatureNamesOut(["a", "b", "c"])).toEqual(["s__b", "remainder__c"]);
    const back = ColumnTransformer.fromJSON(JSON.parse(JSON.stringify(fitted)), { MinMaxScaler });
    expect(await back.transform(X)).toEqual({ data: [0, "x", 1, "y"], shape: [2, 2] });
    const without = makeColumnTransformer(["drop", [0]], ["passthrough", [1]]);
    expect(await without.fitTransform(X)).toEqual({ data: Float64Array.of(0, 2), shape: [2, 1] });
    await expect(new ColumnTransformer([["s", MinMaxScaler, [3]]]).fit(X)).rejects.toThrow(
      'ColumnTransformer: expected columns 0 to 2 for "s", got 3; count from 0',
    );
    await expect(new ColumnTransformer([["s", MinMaxScaler, [0]]]).fit(X)).rejects.toThrow(
      /step "s" \(its columns are 0 of X\): .*got "a" in row 0/,
    );
  });
});

describe("tables with gaps and strings", () => {
  const y = [1, 2, 3, 4];
  const estimator = () =>
    new Pipeline([
      ["columns", columns()],
      ["sum", Sums],
    ]);

  test("are split and cross-validated where the estimator takes them", async () => {
    const scores = await crossValScore(estimator(), table, y, { cv: 2 });
    expect(scores.length).toBe(2);
    await expect(crossValScore(new Sums(), table as never, y, { cv: 2 })).rejects.toThrow(
      /^crossValScore: expected finite numbers, got "a" in row 0, column 0 of X/,
    );
    const split = await trainTestSplit(table, y, { shuffle: false });
    expect(split.XTest).toEqual({ data: ["b", 5], shape: [1, 2] });
  });

  test("say which of their columns a model needs", async () => {
    const model = await estimator().fit(table, y);
    const found = await permutationImportance(model, table, y, { nRepeats: 3, randomState: 1 });
    expect(found.importances.map((own) => own.length)).toEqual([3, 3]);
    // the two one-hot columns always add up to 1, so permuting them changes no sum
    expect([...(found.importances[0] ?? [])]).toEqual([0, 0, 0]);
    expect(found.importancesMean[1]).not.toBe(0);
    expect(await permutationImportance(model, table, y, { nRepeats: 3, randomState: 1 })).toEqual(
      found,
    );
  });
});
