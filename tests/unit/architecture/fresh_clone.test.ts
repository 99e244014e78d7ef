import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { expect, test } from "vitest";

const scripts: Readonly<Record<string, string>> = JSON.parse(
  readFileSync("package.json", "utf8"),
).scripts;

/** Packages that a module imports before its first line runs, itself or through others. */
function packagesOf(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const text = readFileSync(file, "utf8");
  const imported = text.matchAll(/^(?:import|export|\})(?:[^"'`;()]* from)? "([^"]+)";$/gm);
  return [...imported].flatMap(([, name = ""]) => {
    if (name.startsWith("node:")) return [];
    if (!name.startsWith(".")) return [`${file}: ${name}`];
    return packagesOf(posix.join(posix.dirname(file), name), seen);
  });
}

test("the packages of a script are found", () => {
  expect(packagesOf("scripts/build.mjs")).toContain("scripts/maps.mjs: magic-string");
});

test.each(Object.entries(scripts))("npm run %s can begin in a fresh clone", (_, command) => {
  const first = /^node (\S+)/.exec(command)?.[1];
  expect(first, "begin it with 'node scripts/install.mjs && '").toBeDefined();
  expect(packagesOf(first ?? ""), "begin it with 'node scripts/install.mjs && '").toEqual([]);
});
