import { createRequire } from "node:module";
import { resolve } from "node:path";

const dist = resolve(import.meta.dirname, "../../dist");

/** A module of the built library, loaded by Node: Vitest would first transform the sources, which takes seconds. */
const built = createRequire(import.meta.url);

export const library = (): typeof import("../../src/index.ts") => built(`${dist}/index.js`);
export const optim = (): typeof import("../../src/optim/index.ts") =>
  built(`${dist}/optim/index.js`);
export const data = (): typeof import("../../src/data/index.ts") => built(`${dist}/data/index.js`);
