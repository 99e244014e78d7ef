import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DemoMeta } from "../../demos/shared/meta.ts";
import { policy } from "../../scripts/policy.mjs";
import { DemoBrowser, root } from "./browser.ts";

declare global {
  interface Window {
    /** What pages/attacks.js exports. */
    attacks?: (url: string) => Record<string, () => unknown>;
  }
}

const DESKTOP = { size: { width: 1280, height: 900 }, scheme: "light" } as const;
const site = resolve(root, "dist/site");
const metas = import.meta.glob<DemoMeta>(["../../demos/*/meta.ts", "!../../demos/shared/*"], {
  eager: true,
  import: "meta",
});
const pages = Object.entries(metas).map(
  ([path, { short }]) => [path.split("/").at(-2) ?? "", short] as const,
);
const folders = ["", ...pages.map(([folder]) => folder)];

let browser: DemoBrowser;
let other: Server;
let asked = 0;

beforeAll(async () => {
  browser = await DemoBrowser.open();
  other = createServer((_, response) => {
    asked++;
    response.writeHead(200, { "access-control-allow-origin": "*" }).end("{}");
  });
  await new Promise<void>((listening) => other.listen(0, "127.0.0.1", listening));
});

afterAll(async () => {
  await browser.close();
  other.close();
});

describe("the files of the built site", () => {
  test.each(folders)("/%s begins with the policy, and has no inline code or style", (folder) => {
    const text = readFileSync(resolve(site, folder, "index.html"), "utf8");
    const written = policy.replaceAll("'", "(?:'|&#39;)");
    const meta = new RegExp(
      `<head>\\s*<meta http-equiv="Content-Security-Policy" content="${written}">`,
    );
    expect(text).toMatch(meta);
    for (const name of ["title", "description", "type", "site_name"])
      expect(text).toMatch(new RegExp(`<meta property="og:${name}" content="[^"]{4,}">`));
    expect(text.match(/Content-Security-Policy/g)).toHaveLength(1);
    expect(text).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:/i);
  });

  test("name no code of another origin, and none that is not part of the site", () => {
    const code = readdirSync(resolve(site, "assets")).filter((name) => name.endsWith(".js"));
    expect(code.length).toBeGreaterThan(10);
    for (const name of code) {
      const text = readFileSync(resolve(site, "assets", name), "utf8");
      expect(text, name).not.toMatch(/wgradOtherCommit|import\(["'`](?:https?|data|blob):/);
      expect(text, name).not.toMatch(/import\([^)"'`]*\+/);
    }
  });
});

test("code, markup, styles and requests that are not the site's are refused by the browser", async () => {
  await browser.visit("svm/?auto=0", DESKTOP);
  await browser.status("ready", "ok");
  await expect.poll(() => browser.evaluate(() => document.body.dataset.offline)).toBe("kept");
  await browser.runText(readFileSync(resolve(root, "tests/demos/pages/attacks.js"), "utf8"));
  const { port } = other.address() as AddressInfo;
  const through = await browser.evaluate(async (url) => {
    const all = window.attacks?.(url) ?? {};
    const outcome: Record<string, boolean> = {};
    for (const [name, attack] of Object.entries(all)) {
      // the DevTools protocol may do what the policy forbids to the page
      await new Promise((later) => setTimeout(later));
      outcome[name] = await Promise.resolve()
        .then(attack)
        .then(Boolean, () => false);
    }
    return outcome;
  }, `http://127.0.0.1:${port}/`);
  expect(Object.keys(through).length).toBe(14);
  expect(Object.entries(through).filter(([, got]) => got)).toEqual([]);
  expect(await browser.evaluate(() => "ran" in globalThis)).toBe(false);
  expect(asked).toBe(0);
  expect(browser.problems.join("\n")).toMatch(/Content Security Policy/); // so that later tests do not see it
});

const MARKUP = '"><img src=x onerror=globalThis.ran=1><script>globalThis.ran=1</script>';

describe.each(pages)("/%s", (folder, short) => {
  test("shows markup in its address as text, and opens without console output", async () => {
    const names = [...new URLSearchParams(short).keys(), "auto", "seed", "frame", "beside"];
    const query = new URLSearchParams(names.map((name) => [name, MARKUP]));
    await browser.visit(`${folder}/?${query}`, DESKTOP);
    await browser.status("ready", "running", "paused", "ok", "error");
    expect(await browser.evaluate(() => "ran" in globalThis)).toBe(false);
    expect(
      await browser.evaluate(() => document.querySelectorAll("img[src=x], body script").length),
    ).toBe(0);
    expect(browser.problems).toEqual([]);
  });
});
