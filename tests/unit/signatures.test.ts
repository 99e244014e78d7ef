import { expect, test } from "vitest";
import { publicExports } from "../support/public_exports.ts";

test("every exported function and class says what arguments it takes", () => {
  const without = publicExports.filter(({ signature }) => signature === undefined);
  expect(
    without.map(({ entry, name }) => `${entry}: ${name}`).join("\n"),
    "wrap functions in checked(), give classes a static signature (core/signature.ts)",
  ).toBe("");
});

test("a signature has the name under which it is exported", () => {
  const other = publicExports.filter(({ signature, name }) => signature && signature.name !== name);
  expect(other.map(({ signature, name }) => `${name}: ${signature?.name}`).join("\n")).toBe("");
});
