import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { packed } from "../../scripts/packed.mjs";

const root = resolve(import.meta.dirname, "../..");

/**
 * Builds and packs the library, unless an earlier lane has done so, and builds the site, once for all tests of the
 * pages: the tests open what visitors open. docs.test.ts builds the documentation. Installs what only these tests need.
 * WGRAD_SITE=kept uses the site of the last run, for repeated runs of one file.
 */
export default async function buildSite(): Promise<void> {
  const tools = run("scripts/install.mjs", "tools");
  packed();
  const kept = process.env.WGRAD_SITE === "kept" && existsSync(resolve(root, "dist/site"));
  await Promise.all([tools, !kept && run("scripts/site.mjs")]);
}

/** Runs a script of the repository; rejects with what it prints if it fails. */
async function run(...words: string[]): Promise<void> {
  const { VITEST: _, ...env } = process.env; // vite.config.ts builds pages, not tests
  const child = spawn(process.execPath, words, { cwd: root, env });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
  }
  const [status] = await once(child, "close");
  if (status !== 0) throw new Error(`${words.join(" ")} failed:\n${printed}`);
}
