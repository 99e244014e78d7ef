// Another commit of this repository, served beside the working tree.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync, symlinkSync } from "node:fs";
import { resolve } from "node:path";
import { fail, root } from "./install.mjs";

/**
 * Checks a commit out under .gen and serves it with the dependencies installed here.
 * @param {string} commit
 */
export async function commitTree(commit) {
  const folder = resolve(root, ".gen/since");
  git("worktree", "prune");
  if (existsSync(folder)) git("worktree", "remove", "--force", folder);
  git("worktree", "add", "--detach", folder, commit);
  symlinkSync(resolve(root, "node_modules"), resolve(folder, "node_modules"));
  const { createServer } = await import("vite");
  const server = await createServer({
    configFile: resolve(folder, "vite.config.ts"),
    root: folder,
    logLevel: "error",
    cacheDir: resolve(root, ".gen/since-vite"),
    optimizeDeps: { noDiscovery: true, include: [] },
    server: { port: 0, hmr: false, watch: null, cors: true, fs: { strict: false } },
  });
  await server.listen();
  return {
    url: server.resolvedUrls?.local[0] ?? "",
    async close() {
      await server.close();
      rmSync(resolve(folder, "node_modules"));
      git("worktree", "remove", "--force", folder);
    },
  };
}

/** @param {string[]} words */
function git(...words) {
  const { status, stderr } = spawnSync("git", words, { cwd: root, encoding: "utf8" });
  if (status !== 0) fail(`git ${words.join(" ")}: ${stderr.trim()}`);
}
