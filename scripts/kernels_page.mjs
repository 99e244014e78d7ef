// The Kernels page for projects that use the library: showKernels of wgrad/testing loads it from dist/testing/kernels_page.js.
import { dirname, posix, resolve } from "node:path";
import { entries } from "./entries.mjs";
import { inlineWords } from "./inline_words.mjs";
import { root } from "./install.mjs";

const file = "testing/kernels_page.js";

/** In the library: the page is a file beside the one that loads it. @returns {import("vite").Plugin} */
export function kernelsPage() {
  return {
    name: "kernels-page",
    enforce: "pre",
    resolveId: (id) =>
      id === "#kernels-page" ? { id: `./${posix.basename(file)}`, external: true } : null,
  };
}

/**
 * In the page: the library is the files around it.
 * @returns {import("vite").Plugin}
 */
function libraryAround() {
  const paths = new Map(
    entries().map(({ name, source }) => [
      name,
      source.replace(/^src\//, "").replace(/\.ts$/, ".js"),
    ]),
  );
  return {
    name: "library-around",
    enforce: "pre",
    resolveId(id) {
      const path = paths.get(id);
      if (!path) return null;
      const from = posix.relative(dirname(file), path);
      return { id: from.startsWith(".") ? from : `./${from}`, external: true };
    },
  };
}

/** Writes it, from the Kernels page of the demos. @param {string} dist where the library was built to */
export async function buildKernelsPage(dist) {
  const { build } = await import("vite");
  await build({
    configFile: false,
    root,
    logLevel: "warn",
    plugins: [libraryAround(), inlineWords()],
    build: {
      ...{ outDir: dist, emptyOutDir: false, target: "es2022", minify: true },
      lib: { entry: resolve(root, "demos/kernels/own.ts"), formats: ["es"], fileName: () => file },
      rolldownOptions: { checks: { pluginTimings: false } },
    },
  });
}
