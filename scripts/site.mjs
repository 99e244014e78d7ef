// Builds the demo pages into dist/site, in two processes. Each page is built by itself, so that it contains no more
// than it uses; all but the page that shows the shaders take the library from dist, as published. Run alone, this file
// builds all pages again with the library that is in dist.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { entries } from "./entries.mjs";
import { fail, root } from "./install.mjs";
import { writeServiceWorker } from "./offline.mjs";
import { pageWords } from "./words.mjs";

const demos = resolve(root, "demos");
const site = resolve(root, "dist/site");

/** Pages that show the source of shaders; in dist it is shortened. */
const showsShaders = ["kernels"];

const PROCESSES = 2;

/** Folders of demos/ that have a page; "", the gallery, comes first. */
const folders = () =>
  ["", ...readdirSync(demos)].filter((name) => existsSync(resolve(demos, name, "index.html")));

/** Resolves the public names to the files of dist. */
const published = () =>
  entries().map(({ name, source }) => ({
    find: new RegExp(`^${name}$`),
    replacement: resolve(root, source.replace(/^src\//, "dist/").replace(/\.ts$/, ".js")),
  }));

/** Builds every page; dist must contain the library. */
export async function buildSite() {
  rmSync(site, { recursive: true, force: true });
  const all = folders();
  const processes = Array.from({ length: PROCESSES }, (_, i) => {
    const own = all.filter((_, k) => k % PROCESSES === i);
    const words = [import.meta.filename, ...own.map((folder) => `/${folder}`)];
    return once(spawn(process.execPath, words, { stdio: "inherit" }), "close");
  });
  for (const [status] of await Promise.all(processes)) {
    if (status !== 0) fail("a page could not be built; its messages are above");
  }
  writeServiceWorker(site);
}

/**
 * Builds some pages.
 * @param {readonly string[]} some folders of demos/
 * @param {{ words?: string; to?: string; draft?: boolean }} options `words`: the folder of a language's catalogue, `to`: the
 * site's folder, `draft`: builds the pages together and does not minify them, which takes half of the time
 */
export async function buildPages(some, { words, to = site, draft = false } = {}) {
  // whatever the environment says: otherwise pages would contain development code
  process.env.NODE_ENV = "production";
  const { build, loadConfigFromFile } = await import("vite");
  const file = resolve(root, "vite.config.ts");
  const loaded = await loadConfigFromFile({ command: "build", mode: "production" }, file);
  if (!loaded) fail("vite.config.ts could not be read");
  const { test: _, ...config } = /** @type {import("vitest/config").ViteUserConfig} */ (
    loaded.config
  );
  const plugins = (config.plugins ?? []).map((plugin) =>
    words && plugin && "name" in plugin && plugin.name === "page-words" ? pageWords(words) : plugin,
  );
  const fromSources = some.filter((folder) => showsShaders.includes(folder));
  const fromDist = some.filter((folder) => !showsShaders.includes(folder));
  const builds = draft ? [fromSources, fromDist] : some.map((folder) => [folder]);
  for (const folders of builds.filter(({ length }) => length > 0)) {
    const sources = config.resolve ?? {};
    await build({
      ...config,
      plugins,
      configFile: false,
      logLevel: "warn",
      resolve: folders.every((each) => showsShaders.includes(each))
        ? sources
        : { alias: published() },
      build: {
        ...config.build,
        ...(draft && { minify: false }),
        outDir: to,
        emptyOutDir: false,
        rolldownOptions: {
          ...config.build?.rolldownOptions,
          input: folders.map((folder) => resolve(demos, folder, "index.html")),
        },
      },
    });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const some = process.argv.slice(2).map((path) => path.slice(1));
  await (some.length > 0 ? buildPages(some) : buildSite());
}
