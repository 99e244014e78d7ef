import { describe, expect, test } from "vitest";
import * as ml from "../../../src/ml/index.ts";
import {
  ColumnTransformer,
  MinMaxScaler,
  makePipeline,
  Pipeline,
  type Samples,
  SimpleImputer,
  StandardScaler,
} from "../../../src/ml/index.ts";
import { Sums } from "../../support/sums.ts";

describe("Pipeline", () => {
  test("fits every step to what those before it make, and asks them in turn", async () => {
    const sums = new Sums();
    const pipeline = new Pipeline([
      ["fill", new SimpleImputer()],
      ["scale", new MinMaxScaler()],
      ["sum", sums],
    ]);
    const model = await pipeline.fit([[1], [null], [3]], [0, 0, 0], { sampleWeight: [1, 2, 3] });
    expect(sums.seen).toEqual([
      [{ data: Float64Array.of(0, 0.5, 1), shape: [3, 1] }, [0, 0, 0], { sampleWeight: [1, 2, 3] }],
    ]);
    expect(await model.predict([[undefined], [3]])).toEqual([0.5, 1]);
    expect(await model.predictProba([[3]])).toEqual({ proba: [1] });
    expect(await model.score([[1], [3]], [0, 0])).toBe(-1);
    expect(Object.keys(model.namedSteps)).toEqual(["fill", "scale", "sum"]);
    expect(model.takesTables).toBe(true);
    model.dispose();
    expect(sums.disposed).toBe(1);
  });

  test("transforms, there and back, and goes to JSON", async () => {
    const pipeline = new Pipeline([
      ["first", new StandardScaler()],
      ["none", "passthrough"],
      ["second", MinMaxScaler],
    ]);
    const X = [[1.7e12], [1.7e12 + 1], [1.7e12 + 4]];
    const scaled = await pipeline.fitTransform(X);
    expect(scaled.data[0]).toBe(0);
    expect(scaled.data[1]).toBeCloseTo(0.25, 12);
    expect(scaled.data[2]).toBe(1);
    const model = await pipeline.fit(X);
    expect(await model.transform(X)).toEqual(scaled);
    expect((await model.inverseTransform(scaled)) as object).toEqual({
      data: Float64Array.from(X.flat()),
      shape: [3, 1],
    });
    const saved = JSON.parse(JSON.stringify(model));
    const readers = { first: StandardScaler, second: MinMaxScaler };
    const loaded = Pipeline.fromJSON(saved, readers);
    expect(JSON.parse(JSON.stringify(loaded))).toEqual(saved);
    expect(() => Pipeline.fromJSON(saved, { first: StandardScaler })).toThrow(
      'Pipeline: expected the class of each step, got none for "second"; pass { StandardScaler, MinMaxScaler }',
    );
    for (const by of [{ StandardScaler, MinMaxScaler }, ml]) {
      expect(Pipeline.fromJSON(saved, by).toJSON()).toEqual(saved);
    }
    expect(() => Reflect.apply(Pipeline.fromJSON, Pipeline, [saved])).toThrow(
      /expected the class of each step, got none for "first"; pass \{ StandardScaler, MinMaxScaler \}/,
    );
    const unsaved = await new Pipeline([["sum", new Sums()]]).fit(X, [0, 0, 0]);
    expect(() => unsaved.toJSON()).toThrow(/got step "sum" without/);
  });

  test("is loaded with the steps of its steps", async () => {
    const columns = new ColumnTransformer([
      ["gaps", makePipeline(new SimpleImputer(), new StandardScaler()), [0]],
      ["kept", "passthrough", [1]],
    ]);
    const rows = [[1, 5], [null, 6], [3, 7]]; // biome-ignore format: rows
    const model = await makePipeline(columns, new MinMaxScaler()).fit(rows);
    const loaded = Pipeline.fromJSON(JSON.parse(JSON.stringify(model)), ml) as typeof model;
    expect(await loaded.transform(rows)).toEqual(await model.transform(rows));
    expect(() => Pipeline.fromJSON(model.toJSON(), { ColumnTransformer, MinMaxScaler })).toThrow(
      /got none for "gaps"; pass \{ Pipeline \}/,
    );
  });

  test("has its steps with other parameters, which keep their own", async () => {
    const pipeline = new Pipeline([
      ["scale", new MinMaxScaler({ featureRange: [0, 10], clip: true })],
      ["sum", { fit: () => new Sums() }],
    ]);
    const scale = pipeline.withParams({ scale__clip: false, sum: "passthrough" });
    const scaled: unknown = await (await scale.fit([[0], [1]])).transform([[2]]);
    expect(scaled).toEqual({ data: Float64Array.of(20), shape: [1, 1] });
    expect(() => pipeline.withParams({ scale__klip: true })).toThrow(
      /^Pipeline: step "scale": MinMaxScaler: expected options featureRange, clip, got 'klip'; did you/,
    );
    expect(() => pipeline.withParams({ sum__a: 1 })).toThrow(
      /^Pipeline: step "sum": expected a class or a function for parameters, got a for an existing/,
    );
  });

  test("says that what was not fitted has nothing to save", () => {
    const learner = new StandardScaler();
    expect(() => JSON.stringify({ learner })).toThrow(
      "StandardScaler: expected a fitted model to save, got what fits it; save what fit() returned",
    );
  });

  test("names the entry that is no step", () => {
    const refused =
      (...steps: unknown[]) =>
      () =>
        new Pipeline(steps as never);
    expect(refused(["a", new StandardScaler()], new MinMaxScaler())).toThrow(
      /expected a pair \[name, step\] as steps\[1\], got an object of class MinMaxScaler; write/,
    );
    expect(refused(["a", "scale"])).toThrow(/as steps\[0\], got \["a", "scale"\]; write/);
  });

  test("names the step that an error is of", async () => {
    const pipeline = makePipeline(new StandardScaler(), new Sums());
    await expect(pipeline.fit([["a"]], [0])).rejects.toThrow(
      'Pipeline: step "standardscaler": StandardScaler: expected finite numbers, got "a" in row 0, column 0 of X',
    );
    const model = await pipeline.fit([[1], [2]], [0, 1]);
    await expect(model.predict([[1, 2]])).rejects.toThrow(
      /^Pipeline.predict: step "standardscaler": .*expected 1 features/,
    );
    const broken = { fit: () => Promise.reject(new TypeError("no luck")) };
    const failed = new Pipeline([["mine", broken]]).fit([[1]]);
    await expect(failed).rejects.toThrow('Pipeline: step "mine": no luck');
    await expect(failed).rejects.toMatchObject({
      name: "WgradError",
      cause: new TypeError("no luck"),
    });
    const last = await new Pipeline([["scale", new StandardScaler()]]).fit([[1], [2]]);
    await expect(Reflect.apply(last.predict, last, [[[1]]])).rejects.toThrow(
      /step "scale": predict: expected a fitted model with predict\(\)/,
    );
  });

  test("stops between steps with the signal's reason and frees what was fitted", async () => {
    const controller = new AbortController();
    const sums = new Sums();
    const kept = {
      fit: async (X: Samples) => {
        controller.abort(new Error("enough"));
        return { transform: async () => X, dispose: () => void sums.disposed++ };
      },
    };
    const pipeline = new Pipeline([
      ["kept", kept],
      ["sum", sums],
    ]);
    const stopped = pipeline.fit([[1]], [1], { signal: controller.signal });
    await expect(stopped).rejects.toThrow("enough");
    expect(sums.disposed).toBe(1);
    expect(sums.seen).toEqual([]);
  });

  test("makes steps anew with parameters", async () => {
    const pipeline = new Pipeline([
      ["scale", MinMaxScaler],
      ["sum", (params: { bias?: number }) => new Sums({ bias: 1, ...params })],
    ]);
    const X = [[0], [1]];
    expect(await (await pipeline.fit(X, [0, 0])).predict(X)).toEqual([1, 2]);
    const other = pipeline.withParams({ sum__bias: 5, scale__featureRange: [0, 2] });
    expect(await (await other.fit(X, [0, 0])).predict(X)).toEqual([5, 7]);
    const third = other.withParams({
      sum__bias: 7,
      scale: new StandardScaler({ withMean: false, withStd: false }),
    });
    expect(await (await third.fit(X, [0, 0])).predict(X)).toEqual([7, 8]);
    expect(() => pipeline.withParams({ scael__featureRange: [0, 2] })).toThrow(
      "got 'scael__featureRange'; did you mean 'scale__featureRange'?",
    );
    expect(() => pipeline.withParams({ scale__featuerRange: [0, 2] })).toThrow(
      /^Pipeline: step "scale": .*got 'featuerRange'; did you mean 'featureRange'/,
    );
    const made = new Pipeline([["scale", new MinMaxScaler()]]);
    const wider = await made.withParams({ scale__featureRange: [0, 2] }).fitTransform([[0], [1]]);
    expect([...(wider as { data: Float64Array }).data]).toEqual([0, 2]);
  });

  test("refuses steps that are none", () => {
    expect(() => new Pipeline([] as never)).toThrow(/got none/);
    expect(() => new Pipeline([["a__b", new Sums()]])).toThrow(/without "__"/);
    expect(() => new Pipeline([["a", {} as never]])).toThrow(
      /expected a pair \[name, step\] as steps\[0\], got \["a", an object/,
    );
    expect(() => new Pipeline([["a", (() => 3) as never]])).toThrow(
      /step "a": expected an object with fit\(\) of the function given, got 3/,
    );
    expect(makePipeline(Sums, Sums, StandardScaler).steps.map(([name]) => name)).toEqual([
      "sums-1",
      "sums-2",
      "standardscaler",
    ]);
  });
});
