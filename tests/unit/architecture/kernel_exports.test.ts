import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { kernelExports } from "../../../scripts/kernels.mjs";
import { sources } from "../../support/sources.ts";

test("src/kernels exports the kernels that are there", () => {
  const stale = [...kernelExports()]
    .filter(([path, text]) => !existsSync(path) || readFileSync(path, "utf8") !== text)
    .map(([path]) => path);
  expect(stale.join("\n"), "run `node scripts/types.mjs`, and commit what it writes").toBe("");
});

test("every shader is exported as a kernel", () => {
  const texts = kernelExports();
  const missing = sources("shaders", ".wgsl")
    .filter(({ text }) => text.includes("@compute"))
    .map(({ path }) => path.replace("shaders/", "src/kernels/").replace(".wgsl", ".ts"))
    .filter((path) => {
      const [, family = "", file = ""] = /(\w+)\/(\w+\.ts)$/.exec(path) ?? [];
      return !texts.get(`src/kernels/${family}/exports.ts`)?.includes(` from "./${file}";`);
    });
  expect(missing.join("\n"), "begin its module `export const name = kernel(shader, …)`").toBe("");
});
