import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import { loadDataset } from "../../../src/data/index.ts";
import text from "../../golden/datasets.jsonl?raw";

interface Known {
  readonly name: "iris" | "wine" | "breastCancer" | "digits" | "diabetes";
  readonly shape: readonly number[];
  readonly first: readonly number[];
  readonly last: readonly number[];
  /** Sum of the squares of each column. */
  readonly sums: readonly number[];
  /** The first target, the last one, and Σ y(1 + y). */
  readonly y: readonly number[];
  readonly featureNames: readonly string[];
  readonly targetNames: readonly string[];
}

/** Expected values from scikit-learn, made by tests/golden/datasets.py. */
const known: readonly Known[] = text
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const close = (got: ArrayLike<number>, expected: readonly number[]) => {
  expect(got.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs((got[i] as number) - value)).toBeLessThanOrEqual(1e-12 * Math.abs(value));
  });
};

describe("loadDataset gives scikit-learn's", () => {
  test.each(known)("$name", async ({ name, ...expected }) => {
    const { X, y, featureNames, targetNames, licence } = await loadDataset(name);
    const [n = 0, features = 0] = expected.shape;
    expect([X.shape, y.length]).toEqual([[n, features], n]);
    close(X.data.subarray(0, features), expected.first);
    close(X.data.subarray(-features), expected.last);
    const sums = new Float64Array(features);
    X.data.forEach((v, i) => {
      sums[i % features] = (sums[i % features] as number) + v * v;
    });
    close(sums, expected.sums);
    const [first = 0] = y;
    close([first, y.at(-1) ?? 0, y.reduce((sum, v) => sum + v * (1 + v), 0)], expected.y);
    expect(featureNames).toEqual(expected.featureNames);
    expect(targetNames).toEqual(expected.targetNames);
    expect(licence).toMatchObject({ name: "BSD-3-Clause", holder: "The scikit-learn developers" });
  });

  test("diabetes, as it was measured", async () => {
    const { X } = await loadDataset("diabetes", { scaled: false });
    expect([...X.data.subarray(0, 4)]).toEqual([59, 2, 32.1, 101]);
  });
});

test("penguins have gaps, names of islands and sexes", async () => {
  const { X, y, texts, targetNames, licence } = await loadDataset("penguins");
  expect(X.shape).toEqual([344, 4]);
  expect([...X.data.subarray(0, 4)]).toEqual([39.1, 18.7, 181, 3750]);
  expect([...X.data].filter(Number.isNaN).length).toBe(8); // two penguins have no measurements
  const count = (values: readonly unknown[], value: unknown) =>
    values.filter((each) => each === value).length;
  expect([0, 1, 2].map((k) => count([...y], k))).toEqual([152, 68, 124]); // as published with palmerpenguins
  expect(targetNames).toEqual(["Adelie", "Chinstrap", "Gentoo"]);
  const { island = [], sex = [] } = texts;
  expect(["Biscoe", "Dream", "Torgersen"].map((name) => count(island, name))).toEqual([
    168, 124, 52,
  ]);
  expect(["female", "male", null].map((name) => count(sex, name))).toEqual([165, 168, 11]);
  expect(licence.name).toBe("CC0-1.0");
});

/** Bytes of an IDX file (MNIST's format). */
function idx(shape: readonly number[], value: (i: number) => number): Uint8Array<ArrayBuffer> {
  const size = shape.reduce((a, b) => a * b, 1);
  const head = [0, 0, 8, shape.length, ...shape.flatMap((n) => [0, 0, n >> 8, n & 255])];
  return Uint8Array.from([...head, ...Array.from({ length: size }, (_, i) => value(i) & 255)]);
}

describe("Fashion-MNIST", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  const served = (files: Readonly<Record<string, Uint8Array>>) => {
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (url: string) => {
      asked.push(url);
      const bytes = files[url.split("/").at(-1) as string];
      return bytes ? new Response(gzipSync(bytes)) : new Response(null, { status: 404 });
    });
    return asked;
  };

  test("is read from its files, for training and held out", async () => {
    const asked = served({
      "train-images-idx3-ubyte.gz": idx([3, 2, 2], (i) => i),
      "train-labels-idx1-ubyte.gz": idx([3], (i) => 9 - i),
      "t10k-images-idx3-ubyte.gz": idx([1, 2, 2], (i) => 40 + i),
      "t10k-labels-idx1-ubyte.gz": idx([1], () => 4),
    });
    const train = await loadDataset("fashionMnist", { root: "/fashion" });
    expect(train.images).toEqual({
      shape: [3, 2, 2],
      data: Uint8Array.from({ length: 12 }, (_, i) => i),
    });
    expect([...train.labels]).toEqual([9, 8, 7]);
    expect(train.targetNames[9]).toBe("Ankle boot");
    expect(train.licence.name).toBe("MIT");
    const held = await loadDataset("fashionMnist", { root: "/fashion/", train: false });
    expect([[...held.images.data], [...held.labels]]).toEqual([[40, 41, 42, 43], [4]]);
    expect(asked.every((url) => /^\/fashion\/(train|t10k)-/.test(url))).toBe(true);
  });

  test("says where its files are, which are missing, and that two do not belong together", async () => {
    await expect(loadDataset("fashionMnist", {})).rejects.toThrow(
      /^loadDataset: expected root, the folder of the four files .*github.com\/zalandoresearch/,
    );
    served({ "train-labels-idx1-ubyte.gz": idx([3], () => 1) });
    await expect(loadDataset("fashionMnist", { root: "x" })).rejects.toThrow(
      /expected x\/train-images-idx3-ubyte.gz, got status 404/,
    );
    served({
      "train-images-idx3-ubyte.gz": idx([2, 2, 2], () => 1),
      "train-labels-idx1-ubyte.gz": idx([3], () => 1),
    });
    await expect(loadDataset("fashionMnist", { root: "x" })).rejects.toThrow(
      /expected pictures \[n, 28, 28\] and n labels, got \[2, 2, 2\] and \[3\]/,
    );
  });
});

test("names are found as others write them; what is none is refused, and so are options of other sets", async () => {
  const any = (name: string, options?: object): Promise<{ X: { shape: readonly number[] } }> =>
    Reflect.apply(loadDataset, undefined, [name, options]);
  expect((await any("breast_cancer")).X.shape).toEqual([569, 30]);
  await expect(any("irsi")).rejects.toThrow(
    /^loadDataset: expected one of iris, .*, got "irsi"; did you mean "iris"/,
  );
  await expect(any("two spirals of arms")).rejects.toThrow(
    /got "two spirals of arms"; Sets that are drawn have functions of wgrad\/ml, such as makeMoons/,
  );
  await expect(any("iris", { train: true })).rejects.toThrow(
    /expected options of iris \(none\), got train; leave it out/,
  );
});
