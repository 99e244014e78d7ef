import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { policy } from "../../scripts/policy.mjs";
import { linesWith, sources } from "../support/sources.ts";

const root = resolve(import.meta.dirname, "../..");
const text = (path: string) => readFileSync(resolve(root, path), "utf8");

test("neither the library nor a page makes code or markup from text", () => {
  const forbidden =
    /(?<![.\w#])eval\s*\((?!\))|\bnew Function\b|(?<![.\w])Function\s*\(|\b(inner|outer)HTML\b|\binsertAdjacentHTML\b|\bdocument\.write|\bsrcdoc\b|\bsetTimeout\(\s*["'`]|javascript:/;
  const files = [...sources("src", ".ts"), ...sources("demos", ".ts")];
  const found = files.flatMap((file) => linesWith(file, forbidden));
  expect(files.length).toBeGreaterThan(500);
  expect(found).toEqual([]);
});

test("SECURITY.md shows the policy of the pages as it is", () => {
  const shown = text("SECURITY.md")
    .split("\n")
    .filter((line) => line.startsWith("    "))
    .map((line) => line.trim())
    .join(" ");
  expect(shown).toBe(policy);
  for (const unsafe of ["unsafe-inline", "unsafe-eval", "unsafe-hashes", "*", "http"]) {
    expect(policy).not.toContain(unsafe);
  }
});

test("CI audits the dependencies, once a week without a push", () => {
  const workflow = text(".github/workflows/test.yml");
  expect(workflow).toMatch(/^ {2}schedule:\n {4}- cron: "\d+ \d+ \* \* \d"$/m);
  expect(workflow).toMatch(/^ {6}- run: npm audit --audit-level=moderate$/m);
  expect(workflow).toMatch(/^ {6}- run: npm audit signatures$/m);
  expect(workflow).toMatch(/^permissions:\n {2}contents: read$/m);
});

test("the library has no dependency at run time but optional peers, for Node and for tests", () => {
  const manifest = JSON.parse(text("package.json"));
  expect(manifest.dependencies).toBeUndefined();
  const peers = Object.keys(manifest.peerDependencies);
  expect(peers).toEqual(["webgpu", "wgsl_reflect"]);
  for (const name of peers)
    expect(manifest.peerDependenciesMeta[name], name).toEqual({ optional: true });
});
