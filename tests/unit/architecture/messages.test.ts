import { expect, test } from "vitest";
import { type Source, sources } from "../../support/sources.ts";

const files = sources("src", ".ts");

/** Errors that are made, with all of their message. */
const errors = /new \w*Error\(([\s\S]*?)\)[;,]?\n/g;
/** Functions that put the beginning of a message before what they are given, and the files that have them. */
const helpers: readonly (readonly [folder: string, call: RegExp])[] = [
  ["src/io/onnx/", /(?<!function )\b(?:damaged|unable)\(([\s\S]*?)\)[;,]?\n/g],
  ["src/io/safetensors", /(?<!function )\brefuse\(([\s\S]*?)\)[;,]?\n/g],
];

const calls = ({ path, text }: Source, call: RegExp) =>
  [...text.matchAll(call)].map(({ index, 1: message = "" }) => ({
    message,
    place: `${path}:${text.slice(0, index).split("\n").length}`,
  }));

/** What to do follows a semicolon, the lines of a list, or is in the reason that a helper passes on. */
const advises = (message: string) => /; |\\n|\$\{(reason|got)\}`,?\s*$/.test(message);

test("a message that says what was expected says what to do, after a semicolon", () => {
  const found = files.flatMap((file) => [
    ...calls(file, errors).filter(({ message }) => message.includes("expected ")),
    ...helpers.flatMap(([folder, call]) => (file.path.startsWith(folder) ? calls(file, call) : [])),
  ]);
  expect(found.length).toBeGreaterThan(700);
  const without = found.filter(({ message }) => !advises(message));
  expect(without.map(({ place, message }) => `${place} ${message}`).join("\n")).toBe("");
});
