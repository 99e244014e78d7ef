import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { last, longest } from "../../support/longest_first.ts";

const root = resolve(import.meta.dirname, "../../..");

test("every test file that is started first or last exists, and is named once", () => {
  const named = [...longest, ...last];
  expect(named.filter((name) => !existsSync(resolve(root, name)))).toEqual([]);
  expect(new Set(named).size).toBe(named.length);
});
