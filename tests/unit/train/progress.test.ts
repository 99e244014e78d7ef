import { expect, test } from "vitest";
import { Pace } from "../../../src/train/progress.ts";

test("pace starts when the first step is done, and validations cost time but no speed", async () => {
  let now = 5000;
  const pace = new Pace(() => now);
  await pace.pause(async () => {
    now += 700; // time before the first step does not count
  });
  pace.stepped(32);
  expect([pace.secondsLeft(10), pace.samplesPerSecond()]).toEqual([undefined, undefined]);
  now += 500;
  pace.stepped(32);
  now += 500;
  pace.stepped(16);
  expect(pace.samplesPerSecond()).toBe(48);
  expect(pace.secondsLeft(10)).toBe(5);
  await pace.pause(async () => {
    now += 1000;
  });
  expect(pace.samplesPerSecond()).toBe(48);
  expect(pace.secondsLeft(10)).toBe(10);
});

test("a failed pause counts as one", async () => {
  let now = 0;
  const pace = new Pace(() => now);
  pace.stepped(1);
  now = 1000;
  pace.stepped(1);
  const failing = pace.pause(async () => {
    now = 9000;
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(pace.samplesPerSecond()).toBe(1);
});
