import { expect, test } from "vitest";
import { entries } from "../../support/estimators/entries.ts";
import { sources } from "../../support/sources.ts";

const names = Object.keys(entries);

test("every estimator has a test of its own, besides the relations that all keep", () => {
  const tests = [...sources("tests/gpu/ml", ".ts"), ...sources("tests/unit/ml", ".ts")];
  expect(names.length).toBeGreaterThan(30);
  const all = tests.map(({ text }) => text).join("\n");
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(all))).toEqual([]);
});
