import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import puppeteer, { type Browser } from "puppeteer";
import type { PreviewServer } from "vite";
import { expect } from "vitest";
import { serveBuilt } from "../../scripts/browser.mjs";
import { launchOptions } from "../../scripts/chrome.mjs";

export const root = resolve(import.meta.dirname, "../..");

/** Runs a command in the repository, which must succeed. */
export function run(command: string, ...words: string[]): void {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: root, encoding: "utf8" });
  expect(status, `${command} ${words.join(" ")}\n${stdout}${stderr}`).toBe(0);
}

/** A folder for other projects with the packed library in its node_modules, and a browser for their pages. */
export class Packed {
  readonly folder = mkdtempSync(join(tmpdir(), "wgrad-projects-"));
  tarball = "";
  #browser: Browser | undefined;
  readonly #servers: PreviewServer[] = [];

  /** Packs what is in dist. `tools` are packages of this repository that the projects have, too. */
  async open(...tools: string[]): Promise<void> {
    const modules = join(this.folder, "node_modules");
    run("npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", this.folder);
    const name = readdirSync(this.folder).find((each) => each.endsWith(".tgz")) ?? "";
    this.tarball = join(this.folder, name);
    mkdirSync(join(modules, "wgrad"), { recursive: true });
    run("tar", "-xzf", this.tarball, "-C", join(modules, "wgrad"), "--strip-components=1");
    for (const tool of tools) {
      symlinkSync(resolve(root, "node_modules", tool), join(modules, tool), "junction");
    }
    this.#browser = await puppeteer.launch(launchOptions());
  }

  /** Serves a folder and opens its page; what it shows once its body has a status. */
  async page(folder: string): Promise<{ status: string | undefined; text: string }> {
    const server = await serveBuilt(folder);
    this.#servers.push(server);
    const page = await (this.#browser as Browser).newPage();
    await page.goto(server.resolvedUrls?.local[0] ?? "", { timeout: 0 });
    await page.waitForFunction(() => document.body.dataset.status, { timeout: 0 });
    const found = await page.evaluate(() => ({
      status: document.body.dataset.status,
      text: document.body.innerText,
    }));
    await page.close();
    return found;
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    for (const server of this.#servers) await server.close();
    rmSync(this.folder, { recursive: true });
  }
}
