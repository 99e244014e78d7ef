import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import type { BrowserContext, Page } from "puppeteer";
import type { PreviewServer } from "vite";
import { expect, inject } from "vitest";
import { serveBuilt } from "../../scripts/browser.mjs";
import { packageFile } from "../../scripts/packed.mjs";
import { openContext } from "../support/browsers.ts";
import { collectGarbage } from "../support/garbage.ts";

export const root = resolve(import.meta.dirname, "../..");

/** Runs a command in the repository; it must succeed. */
export const run = (command: string, ...words: string[]): string => runIn(root, command, ...words);

/** Runs a command in a folder; it must succeed. Returns its output. */
export const runIn = (cwd: string, command: string, ...words: string[]): string =>
  runWith({}, cwd, command, ...words);

/** The same with further environment variables. */
export function runWith(
  variables: Readonly<Record<string, string>>,
  cwd: string,
  command: string,
  ...words: string[]
): string {
  const { VITEST: _, ...inherited } = process.env;
  const env = { ...inherited, ...variables };
  const { status, stdout, stderr } = spawnSync(command, words, { cwd, env, encoding: "utf8" });
  expect(status, `${command} ${words.join(" ")}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

/** Links every file of a folder into another one: unpacking the 6,000 files of the package would take seconds each time. */
function linkFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkFiles(source, target);
    else linkSync(source, target);
  }
}

/** State of a page after its program ended. */
export interface Shown {
  readonly status: string | undefined;
  readonly text: string;
  /** Errors in its console. */
  readonly problems: readonly string[];
}

/** The library warns of no tensor that is garbage once the page's work is done; closes the page. */
async function expectQuiet(page: Page): Promise<void> {
  const warned: string[] = [];
  page.on("console", (message) => {
    if (message.text().startsWith("wgrad:")) warned.push(message.text());
  });
  await collectGarbage(page);
  await page.close();
  expect(warned).toEqual([]);
}

/** A folder for other projects, with the packed library in its node_modules, and a browser for their pages. */
export class Packed {
  readonly folder = mkdtempSync(join(tmpdir(), "wgrad-projects-"));
  tarball = "";
  #browser: BrowserContext | undefined;
  readonly #servers: PreviewServer[] = [];

  /** Puts the package in place, and links `packages` of this repository or of its tools/ for the projects. */
  open(...packages: string[]): void {
    const modules = join(this.folder, "node_modules");
    const file = packageFile();
    this.tarball = join(this.folder, basename(file));
    copyFileSync(file, this.tarball);
    linkFiles(inject("unpacked"), join(modules, "wgrad"));
    for (const each of packages) {
      const own = resolve(root, "node_modules", each);
      const from = existsSync(own) ? own : resolve(root, "tools/node_modules", each);
      mkdirSync(dirname(join(modules, each)), { recursive: true });
      symlinkSync(from, join(modules, each), "junction");
    }
  }

  /** A project beside the library; the path of its folder. */
  project(name: string, files: Readonly<Record<string, string>>): string {
    const folder = join(this.folder, name);
    mkdirSync(folder, { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    return folder;
  }

  /** Serves a folder; returns its address, which ends with a slash. */
  async serve(folder: string): Promise<string> {
    const server = await serveBuilt(folder);
    this.#servers.push(server);
    return server.resolvedUrls?.local[0] ?? "";
  }

  async #newPage(): Promise<Page> {
    this.#browser ??= await openContext();
    return this.#browser.newPage();
  }

  /** Serves a folder and opens a page of it; returns its text and the errors in its console once its work is done. */
  async page(folder: string, path = ""): Promise<Shown> {
    const url = await this.serve(folder);
    const page = await this.#newPage();
    const problems: string[] = [];
    page.on("console", (message) => {
      const { url = "" } = message.location();
      if (message.type() === "error" && !url.endsWith("/favicon.ico"))
        problems.push(message.text());
    });
    await page.goto(url + path, { timeout: 0 });
    const look = () => ({
      status: document.body.dataset.status,
      text: document.body.innerText,
    });
    let found = await page.evaluate(look); // a function, as the page's policy may forbid to evaluate text
    while (!/^(ok|error)$/.test(found.status ?? "")) {
      await new Promise((done) => setTimeout(done, 50));
      found = await page.evaluate(look);
    }
    await expectQuiet(page);
    return { ...found, problems };
  }

  /** Serves a folder and opens its page; returns the first values that it prints. Rejects with the page's problems. */
  async printed(folder: string): Promise<unknown[]> {
    const url = await this.serve(folder);
    const page = await this.#newPage();
    const values = new Promise<unknown[]>((done, fail) => {
      page.on("pageerror", fail);
      page.on("requestfailed", (request) => fail(new Error(`no ${request.url()}`)));
      page.on("console", async (message) => {
        const { url = "" } = message.location();
        if (message.type() === "error" && !url.endsWith("/favicon.ico")) {
          fail(new Error(`${message.text()} ${url}`));
        }
        if (message.type() !== "log") return;
        const plain = (value: unknown) =>
          ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value;
        done(await Promise.all(message.args().map((arg) => arg.evaluate(plain))));
      });
    });
    await Promise.all([page.goto(url, { timeout: 0 }), values]);
    await expectQuiet(page);
    return values;
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    for (const server of this.#servers) await server.close();
    rmSync(this.folder, { recursive: true });
  }
}
