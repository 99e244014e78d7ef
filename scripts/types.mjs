// Writes the typed declaration of every shader to .gen/shaders, and src/kernels/families.ts, which exports every family of
// kernels that there is. The latter is committed, so that a bundler needs no plugin to find it.
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { runnerImport } from "vite";
import { fail } from "./install.mjs";

const folder = "src/kernels";
const families = readdirSync(folder).filter((name) => existsSync(`${folder}/${name}/exports.ts`));
const lines = families.sort().map((name) => `export * from "./${name}/exports.ts";\n`);
const header =
  "/** Every family of kernels. Written by `node scripts/types.mjs`; do not edit. */\n\n";
writeFileSync(`${folder}/families.ts`, header + lines.join(""));

const { module } = await runnerImport("./src/shader/generate.ts");
try {
  console.log(`${module.generateTypes("shaders", ".gen/shaders")} shaders typed`);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
