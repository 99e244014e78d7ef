import { describe, expect, test } from "vitest";
import {
  RandomOverSampler,
  RandomUnderSampler,
  type SamplingStrategy,
  SMOTE,
} from "../../../src/ml/index.ts";

const y = ["a", "a", "a", "a", "a", "a", "b", "b", "b", "c", "c"]; // 6, 3 and 2 samples
const X = y.map((_, i) => [i]);

async function sizes(
  Sampler: typeof RandomOverSampler | typeof RandomUnderSampler,
  samplingStrategy?: SamplingStrategy,
  labels: readonly string[] = y,
): Promise<number[]> {
  const sampler = new Sampler(samplingStrategy === undefined ? {} : { samplingStrategy });
  const made = await sampler.fitResample(X.slice(0, labels.length), labels);
  made.y.forEach((label, i) => {
    expect(label).toBe(labels[made.indices[i] as number]);
    expect(made.X.data[i]).toBe(made.indices[i]);
  });
  return ["a", "b", "c"].map((name) => made.y.filter((own) => own === name).length);
}

// expected numbers follow the documentation of imbalanced-learn's sampling_strategy
describe("samplingStrategy of a sampler that adds samples", () => {
  for (const [strategy, expected] of [
    [undefined, [6, 6, 6]],
    ["all", [6, 6, 6]],
    ["not majority", [6, 6, 6]],
    ["minority", [6, 3, 6]],
    ["not minority", [6, 6, 2]],
    [{ b: 5 }, [6, 5, 2]],
    [new Map([["c", 4]]), [6, 3, 4]],
  ] as const) {
    test(`${strategy instanceof Map ? "a Map" : JSON.stringify(strategy)}`, async () => {
      expect(await sizes(RandomOverSampler, strategy)).toEqual(expected);
    });
  }

  test("a ratio of two classes: smaller / larger", async () => {
    expect(await sizes(RandomOverSampler, 0.9, y.slice(0, 9))).toEqual([6, 5, 0]);
  });
});

describe("samplingStrategy of a sampler that leaves samples out", () => {
  for (const [strategy, expected] of [
    [undefined, [2, 2, 2]],
    ["all", [2, 2, 2]],
    ["not minority", [2, 2, 2]],
    ["majority", [2, 3, 2]],
    ["not majority", [6, 2, 2]],
    [{ a: 4, c: 1 }, [4, 3, 1]],
  ] as const) {
    test(JSON.stringify(strategy) ?? "default", async () => {
      expect(await sizes(RandomUnderSampler, strategy)).toEqual(expected);
    });
  }

  test("a ratio of two classes: smaller / larger", async () => {
    expect(await sizes(RandomUnderSampler, 0.75, y.slice(0, 9))).toEqual([4, 3, 0]);
  });
});

describe("a samplingStrategy that cannot be met is refused:", () => {
  for (const [what, made, message] of [
    [
      "fewer of a class that is to grow",
      () => sizes(RandomOverSampler, { a: 5 }),
      /6 or more samples of class "a", which has 6, got 5; use RandomUnder/,
    ],
    [
      "more of a class that is to shrink",
      () => sizes(RandomUnderSampler, { c: 3 }),
      /from 1 to 2 samples of class "c", which has 2, got 3; use RandomOver/,
    ],
    [
      "no class of y",
      () => sizes(RandomOverSampler, { d: 9 }),
      /samplingStrategy of classes "a", "b", "c", got one of "d"/,
    ],
    [
      "a ratio of three classes",
      () => sizes(RandomOverSampler, 0.5),
      /of two classes, got 0\.5 of 3/,
    ],
    [
      "a ratio above 1",
      () => sizes(RandomUnderSampler, 2, y.slice(0, 9)),
      /in \(0, 1\] of two classes, got 2/,
    ],
    [
      "the largest to grow",
      () => sizes(RandomOverSampler, "majority"),
      /that can grow, got "majority"/,
    ],
    [
      "the smallest to shrink",
      () => sizes(RandomUnderSampler, "minority"),
      /can shrink, got "minority"/,
    ],
    ["half a sample", () => sizes(RandomOverSampler, { c: 2.5 }), /whole numbers.* got 2\.5/],
  ] as const) {
    test(what, async () => {
      await expect(made()).rejects.toThrow(message);
    });
  }

  test("names that are none", () => {
    const samplingStrategy = "most" as "all";
    expect(() => new SMOTE({ samplingStrategy })).toThrow(/as samplingStrategy, got "most"/);
  });
});
