import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { longest } from "../../support/longest_first.ts";

const root = resolve(import.meta.dirname, "../../..");

test("every test file that is started first exists, and is named once", () => {
  expect(longest.filter((name) => !existsSync(resolve(root, name)))).toEqual([]);
  expect(new Set(longest).size).toBe(longest.length);
});
