import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { outsideBrackets, writePseudoLanguage } from "../support/pseudo_language.ts";
import { DemoBrowser, root } from "./browser.ts";
import { DESKTOP, pages } from "./works.ts";

/* Every page in another language, as a visitor opens it: what it says, and what it shows while its kernels are compiled. */

const folder = mkdtempSync(join(tmpdir(), "wgrad-words-"));
const language = resolve(folder, "xx");
const site = resolve(folder, "site");

/** Names and units that every language shares. */
const names =
  /^(wgrad|WGSL|ULP|GFLOP\/s|GB\/s|ms|px|SGD|SMOTE|ELU|CELU|SELU|GELU|RMSprop|k-means\+\+|TensorFlow\.js|jax-js|log₁₀|tanh|exp|ln|max|min|‖dW‖)$/;

/** The labs and the gallery. */
const all = [...pages, { folder: "", title: "The gallery", short: "" }];

let browser: DemoBrowser;
beforeAll(async () => {
  writePseudoLanguage(language);
  const { VITEST: _, ...env } = process.env; // vite.config.ts builds pages, not tests
  const build = [
    'import { buildPages } from "./scripts/site.mjs";',
    'import { writeServiceWorker } from "./scripts/offline.mjs";',
    `await buildPages(${JSON.stringify(all.map(({ folder }) => folder))}, ${JSON.stringify({ words: language, to: site, draft: true })});`,
    `writeServiceWorker(${JSON.stringify(site)});`,
  ].join("\n");
  const args = ["--input-type=module", "--eval", build];
  const built = spawnSync(process.execPath, args, { cwd: root, env, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`${built.stdout}${built.stderr}`);
  browser = await DemoBrowser.open({ folder: site, apart: 60 });
}, 300_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** Texts and attributes that a visitor reads, in the page's order, without code and the adapter's name. */
function shown(): string[] {
  const code = "script, style, noscript, pre, code, textarea, .badge";
  // names of kernels and of their cases
  const kernels = "#list h2, #list span, #detail :is(.title, td, summary, option)";
  const skipped = `${code}, ${kernels}`;
  const nodes = document.createTreeWalker(document.documentElement, 5);
  const texts: string[] = [];
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const element = node instanceof Element ? node : node.parentElement;
    if (element?.closest(skipped)) continue;
    if (!(node instanceof Element)) texts.push(node.nodeValue ?? "");
    else
      for (const name of ["aria-label", "title", "alt", "placeholder", "label"])
        texts.push(node.getAttribute(name) ?? "");
  }
  return [document.title, ...texts];
}

test.each(all)(
  "$title: shows no word from outside of the catalogue",
  async ({ folder: page, short }) => {
    await browser.visit(page && `${page}/?${short}`, DESKTOP);
    expect(await browser.status("ready", "ok", "running", "error")).not.toBe("error");
    expect(await browser.evaluate(() => document.documentElement.lang)).toBe("xx");
    const texts = await browser.evaluate(shown);
    expect(texts.join("")).toContain("⟦");
    const outside = outsideBrackets(texts).map((text) =>
      text
        .split(/[\s,·×:|()=]+/)
        .filter((word) => /\p{L}{2,}/u.test(word) && !names.test(word))
        .join(" "),
    );
    expect([...new Set(outside)].filter(Boolean)).toEqual([]);
    if (page) await expectChanges(page);
  },
);

/** Element in which the first result of a page appears, and maximum number of pipelines compiled before it. */
const firsts: Readonly<Record<string, readonly [place: string, most: number]>> = {
  augmentation: ["wall", 1],
  kmeans: ["sides", 6],
  optimisers: ["plot", 24],
  regression: ["points-board", 6],
};

/** Pages whose work at the start needs at most three pipelines. */
const FEW = ["benchmark", "kernels", "svm"];

/** A page that nobody touches changes before many pipelines are compiled, and again while others are being compiled. */
async function expectChanges(page: string): Promise<void> {
  const seen = () =>
    browser.evaluate(() => ({
      changes: window.changes ?? [],
      compiled: window.compiledSoFar ?? 0,
    }));
  const [place, most] = firsts[page] ?? [undefined, 8];
  const first = async () =>
    (await seen()).changes.find(([where]) => place === undefined || where === place)?.[1];
  await expect
    .poll(first, { message: `pipelines before ${place ?? "a change"}` })
    .toBeLessThanOrEqual(most);
  if (FEW.includes(page)) return;
  const meanwhile = async () => {
    const { changes, compiled } = await seen();
    return changes.some(([, by]) => by > 0 && by < compiled);
  };
  await expect.poll(meanwhile, { message: "a change while pipelines are compiled" }).toBe(true);
}
