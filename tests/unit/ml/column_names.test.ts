import { describe, expect, test } from "vitest";
import {
  ColumnTransformer,
  MaxAbsScaler,
  MinMaxScaler,
  makePipeline,
  Normalizer,
  OneHotEncoder,
  PolynomialFeatures,
  RobustScaler,
  SimpleImputer,
  StandardScaler,
} from "../../../src/ml/index.ts";
import { Sums } from "../../support/sums.ts";

const X = [
  [1, 2],
  [3, 5],
  [4, 1],
];
const people = [
  ["Bern", 20, 1],
  ["Lima", null, 2],
  ["Oslo", 40, 3],
];
const columns = () =>
  new ColumnTransformer(
    [
      ["city", new OneHotEncoder(), [0]],
      ["age", makePipeline(new SimpleImputer({ addIndicator: true }), new StandardScaler()), [1]],
    ],
    { remainder: "passthrough" },
  );

describe("getFeatureNamesOut", () => {
  test("of scalers gives back the names of the features", async () => {
    const scalers = [
      new StandardScaler(),
      new MinMaxScaler(),
      new MaxAbsScaler(),
      new RobustScaler(),
      new Normalizer(),
    ];
    for (const scaler of scalers) {
      const model = await scaler.fit(X);
      expect(model.nFeaturesIn).toBe(2);
      expect(model.getFeatureNamesOut()).toEqual(["x0", "x1"]);
      expect(model.getFeatureNamesOut(["age", "income"])).toEqual(["age", "income"]);
      expect(() => model.getFeatureNamesOut(["age"])).toThrow(/expected 2 names/);
      expect(() => model.getFeatureNamesOut([1, 2] as never)).toThrow(
        /Scaler.getFeatureNamesOut: expected|Normalizer.getFeatureNamesOut: expected/,
      );
    }
  });

  test("of products writes them as scikit-learn does", async () => {
    const model = await new PolynomialFeatures().fit(X);
    expect(model.getFeatureNamesOut()).toEqual(["1", "x0", "x1", "x0^2", "x0 x1", "x1^2"]);
    expect(model.getFeatureNamesOut(["a", "b"])[4]).toBe("a b");
  });

  test("of a ColumnTransformer puts the step before each name, as scikit-learn does", async () => {
    const model = await columns().fit(people);
    const { shape } = await model.transform(people);
    expect(shape[1]).toBe(6);
    expect(model.getFeatureNamesOut()).toEqual([
      ...["city__x0_Bern", "city__x0_Lima", "city__x0_Oslo"],
      ...["age__x1", "age__missingindicator_x1", "remainder__x2"],
    ]);
    expect(model.getFeatureNamesOut(["city", "age", "rank"]).slice(2)).toEqual([
      ...["city__city_Oslo", "age__age", "age__missingindicator_age", "remainder__rank"],
    ]);
    expect(() => model.getFeatureNamesOut(["city"])).toThrow(
      "ColumnTransformer: expected 3 names, one a column, got 1; name all columns, or none",
    );
  });

  test("of a pipeline goes through its steps, as far as they have names", async () => {
    const model = await makePipeline(
      columns(),
      new PolynomialFeatures({ degree: 1 }),
      new Sums(),
    ).fit(people, [0, 1, 0]);
    expect(() => model.getFeatureNamesOut()).toThrow(
      /^Pipeline.getFeatureNamesOut: expected steps with getFeatureNamesOut\(\), got step "sums" without; take the names of the steps before it$/,
    );
    const before = model.slice(0, -1);
    expect(before.getFeatureNamesOut().slice(0, 2)).toEqual(["1", "city__x0_Bern"]);
    expect(before.getFeatureNamesOut()).toHaveLength(7);
  });
});

describe("slice of a fitted pipeline", () => {
  test("has the steps themselves, and transforms as they do", async () => {
    const model = await makePipeline(new StandardScaler(), new MinMaxScaler(), new Sums()).fit(
      X,
      [0, 1, 0],
    );
    const scaled = model.slice(0, -1);
    expect(Object.keys(scaled.namedSteps)).toEqual(["standardscaler", "minmaxscaler"]);
    expect(scaled.namedSteps.minmaxscaler).toBe(model.namedSteps.minmaxscaler);
    expect((await scaled.transform(X)).shape).toEqual([3, 2]);
    expect(Object.keys(model.slice(2).namedSteps)).toEqual(["sums"]);
    expect(() => model.slice(3)).toThrow(
      "Pipeline.slice: expected some of 3 steps, got none from 3 to 3; count from 0, or from the end with negative numbers",
    );
    expect(() => model.slice("1" as never)).toThrow(/^Pipeline.slice: expected/);
  });
});

describe("OneHotEncoder with a list to drop", () => {
  const rows = [
    ["a", 1, null],
    ["b", 2, Number.NaN],
    ["c", 2, null],
  ];

  // scikit-learn 1.2: OneHotEncoder(drop=["b", 2]).fit_transform(…) has the columns x0_a, x0_c, x1_1
  test("leaves out the category named for each feature, there and back", async () => {
    const encoder = await new OneHotEncoder({ drop: ["b", 2, Number.NaN] }).fit(rows);
    expect(encoder.getFeatureNamesOut()).toEqual(["x0_a", "x0_c", "x1_1", "x2_null"]);
    expect(encoder.dropIdx).toEqual([1, 1, 1]);
    const made = await encoder.transform(rows);
    expect([...made.data]).toEqual([1, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 1]);
    const saved = JSON.parse(JSON.stringify(encoder));
    const loaded = OneHotEncoder.fromJSON(saved);
    expect(await loaded.transform(rows)).toEqual(made);
    expect((await loaded.inverseTransform(made)).data).toEqual(rows.flat());
    expect(JSON.parse(JSON.stringify(loaded))).toEqual(saved);
  });

  test("is refused where it names no category of a feature", async () => {
    const dropping = (drop: (string | number)[]) => new OneHotEncoder({ drop }).fit(rows);
    await expect(dropping(["b"])).rejects.toThrow(
      "OneHotEncoder: expected 3 categories to drop, got 1; list a category of each feature, in their order",
    );
    await expect(dropping(["b", 3, Number.NaN])).rejects.toThrow(
      "OneHotEncoder: expected a category of feature 1 to drop, got 3; list a category of each feature, in their order",
    );
    expect(() => new OneHotEncoder({ drop: "last" as never })).toThrow(/drop/);
  });
});
