import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "vitest";
import { root } from "./packed.ts";

export const read = (file: string): string => readFileSync(resolve(root, file), "utf8");

/** The guide from which the tests of set-ups take files and line counts. */
export const guide = read("docs/guides/set_ups.md");

/** A file shown in the guide. */
export function shown(name: string): string {
  const text = read(`tests/guides/set_ups/${name}`);
  expect(guide, name).toContain(text);
  return text;
}

/** README's first program, valid as TypeScript and as JavaScript. */
export const program = read("tests/readme/install.ts");

/** What the program prints, rounded: the exclusive or. */
export const xor = [[0, 1, 1, 0].map((value) => expect.closeTo(value, 0))];

/** Lines that a user adds to the program, from the guide's table. */
export function lines(set: string, ...files: readonly string[]): void {
  const count = files.flatMap((text) => text.match(/^.*\S.*$/gm) ?? []).length;
  expect(guide, set).toMatch(new RegExp(`^\\| ${set} \\|.*\\| ${count} \\|$`, "m"));
}
