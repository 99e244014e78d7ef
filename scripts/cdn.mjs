// Builds dist/cdn, the library for pages without a build step, from dist: minified, with source maps and types.
// wgrad.js is a single file; the others import what they share with it from it, so that a page has one engine whichever
// files it loads.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { entries } from "./entries.mjs";
import { fail, root } from "./install.mjs";

/**
 * What each file of dist/cdn exports: every name of some entry points (`all`), and other entry points under one name
 * each (`as`).
 * @type {Readonly<Record<string, { all: readonly string[]; as?: Named }>>}
 * @typedef {Readonly<Record<string, string>>} Named
 */
const cdnFiles = {
  wgrad: {
    all: ["wgrad", "wgrad/data", "wgrad/io", "wgrad/loss", "wgrad/optim", "wgrad/train"],
    as: { models: "wgrad/models", nn: "wgrad/nn", transforms: "wgrad/data/transforms" },
  },
  ml: { all: ["wgrad/ml"] },
  kernels: { all: ["wgrad/kernels"] },
  onnx: { all: ["wgrad/onnx"] },
  tfjs: { all: ["wgrad/tfjs"] },
};

/** Path of an entry point, relative to dist/cdn. @param {string} name */
function pathOf(name) {
  const source = entries().find((entry) => entry.name === name)?.source;
  if (!source) fail(`cdn: no entry point ${name}`);
  return source.replace(/^src/, "..").replace(/\.ts$/, ".js");
}

/** The exports of a file, and its type declarations. @param {string} file */
function code(file) {
  const { all, as = {} } = cdnFiles[file] ?? fail(`cdn: no file ${file}`);
  const names = Object.entries(as).map(
    ([name, of]) => `export * as ${name} from "${pathOf(of)}";\n`,
  );
  return [...all.map((name) => `export * from "${pathOf(name)}";\n`), ...names].join("");
}

const main = "\0cdn:wgrad";

/**
 * Provides the files' entry modules, and adds to `first` every module that the main file imports, directly or
 * indirectly.
 * @param {string} cdn @param {Set<string>} first @returns {import("vite").Plugin}
 */
function modules(cdn, first) {
  return {
    name: "cdn-modules",
    enforce: "pre",
    resolveId(id, importer) {
      if (id.startsWith("cdn:")) return `\0${id}`;
      return importer?.startsWith("\0cdn:") ? resolve(cdn, id) : null;
    },
    load: (id) => (id.startsWith("\0cdn:") ? { code: code(id.slice(5)), map: null } : null),
    buildEnd(error) {
      if (error) return;
      first.add(main);
      for (const id of first) {
        for (const each of this.getModuleInfo(id)?.importedIds ?? []) first.add(each);
      }
    },
  };
}

/** Writes dist/cdn. @param {string} dist where the library was built to */
export async function buildCdn(dist) {
  const { build } = await import("vite");
  const cdn = resolve(dist, "cdn");
  /** @type {Set<string>} */
  const first = new Set();
  const names = Object.keys(cdnFiles);
  await build({
    configFile: false,
    root,
    logLevel: "warn",
    plugins: [modules(cdn, first)],
    build: {
      ...{ outDir: cdn, target: "es2022", minify: true, sourcemap: true, modulePreload: false },
      chunkSizeWarningLimit: 1000,
      rolldownOptions: {
        input: Object.fromEntries(names.map((name) => [name, `cdn:${name}`])),
        preserveEntrySignatures: "allow-extension",
        checks: { pluginTimings: false },
        output: {
          ...{ entryFileNames: "[name].js", chunkFileNames: "parts/[name].js" },
          codeSplitting: { groups: [{ name: "wgrad", test: (id) => first.has(id) }] },
        },
      },
    },
  });
  for (const name of names) writeFileSync(resolve(cdn, `${name}.d.ts`), code(name));
}
