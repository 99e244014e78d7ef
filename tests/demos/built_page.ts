import { resolve } from "node:path";
import { build } from "vite";
import { entries } from "../../scripts/entries.mjs";

const root = resolve(import.meta.dirname, "../..");

/** Builds a page of tests/demos/pages with the library in dist, minified with Vite's defaults. */
export async function buildPage(name: string, outDir: string): Promise<void> {
  const alias = entries().map(({ name, source }) => ({
    find: new RegExp(`^${name}$`),
    replacement: resolve(root, source.replace(/^src\//, "dist/").replace(/\.ts$/, ".js")),
  }));
  await build({
    configFile: false,
    root: resolve(root, "tests/demos/pages", name),
    base: "./",
    logLevel: "silent",
    resolve: { alias },
    build: { outDir, emptyOutDir: true, modulePreload: false },
  });
}
