import { describe, expect, test } from "vitest";
import { samples } from "../../../src/ml/kinds.ts";
import { readLabelList } from "../../../src/ml/labels.ts";
import { readWeights } from "../../../src/ml/sample_weight.ts";
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
      /got NaN in row 1, column 1 of X; drop, fill or convert it/,
    ],
    ["infinity", [[Number.POSITIVE_INFINITY]], /got Infinity in row 0, column 0/],
    ["a negative shape", { data: [1, 2], shape: [-2, -1] as const }, /expected X \[samples, feat/],
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

test("a shape has whole numbers", () => {
  const shapes = [[2, 1], [1.5, 2], ["2", "1"], null]; // biome-ignore format: shapes
  expect(shapes.map((shape) => samples.accepts({ data: [1, 2, 3], shape }))).toEqual([
    ...[true, false, false, false],
  ]);
});

test("X may have booleans, which are 1 and 0, and whole numbers of 64 bits", async () => {
  const cells = [[true, 2n], [false, -3n]] as never; // biome-ignore format: rows
  expect((await readMatrix("SVC", cells)).host).toEqual(Float64Array.of(1, 2, 0, -3));
  const data = BigInt64Array.of(4n, -5n) as never; // numpy's default integers in a .npy file
  expect((await readMatrix("SVC", { data, shape: [2, 1] })).host).toEqual(Float64Array.of(4, -5));
  const rows = [BigInt64Array.of(1n, 2n), BigInt64Array.of(3n, 4n)] as never;
  expect((await readMatrix("SVC", rows)).host).toEqual(Float64Array.of(1, 2, 3, 4));
  const lost = { data: BigInt64Array.of(1n, 2n ** 53n + 1n) as never, shape: [2, 1] as const };
  await expect(readMatrix("SVC", lost)).rejects.toThrow(/got 9007199254740993n in row 1/);
  for (const odd of ["1", null, undefined, [1], {}, Symbol("x"), new Date(0)]) {
    await expect(readMatrix("SVC", [[1], [odd]] as never)).rejects.toThrow(/in row 1, column 0/);
  }
});

describe("y", () => {
  test("may be a column", async () => {
    const columns = [
      [[1], [2]],
      [Float32Array.of(1), [2]],
      { data: [1, 2], shape: [2] },
      { data: BigInt64Array.of(1n, 2n), shape: [2, 1] },
      BigInt64Array.of(1n, 2n),
      [true, 2],
    ];
    for (const y of columns) {
      expect(await readTargets("SVR", y as never, 2)).toEqual(Float64Array.of(1, 2));
    }
    for (const y of [[["a"], ["b"]], { data: ["a", "b"], shape: [2, 1] }]) {
      expect(await readLabelList("SVC", y as never, 2)).toEqual(["a", "b"]);
    }
    const several = /expected y \[samples\], got y\[2, 3\]; fit a model for each column/;
    const rows = [[1, 2, 3], [4, 5, 6]]; // biome-ignore format: rows
    for (const y of [rows, { data: rows.flat(), shape: [2, 3] }]) {
      await expect(readTargets("SVR", y as never, 2)).rejects.toThrow(several);
      await expect(readLabelList("SVC", y as never, 2)).rejects.toThrow(several);
    }
    await expect(readTargets("SVR", [1, [2]] as never, 2)).rejects.toThrow(/got y\[1\] = \[2\]/);
    await expect(readTargets("SVR", [[1], 2] as never, 2)).rejects.toThrow(
      /rows of the same length/,
    );
  });

  test("of weights is called sampleWeight", async () => {
    const refused = async (given: unknown) => readWeights("SVC", given as never, 2);
    await expect(refused([1])).rejects.toThrow(
      /expected 2 numbers in sampleWeight, one per row of X, got 1; check that X and sampleWeight belong/,
    );
    await expect(refused([1, Number.NaN])).rejects.toThrow(
      /got sampleWeight\[1\] = NaN; a weight of 0 leaves a sample out/,
    );
  });

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
