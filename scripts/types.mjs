// Writes the typed declaration of every shader to .gen/shaders.
import { runnerImport } from "vite";
import { fail } from "./install.mjs";

const { module } = await runnerImport("./src/shader/generate.ts");
try {
  console.log(`${module.generateTypes("shaders", ".gen/shaders")} shaders typed`);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
