import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "vitest";
import { root } from "./packed.ts";

export const read = (file: string): string => readFileSync(resolve(root, file), "utf8");

/** The guide whose files and counts of lines the tests of set-ups take. */
export const guide = read("docs/guides/set_ups.md");

/** A file that the guide shows. */
export function shown(name: string): string {
  const text = read(`tests/guides/set_ups/${name}`);
  expect(guide, name).toContain(text);
  return text;
}

/** The first program of README, TypeScript and JavaScript alike. */
export const program = read("tests/readme/install.ts");

/** What the program prints, rounded: exclusive or. */
export const xor = [[0, 1, 1, 0].map((value) => expect.closeTo(value, 0))];

/** Lines that a user writes beside the program, as the guide's table says them. */
export function lines(set: string, ...files: readonly string[]): void {
  const count = files.flatMap((text) => text.match(/^.*\S.*$/gm) ?? []).length;
  expect(guide, set).toMatch(new RegExp(`^\\| ${set} \\|.*\\| ${count} \\|$`, "m"));
}
