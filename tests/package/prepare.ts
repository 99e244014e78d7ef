import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { install, root } from "../../scripts/install.mjs";
import { packed } from "../../scripts/packed.mjs";
import { startBrowsers } from "../support/browsers.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of the unpacked package, of which `Packed` has links. */
    unpacked: string;
  }
}

/** Installs what only these tests need, builds and packs the library, if no lane before has, and starts browsers. */
export default async function prepare(project: TestProject): Promise<() => Promise<void>> {
  install(resolve(root, "tools"));
  const unpacked = mkdtempSync(join(tmpdir(), "wgrad-package-"));
  const words = ["-xzf", packed(), "-C", unpacked, "--strip-components=1"];
  const { status, stderr } = spawnSync("tar", words, { encoding: "utf8" });
  if (status !== 0) throw new Error(`tar ${words.join(" ")} failed:\n${stderr}`);
  project.provide("unpacked", unpacked);
  const close = await startBrowsers(project);
  return async () => {
    await close();
    rmSync(unpacked, { recursive: true });
  };
}
