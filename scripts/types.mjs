// Writes the typed declaration of every shader to .gen/shaders.
import { runnerImport } from "vite";

const { module } = await runnerImport("./src/shader/generate.ts");
const count = module.generateTypes("shaders", ".gen/shaders");
console.log(`${count} shaders typed`);
