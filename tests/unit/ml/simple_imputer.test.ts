import { describe, expect, test } from "vitest";
import { SimpleImputer, type SimpleImputerOptions } from "../../../src/ml/index.ts";

// Values named "as scikit-learn" were printed by SimpleImputer of scikit-learn 1.2 for the same tables.

const rowsOf = ({ data, shape }: { data: ArrayLike<unknown>; shape: readonly [number, number] }) =>
  Array.from({ length: shape[0] }, (_, i) =>
    Array.from({ length: shape[1] }, (_, c) => data[i * shape[1] + c]),
  );
const again = (saved: unknown) => JSON.parse(JSON.stringify(saved));

describe("SimpleImputer", () => {
  const gap = Number.NaN;
  const X = [
    [7, 2, gap],
    [4, gap, gap],
    [10, 5, gap],
    [gap, 3, gap],
  ];
  const third = 3 + 1 / 3;
  const cases: readonly { options: SimpleImputerOptions; rows: number[][] }[] = [
    {
      options: { strategy: "mean" },
      rows: [
        [7, 2, 0, 0, 1],
        [4, third, 0, 1, 1],
        [10, 5, 0, 0, 1],
        [7, 3, 1, 0, 1],
      ],
    },
    {
      options: { strategy: "median" },
      rows: [
        [7, 2, 0, 0, 1],
        [4, 3, 0, 1, 1],
        [10, 5, 0, 0, 1],
        [7, 3, 1, 0, 1],
      ],
    },
    {
      options: { strategy: "mostFrequent" },
      rows: [
        [7, 2, 0, 0, 1],
        [4, 2, 0, 1, 1],
        [10, 5, 0, 0, 1],
        [4, 3, 1, 0, 1],
      ],
    },
    {
      options: { strategy: "constant" },
      rows: [
        [7, 2, 0, 0, 0, 1],
        [4, 0, 0, 0, 1, 1],
        [10, 5, 0, 0, 0, 1],
        [0, 3, 0, 1, 0, 1],
      ],
    },
  ];

  for (const { options, rows } of cases) {
    test(`fills gaps by ${options.strategy} and says where they were, as scikit-learn`, async () => {
      const imputer = await new SimpleImputer({ ...options, addIndicator: true }).fit(X);
      const filled = await imputer.transform(X);
      expect(filled.data).toBeInstanceOf(Float64Array);
      rowsOf(filled).forEach((row, i) => {
        row.forEach((value, c) => {
          expect(value).toBeCloseTo(rows[i]?.[c] as number, 14);
        });
      });
      const kept = options.strategy === "constant" ? ["x0", "x1", "x2"] : ["x0", "x1"];
      const gaps = [0, 1, 2].map((c) => `missingindicator_x${c}`);
      expect(imputer.getFeatureNamesOut()).toEqual([...kept, ...gaps]);
      const loaded = SimpleImputer.fromJSON(again(imputer));
      expect(await loaded.transform(X)).toEqual(filled);
      expect(loaded.statistics).toEqual(imputer.statistics);
    });
  }

  test("keeps empty columns as zeros if it is told to", async () => {
    const filled = await new SimpleImputer({ keepEmptyFeatures: true }).fitTransform(X);
    expect(rowsOf(filled).map((row) => row[2])).toEqual([0, 0, 0, 0]);
  });

  test("finds the mean of timestamps to the last digit", async () => {
    const times = [[1.7e12], [1.7e12 + 1], [null], [1.7e12 + 5]];
    expect((await new SimpleImputer().fit(times)).statistics).toEqual([1700000000002]);
    const median = await new SimpleImputer({ strategy: "median" }).fit(times);
    expect(median.statistics).toEqual([1700000000001]);
  });

  test("fills strings, of equally frequent ones with the smallest", async () => {
    const words = [["b"], ["a"], [""], ["b"], ["a"]];
    const frequent = await new SimpleImputer({ strategy: "mostFrequent" }).fitTransform(words);
    expect(frequent).toEqual({ data: ["b", "a", "a", "b", "a"], shape: [5, 1] });
    const constant = await new SimpleImputer({ strategy: "constant" }).fitTransform(words);
    expect(constant.data[2]).toBe("missing_value");
    const given = new SimpleImputer({ strategy: "constant", fillValue: "?" });
    expect((await given.fitTransform(words)).data[2]).toBe("?");
  });

  test("takes as gaps what it is told", async () => {
    const gaps: readonly SimpleImputerOptions["missingValues"][] = [null, Number.NaN, "", -1];
    for (const missingValues of gaps) {
      const imputer = new SimpleImputer({ missingValues });
      const filled = await imputer.fitTransform([[1], [missingValues as null], [3]]);
      expect(rowsOf(filled)).toEqual([[1], [2], [3]]);
    }
    const both = await new SimpleImputer({ missingValues: [-1, undefined] }).fit([
      [1, 5],
      [-1, undefined],
      [3, 7],
    ]);
    expect(both.statistics).toEqual([2, 6]);
    const loaded = SimpleImputer.fromJSON(again(both));
    expect(rowsOf(await loaded.transform([[undefined, -1]]))).toEqual([[2, 6]]);
    await expect(new SimpleImputer({ missingValues: -1 }).fit([[1], [null]])).rejects.toThrow(
      'SimpleImputer: expected finite numbers for strategy "mean", got null in row 1, column 0 of X; add it to missingValues',
    );
  });

  test("refuses to average what is no number", async () => {
    for (const cell of ["a", true, Number.POSITIVE_INFINITY]) {
      await expect(new SimpleImputer().fit([[1], [cell]])).rejects.toThrow(
        /expected finite numbers for strategy "mean", got .* in row 1, column 0 of X/,
      );
    }
    const mixed = new SimpleImputer({ strategy: "mostFrequent" }).fit([[1], ["a"]]);
    await expect(mixed).rejects.toThrow(/values of one kind in column 0/);
    expect(() => new SimpleImputer({ fillValue: 3 })).toThrow(/expected strategy "constant"/);
    const imputer = await new SimpleImputer().fit([[1]]);
    await expect(imputer.transform([["a"]])).rejects.toThrow(/SimpleImputer.transform: /);
    await expect(imputer.transform([[1, 2]])).rejects.toThrow(/expected 1 features/);
  });
});
