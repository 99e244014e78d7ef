import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { install } from "../../scripts/install.mjs";

/**
 * Builds the library and the site once for all tests of the pages: what people open is what is tested. docs.test.ts builds the
 * documentation. Installs what only these tests need.
 */
export default function buildSite(): void {
  const { VITEST: _, ...env } = process.env; // vite.config.ts builds pages, not tests
  const root = resolve(import.meta.dirname, "../..");
  install(resolve(root, "tools"));
  const built = spawnSync(process.execPath, ["scripts/build.mjs", "--without-docs"], {
    cwd: root,
    env,
    encoding: "utf8",
  });
  if (built.status !== 0) throw new Error(`npm run build failed:\n${built.stdout}${built.stderr}`);
}
