import { describe, expect, test } from "vitest";
import { readMatrix, readTargets } from "../../../src/ml/samples.ts";
import { checkSaved, pack, unpack } from "../../../src/ml/saved.ts";

describe("X is refused before anything reaches the GPU", () => {
  for (const [what, given, message] of [
    ["no sample", [], /SVC: expected X \[samples, features\] with one of each at least/],
    ["no feature", [[], []], /expected X \[samples, features\]/],
    ["ragged rows", [[1, 2], [3]], /rows of the same length, got \[3\] as row 1; one feature is/],
    [
      "NaN",
      [
        [1, 2],
        [3, Number.NaN],
      ],
      /got NaN in row 1, column 1 of X; drop such rows/,
    ],
    ["infinity", [[Number.POSITIVE_INFINITY]], /got Infinity in row 0, column 0/],
    ["another number of features", [[1, 2, 3]], /expected 2 features, as in fit/],
    [
      "a shape that is not filled",
      { data: [1, 2, 3], shape: [2, 2] as const },
      /expected 4 numbers/,
    ],
  ] as const) {
    test(what, async () => {
      const features = what.startsWith("another") ? { features: 2 } : {};
      await expect(readMatrix("SVC", given, features)).rejects.toThrow(message);
    });
  }
});

describe("y", () => {
  test("has one finite number a row", async () => {
    expect(await readTargets("SVR", [0.5, 2], 2)).toEqual(Float64Array.of(0.5, 2));
    await expect(readTargets("SVR", [1, 2, 3], 2)).rejects.toThrow(/expected 2 numbers in y/);
    await expect(readTargets("SVR", [1, Number.NaN], 2)).rejects.toThrow(/got y\[1\] = NaN/);
  });
});

describe("saved numbers", () => {
  test("come back to the bit", () => {
    const numbers = Float64Array.from(
      { length: 5000 },
      (_, i) => Math.sin(i) * 10 ** ((i % 60) - 30),
    );
    expect(unpack("SVC.fromJSON", pack(numbers), 5000)).toEqual(numbers);
  });

  test("are refused when they are not whole, or another model's", () => {
    expect(() => unpack("SVC.fromJSON", pack(Float64Array.of(1)), 2)).toThrow(/got 8 bytes/);
    expect(() => unpack("SVC.fromJSON", "%", 2)).toThrow(/expected base64/);
    expect(() => checkSaved("SVC", { estimator: "SVR" }, {})).toThrow(/use SVR.fromJSON/);
  });
});
