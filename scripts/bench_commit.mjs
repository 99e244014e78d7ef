// Another commit of this repository, served beside the working tree.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync, symlinkSync } from "node:fs";
import { resolve } from "node:path";
import { fail, root } from "./install.mjs";

/** @typedef {Awaited<ReturnType<typeof commitTree>>} Commit */

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
  let server = await serve(folder, 0);
  const url = server.resolvedUrls?.local[0] ?? "";
  return {
    url,
    /** Serves it anew at the same address, for a server that no longer answers. */
    async serveAgain() {
      await server.close();
      server = await serve(folder, Number(new URL(url).port));
    },
    async close() {
      await server.close();
      rmSync(resolve(folder, "node_modules"));
      git("worktree", "remove", "--force", folder);
    },
  };
}

/** @param {string} folder @param {number} port 0: any that is free */
async function serve(folder, port) {
  const { createServer } = await import("vite");
  const server = await createServer({
    configFile: resolve(folder, "vite.config.ts"),
    root: folder,
    logLevel: "error",
    cacheDir: resolve(root, ".gen/since-vite"),
    optimizeDeps: { noDiscovery: true, include: [] },
    server: {
      port,
      strictPort: port > 0,
      hmr: false,
      watch: null,
      cors: true,
      fs: { strict: false },
    },
  });
  server.httpServer?.on("clientError", (_, socket) => socket.destroy()); // a page that left
  return server.listen();
}

/** @param {string[]} words */
function git(...words) {
  const { status, stderr } = spawnSync("git", words, { cwd: root, encoding: "utf8" });
  if (status !== 0) fail(`git ${words.join(" ")}: ${stderr.trim()}`);
}
