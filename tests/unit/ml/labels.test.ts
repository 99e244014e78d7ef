import { describe, expect, test } from "vitest";
import { classWeightsOf } from "../../../src/ml/class_weight.ts";
import { SVC } from "../../../src/ml/index.ts";
import { type LabelInput, readLabelList, readLabels } from "../../../src/ml/labels.ts";

const read = (y: unknown, n = (y as ArrayLike<unknown>).length) =>
  readLabels("SVC", y as LabelInput, n);

describe("labels are what the user has:", () => {
  for (const [what, y, classes, index] of [
    ["whole numbers", [7, -1, 7, 3], [-1, 3, 7], [2, 0, 2, 1]],
    ["identifiers of 1e12", [1e12 + 1, 1e12, 1e12 + 1], [1e12, 1e12 + 1], [1, 0, 1]],
    ["a Float32Array", Float32Array.of(2, 1), [1, 2], [1, 0]],
    ["a Uint8ClampedArray", Uint8ClampedArray.of(2, 1), [1, 2], [1, 0]],
    ["a BigInt64Array", BigInt64Array.of(2n ** 53n - 1n, -4n), [-4, 2 ** 53 - 1], [1, 0]],
    ["strings", ["no", "yes", "No", ""], ["", "No", "no", "yes"], [2, 3, 1, 0]],
    ["booleans", [true, false, true], [false, true], [1, 0, 1]],
    ["names of Object's own", ["constructor", "__proto__"], ["__proto__", "constructor"], [1, 0]],
    ["numbers of which some are −0", [0, -0, 1], [0, 1], [0, 0, 1]],
  ] as const) {
    test(what, async () => {
      const labels = await read(y);
      expect(labels.classes).toEqual(classes);
      expect([...labels.index]).toEqual(index);
    });
  }

  test("strings are sorted by code point, as Python sorts them", async () => {
    // sorted(["\U0001F600", "\uFF21", "z", "Z", "zz"]) in Python 3
    const { classes } = await read(["\u{1F600}", "\uFF21", "z", "Z", "zz"]);
    expect(classes).toEqual(["Z", "z", "zz", "\uFF21", "\u{1F600}"]);
  });

  test("lists go out as arrays of strings, of booleans, or as a Float64Array", async () => {
    expect(await readLabelList("SVC", ["b", "a"], 2)).toEqual(["b", "a"]);
    expect(await readLabelList("SVC", [true, false], 2)).toEqual([true, false]);
    expect(await readLabelList("SVC", [1e12, 3], 2)).toEqual(Float64Array.of(1e12, 3));
  });
});

describe("y of a classifier is refused by name and position:", () => {
  for (const [what, y, message] of [
    ["null", [0, 1, 1, null], /SVC: expected strings.* got y\[3\] = null; drop such rows/],
    ["undefined", ["a", undefined], /got y\[1\] = nothing; drop such rows/],
    ["NaN", [0, 1, Number.NaN], /got y\[2\] = NaN; drop such rows/],
    ["infinity", [0, Number.NEGATIVE_INFINITY], /got y\[1\] = -Infinity/],
    ["an object", [{}, 1], /got y\[0\] = an object/],
    [
      "several columns",
      [
        [0, 1],
        [1, 0],
      ],
      /expected y \[samples\], got y\[2, 2\]; fit a model for each/,
    ],
    ["continuous values", [0, 0.5], /are whole as labels, got y\[1\] = 0\.5; use a regressor/],
    [
      "2^53",
      [0, 2 ** 53],
      /at most 2\^53 − 1 as labels, got y\[1\] = 9007199254740992; make strings/,
    ],
    [
      "a bigint beyond it",
      BigInt64Array.of(1n, 2n ** 60n),
      /got y\[1\] = 1152921504606846976n; make/,
    ],
    [
      "a number among strings",
      ["a", "b", 5],
      /of one kind, as y\[0\] = "a", got y\[2\] = 5; make all of them strings/,
    ],
    [
      "a string among numbers",
      [1, 2, "2"],
      /as y\[0\] = 1, got y\[2\] = "2"; make all of them numbers/,
    ],
    [
      "a boolean among numbers",
      [0, true],
      /as y\[0\] = 0, got y\[1\] = true; make all of them numbers/,
    ],
    ["one class", ["a", "a"], /at least 2 classes, got only "a"; add samples/],
  ] as const) {
    test(what, async () => {
      await expect(read(y)).rejects.toThrow(message);
    });
  }

  test("another number of labels than rows", async () => {
    await expect(read([0, 1], 3)).rejects.toThrow(/expected 3 labels in y, one a row of X, got 2/);
  });

  test("another kind than that of fit", async () => {
    await expect(readLabelList("SVC", [1, 2], 2, "a")).rejects.toThrow(
      /of one kind, as classes\[0\] = "a", got y\[0\] = 1/,
    );
  });
});

describe("X of a classifier is refused by what it is:", () => {
  for (const [what, X, message] of [
    [
      "a flat Float32Array",
      Float32Array.of(1, 2),
      /numbers in one array are \{ data, shape: \[samples/,
    ],
    ["a flat array", [1, 2], /got 1 as row 0; .*numbers in one array are \{ data, shape/],
    ["strings for rows", ["ab", "cd"], /expected rows of the same length, got "ab" as row 0/],
    ["a string in a row", [[1], ["2"]], /got "2" in row 1, column 0 of X/],
    ["an empty string in a row", [[1], [""]], /got "" in row 1, column 0 of X/],
    ["a space in a row", [[" "], [2]], /got " " in row 0, column 0 of X/],
    ["null in a row", [[1], [null]], /got null in row 1, column 0 of X/],
  ] as const) {
    test(what, async () => {
      const fit = new SVC().fit(X as unknown as number[][], [0, 1]);
      await expect(fit).rejects.toThrow(message);
    });
  }
});

describe("classWeight names labels", () => {
  const labels = { classes: ["constructor", "no"], index: Uint32Array.of(0, 1, 1) };

  test("as a record", () => {
    expect([...classWeightsOf("SVC", { no: 3 }, labels)]).toEqual([1, 3]);
    expect([...classWeightsOf("SVC", { 1: 3 }, { ...labels, classes: [1, 1e12] })]).toEqual([3, 1]);
    expect([...classWeightsOf("SVC", { true: 3 }, { ...labels, classes: [false, true] })]).toEqual([
      1, 3,
    ]);
  });

  test("as a Map", () => {
    expect([...classWeightsOf("SVC", new Map([["no", 3]]), labels)]).toEqual([1, 3]);
    const numbers = { ...labels, classes: [1, 1e12] };
    expect([...classWeightsOf("SVC", new Map([[1e12, 2]]), numbers)]).toEqual([1, 2]);
  });

  test("of no class they are refused", () => {
    expect(() => classWeightsOf("SVC", { maybe: 3 }, labels)).toThrow(
      /classWeight of classes "constructor", "no", got one of "maybe"; name labels of y/,
    );
    expect(() => classWeightsOf("SVC", new Map([[1, 3]]), labels)).toThrow(/got one of 1;/);
    expect(() => classWeightsOf("SVC", { no: 0 }, labels)).toThrow(/numbers > 0, got 1, 0/);
  });
});
