import { expect, test } from "vitest";
import { sources } from "../../support/sources.ts";

/**
 * Built-in classes of the language and the platform: each realm (frame, worker, Node context) has its own, so
 * `instanceof` fails on another realm's objects.
 */
const builtIn = [
  ...["Abort\\w+", "Array", "ArrayBuffer", "Big\\w+", "Blob", "DataView", "Date", "Error", "File"],
  ...["Float\\w+", "Function", "Int\\d+Array", "Map", "Object", "Promise", "RegExp", "Response"],
  ...["Set", "SharedArrayBuffer", "U[Ii]nt\\w+", "URL"],
];

test("values from users are not tested by instanceof with built-in classes; core/realm.ts has tests that work for all realms", () => {
  const asked = new RegExp(`instanceof (${builtIn.join("|")})\\b`);
  const found = sources("src", ".ts")
    .filter(({ path }) => !path.startsWith("src/testing/"))
    .filter(({ path }) => !["src/io/torch.ts", "src/io/unpickle.ts"].includes(path)) // these ask about maps that they made themselves
    .flatMap(({ path, text }) =>
      text
        .split("\n")
        .flatMap((line, i) => (asked.test(line) ? [`${path}:${i + 1}: ${line}`] : [])),
    );
  expect(found).toEqual([]);
});
