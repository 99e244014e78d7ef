import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { programs } from "../../support/page_programs.ts";

const root = resolve(import.meta.dirname, "../../..");

const pages = readdirSync(resolve(root, "demos")).filter((name) =>
  existsSync(resolve(root, "demos", name, "index.html")),
);

describe("the programs that pages show", () => {
  test("are tested, each page's", () => {
    const listed = readFileSync(resolve(root, "tests/support/page_programs.ts"), "utf8");
    expect(pages.length).toBeGreaterThan(10);
    expect(pages.filter((name) => !listed.includes(`demos/${name}/program.ts"`))).toEqual([]);
  });

  test("every page is in README's list of npm run demo", () => {
    const readme = readFileSync(resolve(root, "README.md"), "utf8");
    const row = readme.split("\n").find((line) => line.includes("`npm run demo --")) ?? "";
    expect(pages.filter((name) => !new RegExp(`\\b${name}\\b`).test(row))).toEqual([]);
  });

  test("have ten to forty lines, none longer than a screen", () => {
    for (const [name, code] of Object.entries(programs)) {
      const lines = code.trim().split("\n");
      expect(lines.length, name).toBeGreaterThanOrEqual(10);
      expect(lines.length, name).toBeLessThanOrEqual(40);
      expect(Math.max(...lines.map((line) => line.length)), name).toBeLessThanOrEqual(120);
    }
  });

  test("compile strictly against the package's types", () => {
    const folder = resolve(root, ".gen/programs");
    mkdirSync(folder, { recursive: true });
    try {
      Object.values(programs).forEach((code, i) => {
        writeFileSync(resolve(folder, `program_${i}.ts`), code);
      });
      const compilerOptions = { noUncheckedIndexedAccess: false, noUnusedLocals: true };
      const config = { extends: "../../tsconfig.json", compilerOptions, include: ["*.ts"] };
      writeFileSync(resolve(folder, "tsconfig.json"), JSON.stringify(config));
      const tsc = resolve(root, "node_modules/typescript/bin/tsc");
      const ran = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
      const named = Object.keys(programs).map((name, i) => `program_${i}: ${name}`);
      expect(ran.status, `${ran.stdout}\n${ran.status ? named.join("\n") : ""}`).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 120_000);
});
