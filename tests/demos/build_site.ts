import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** The library as it is packed, for tests of the package. */
const packedInto = resolve(root, ".gen/packed");

/**
 * Builds and packs the library and builds the site, once for all tests of the pages: what people open is what is tested.
 * docs.test.ts builds the documentation. Installs what only these tests need. WGRAD_SITE=kept takes what is there from before,
 * for one who runs a file again and again.
 */
export default async function buildSite(): Promise<void> {
  if (process.env.WGRAD_SITE === "kept" && existsSync(packedInto)) return;
  rmSync(packedInto, { recursive: true, force: true });
  await Promise.all([
    run("node", "scripts/install.mjs", "tools"),
    run("node", "scripts/build.mjs", "--library"),
  ]);
  mkdirSync(packedInto, { recursive: true });
  await Promise.all([
    run("node", "scripts/site.mjs"),
    run("npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", packedInto),
  ]);
}

/** Runs a command in the repository; rejects with what it prints if it fails. */
async function run(command: string, ...words: string[]): Promise<void> {
  const { VITEST: _, ...env } = process.env; // vite.config.ts builds pages, not tests
  const child = spawn(command === "node" ? process.execPath : command, words, { cwd: root, env });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
  }
  const [status] = await once(child, "close");
  if (status !== 0) throw new Error(`${[command, ...words].join(" ")} failed:\n${printed}`);
}
