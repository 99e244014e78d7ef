// The demo pages in dist/site. Each is built by itself, so that it carries what it uses and no more; all but the page that
// shows the shaders take the library from dist, as it is published.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { entries } from "./entries.mjs";
import { fail, root } from "./install.mjs";
import { writeServiceWorker } from "./offline.mjs";

const demos = resolve(root, "demos");
const site = resolve(root, "dist/site");

/** What shows WGSL as it was written; in dist it is shortened. */
const showsShaders = ["kernels"];

/** Folders of demos/ with a page, "" of the gallery first. */
const folders = () =>
  ["", ...readdirSync(demos)].filter((name) => existsSync(resolve(demos, name, "index.html")));

/** Public names as the files of dist. */
const published = () =>
  entries().map(({ name, source }) => ({
    find: new RegExp(`^${name}$`),
    replacement: resolve(root, source.replace(/^src\//, "dist/").replace(/\.ts$/, ".js")),
  }));

/** Builds every page; dist has the library. */
export async function buildSite() {
  const { build, loadConfigFromFile } = await import("vite");
  const file = resolve(root, "vite.config.ts");
  const loaded = await loadConfigFromFile({ command: "build", mode: "production" }, file);
  if (!loaded) fail("vite.config.ts could not be read");
  const { test: _, ...config } = /** @type {import("vitest/config").ViteUserConfig} */ (
    loaded.config
  );
  rmSync(site, { recursive: true, force: true });
  for (const folder of folders()) {
    const sources = config.resolve ?? {};
    await build({
      ...config,
      configFile: false,
      logLevel: "warn",
      resolve: showsShaders.includes(folder) ? sources : { alias: published() },
      build: {
        ...config.build,
        emptyOutDir: false,
        rolldownOptions: {
          ...config.build?.rolldownOptions,
          input: resolve(demos, folder, "index.html"),
        },
      },
    });
  }
  writeServiceWorker(site);
}
