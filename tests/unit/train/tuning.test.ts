import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { VERSION } from "../../../src/core/version.ts";
import { activate } from "../../../src/kernels/elementwise/activate.ts";
import { call, type Question } from "../../../src/kernels/variants.ts";
import { problemsOf, questionsOf } from "../../../src/train/tuning/problems.ts";

/** A question about work on n elements. */
const work = (key: string, n: number): Question => ({
  key,
  candidates: [{ name: "only" }],
  calls: () => [call(activate, { x: [n] }, { act: "tanh" })],
});
const flops = (n: number) => activate.plan({ x: [n] }, { act: "tanh" }).flops;

test("the version that tuning is kept for is the package's", () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  expect(VERSION).toBe(version);
});

test("problems are classes of work, with their largest, the one with most to do first", () => {
  const largest = work("b", 90);
  const questions = [work("a", 100), work("b", 70), largest, work("b", 80)];
  expect(problemsOf(questions)).toMatchObject([
    { key: "b", question: largest, calls: 3, flops: flops(240) },
    { key: "a", question: questions[0], calls: 1, flops: flops(100) },
  ]);
});

test("work with nothing to do is no problem", () => {
  expect(problemsOf([work("a", 0)])).toEqual([]);
});

test("a captured step tells what it asked for", () => {
  const questions = [work("a", 1)];
  expect(questionsOf({ questions: () => questions })).toBe(questions);
});
