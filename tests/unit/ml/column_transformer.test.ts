import { describe, expect, test } from "vitest";
import { readCsv } from "../../../src/data/index.ts";
import {
  ColumnTransformer,
  crossValScore,
  GridSearchCV,
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

describe("columns by name", () => {
  const names = ["kind", "unused", "size"];
  const X = { data: ["a", 9, 1, "b", 8, null, "a", 7, 3], shape: [3, 3], names } as const;
  const made = () =>
    new ColumnTransformer([
      ["size", new SimpleImputer(), ["size"]],
      ["kind", new OneHotEncoder({ handleUnknown: "ignore" }), ["kind"]],
    ]);
  const result = { data: Float64Array.of(1, 1, 0, 2, 0, 1, 3, 1, 0), shape: [3, 3] };

  test("are found in any order, among others, in a saved model, too", async () => {
    const model = await made().fit(X);
    expect(await model.transform(X)).toEqual(result);
    expect(model.getFeatureNamesOut()).toEqual(["size__size", "kind__kind_a", "kind__kind_b"]);
    const turned = {
      data: [1, "a", null, "b", 3, "a"],
      shape: [3, 2],
      names: ["size", "kind"],
    } as const;
    const saved = JSON.parse(JSON.stringify(model));
    const loaded = ColumnTransformer.fromJSON(saved, { SimpleImputer, OneHotEncoder });
    for (const each of [model, loaded]) {
      expect(await each.transform(turned)).toEqual(result);
      const { names: _, ...unnamed } = X;
      expect(await each.transform(unnamed)).toEqual(result); // by position
      const short = { ...turned, names: ["size", "kid"] };
      await expect(each.transform(short)).rejects.toThrow(
        /ColumnTransformer.transform: expected columns of size, kid for "kind", got "kind"; did you mean "kid"/,
      );
    }
  });

  test("are those of a split table, of folds and of a search", async () => {
    const table = await readCsv(`kind,unused,size,y\n${"a,1,2,0\nb,1,,1\n".repeat(8)}`, {
      parser: (text) =>
        text
          .trim()
          .split("\n")
          .map((line) => line.split(",")),
    });
    const X = table.cells(["kind", "unused", "size"]);
    expect(X.names).toEqual(names);
    expect(table.matrix(["size"]).names).toEqual(["size"]);
    const y = Array.from({ length: 16 }, (_, i) => i % 2);
    const { XTrain, XTest } = await trainTestSplit(X, y);
    expect((await (await made().fit(XTrain)).transform(XTest)).shape).toEqual([4, 3]);
    const learner = makePipeline(made(), new Sums());
    expect(await crossValScore(learner as never, X, y, { cv: 2 })).toHaveLength(2);
    const search = new GridSearchCV(learner as never, {} as never, { cv: 2 });
    expect((await search.fit(X, y)).bestParams).toEqual({});
  });

  test("that X does not have, or without names, are refused with what to do", async () => {
    const wrong = new ColumnTransformer([["s", new SimpleImputer(), ["sise"]]]);
    await expect(wrong.fit(X)).rejects.toThrow(
      /expected columns of kind, unused, size for "s", got "sise"; did you mean "size"/,
    );
    await expect(made().fit([["a", 1, 2]])).rejects.toThrow(
      /expected X with names of its columns for "size" of "size", got one without; pass table.cells\(\)/,
    );
    await expect(made().fit({ ...X, names: ["kind"] })).rejects.toThrow(
      /expected 3 names, one a column/,
    );
  });
});

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
      [["b", scale, [1.5]], '["b", an object of class MinMaxScaler, [1.5]]'],
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
