import { describe, expect, test } from "vitest";
import { OneHotEncoder, type OneHotEncoderOptions } from "../../../src/ml/index.ts";

// Values named "as scikit-learn" were printed by OneHotEncoder(sparse_output=False) of
// scikit-learn 1.2 for the same tables.

const table = [
  ["red", 1, true],
  ["blue", 3, false],
  ["green", 1, true],
  ["red", 2, true],
];
const rowsOf = ({ data, shape }: { data: ArrayLike<unknown>; shape: readonly [number, number] }) =>
  Array.from({ length: shape[0] }, (_, i) =>
    Array.from({ length: shape[1] }, (_, c) => data[i * shape[1] + c]),
  );
const again = (saved: unknown) => JSON.parse(JSON.stringify(saved));

describe("OneHotEncoder", () => {
  const cases: readonly {
    name: string;
    options: OneHotEncoderOptions;
    rows: number[][];
    names: string[];
    dropped: (number | null)[];
  }[] = [
    {
      name: "has a column for each category",
      options: {},
      rows: [
        [0, 0, 1, 1, 0, 0, 0, 1],
        [1, 0, 0, 0, 0, 1, 1, 0],
        [0, 1, 0, 1, 0, 0, 0, 1],
        [0, 0, 1, 0, 1, 0, 0, 1],
      ],
      names: "x0_blue x0_green x0_red x1_1 x1_2 x1_3 x2_false x2_true".split(" "),
      dropped: [null, null, null],
    },
    {
      name: "leaves out the first of each feature",
      options: { drop: "first" },
      rows: [
        [0, 1, 0, 0, 1],
        [0, 0, 0, 1, 0],
        [1, 0, 0, 0, 1],
        [0, 1, 1, 0, 1],
      ],
      names: "x0_green x0_red x1_2 x1_3 x2_true".split(" "),
      dropped: [0, 0, 0],
    },
    {
      name: "leaves out the first of two",
      options: { drop: "ifBinary" },
      rows: [
        [0, 0, 1, 1, 0, 0, 1],
        [1, 0, 0, 0, 0, 1, 0],
        [0, 1, 0, 1, 0, 0, 1],
        [0, 0, 1, 0, 1, 0, 1],
      ],
      names: "x0_blue x0_green x0_red x1_1 x1_2 x1_3 x2_true".split(" "),
      dropped: [null, null, 0],
    },
  ];

  for (const { name, options, rows, names, dropped } of cases) {
    test(`${name}, as scikit-learn, and comes back`, async () => {
      const encoder = await new OneHotEncoder(options).fit(table);
      const encoded = await encoder.transform(table);
      expect(encoded.data).toBeInstanceOf(Float64Array);
      expect(rowsOf(encoded)).toEqual(rows);
      expect(encoder.getFeatureNamesOut()).toEqual(names);
      expect(encoder.dropIdx).toEqual(dropped);
      expect(rowsOf(await encoder.inverseTransform(encoded))).toEqual(table);
      const loaded = OneHotEncoder.fromJSON(again(encoder));
      expect(await loaded.transform(table)).toEqual(encoded);
      expect(loaded.categories).toEqual(encoder.categories);
    });
  }

  test("sorts categories by kind and puts null and NaN last, as scikit-learn", async () => {
    const X = [[Number.NaN], [null], ["a"], [undefined]];
    const encoder = await new OneHotEncoder().fit(X);
    expect(encoder.categories).toEqual([["a", null, Number.NaN]]);
    const encoded = await encoder.transform(X);
    expect(rowsOf(encoded)).toEqual([
      [0, 0, 1],
      [0, 1, 0],
      [1, 0, 0],
      [0, 1, 0],
    ]);
    const loaded = OneHotEncoder.fromJSON(again(encoder));
    expect(await loaded.transform(X)).toEqual(encoded);
    const numbers = await new OneHotEncoder().fit([[10], [9], [-0], [0], [-1e300]]);
    expect(numbers.categories).toEqual([[-1e300, 0, 9, 10]]);
    const timestamps = [[1.7e12], [1.7e12 + 1]];
    expect(rowsOf(await new OneHotEncoder().fitTransform(timestamps))).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  test("refuses a category that fit did not see, or makes zeros of it", async () => {
    const strict = await new OneHotEncoder().fit(table);
    await expect(strict.transform([["pink", 1, true]])).rejects.toThrow(
      'OneHotEncoder.transform: expected one of 3 categories seen in fit, got "pink" in row 0, column 0 of X; handleUnknown "ignore" makes zeros of it',
    );
    const lenient = await new OneHotEncoder({ handleUnknown: "ignore" }).fit(table);
    const encoded = await lenient.transform([["pink", 9, true]]);
    expect(rowsOf(encoded)).toEqual([[0, 0, 0, 0, 0, 0, 0, 1]]);
    expect(rowsOf(await lenient.inverseTransform(encoded))).toEqual([[null, null, true]]);
    await expect(strict.inverseTransform(encoded)).rejects.toThrow(/zeros only/);
    await expect(strict.transform([["red", 1]])).rejects.toThrow(/expected 3 features/);
  });

  test("takes the categories given, in their order", async () => {
    const sizes = { categories: [["small", "large"]] };
    const X = [["large"], ["small"]];
    expect(rowsOf(await new OneHotEncoder(sizes).fitTransform(X))).toEqual([
      [0, 1],
      [1, 0],
    ]);
    await expect(new OneHotEncoder(sizes).fit([["huge"]])).rejects.toThrow(/got "huge" in row 0/);
    await expect(new OneHotEncoder(sizes).fit([["large", 1]])).rejects.toThrow(/got 1 lists/);
    expect(() => new OneHotEncoder({ categories: [["a", "a"]] })).toThrow(/categories that differ/);
    const named = await new OneHotEncoder(sizes).fit(X);
    expect(named.getFeatureNamesOut(["size"])).toEqual(["size_small", "size_large"]);
    expect(() => named.getFeatureNamesOut(["a", "b"])).toThrow(/expected 1 names/);
  });

  test("refuses columns of several kinds, and what is no cell", async () => {
    await expect(new OneHotEncoder().fit([["a"], [3]])).rejects.toThrow(
      'expected cells of one kind in column 0 of X, got "a" and 3 in row 1',
    );
    await expect(new OneHotEncoder().fit([[new Date(0)]] as never)).rejects.toThrow(
      /got an object of class Date in row 0, column 0 of X/,
    );
    await expect(new OneHotEncoder().fit(null as never)).rejects.toThrow(/expected rows of cells/);
    await expect(new OneHotEncoder().fit([["a"], ["b", "c"]])).rejects.toThrow(/same length/);
    expect(() => new OneHotEncoder({ handelUnknown: "ignore" } as never)).toThrow(
      /did you mean 'handleUnknown'/,
    );
  });
});
