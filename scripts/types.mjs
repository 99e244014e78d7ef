// Writes the typed declaration of every shader to .gen/shaders, the examples of docstrings to .gen/examples, and the files of
// src/kernels that export every kernel.
import { writeFileSync } from "node:fs";
import { runnerImport } from "vite";
import { writeExamples } from "./examples.mjs";
import { fail } from "./install.mjs";
import { kernelExports } from "./kernels.mjs";
import { markTyped } from "./typed.mjs";

for (const [path, text] of kernelExports()) writeFileSync(path, text);
writeExamples();

const { module } = await runnerImport("./src/shader/generate.ts");
try {
  console.log(`${module.generateTypes("shaders", ".gen/shaders")} shaders typed`);
  markTyped();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
