// npm run demo -- <name> [--json]: runs one demo page in headless Chrome, its guided experiments included, and prints its
// progress and its result.
import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { openBrowser } from "./browser.mjs";
import { fail, install, root } from "./install.mjs";

/** @typedef {{ progress: { done: number; total: number; text: string }; result?: object; error?: string }} Demo */

const json = process.argv.includes("--json");
const [path = ""] = process.argv.slice(2).filter((word) => !word.startsWith("--"));
// a name is a folder of demos/; a path from the repository's top works as well
const folder = existsSync(resolve(root, "demos", path)) ? `demos/${path}` : path;
if (path === "" || !existsSync(resolve(root, folder, "index.html"))) {
  const names = readdirSync(resolve(root, "demos"), { withFileTypes: true })
    .filter((entry) => existsSync(resolve(root, "demos", entry.name, "index.html")))
    .map((entry) => entry.name);
  fail(`expected the name of a demo, got '${path}'; there are: ${names.join(", ") || "none yet"}`);
}

install();
const { runnerImport } = await import("vite");
/** @type {{ module: typeof import("../demos/shared/time_left.ts") }} */
const { module } = await runnerImport(resolve(root, "demos/shared/time_left.ts"));
const { page, problems, url, close } = await openBrowser(".", {
  others: folder === "demos/benchmark",
});
const start = Date.now();
let shown = "";
let shownAt = 0;
/** Of the present stage of the page: one that counts to another total, or from the start, has an estimate of its own. */
let timeLeft = new module.TimeLeft();
let before = { done: 0, total: 0 };

try {
  await page.goto(`${url}${folder}/?auto=1&experiment=all`, { timeout: 0 });
  const demo = await finished();
  if (json) console.log(JSON.stringify(demo.result));
  else console.log(readable(demo.result ?? {}).join("\n"));
  const status = await page.evaluate(() => document.body.dataset.status);
  if (status === "error") process.exitCode = 1; // the work ended, but its checks failed
} catch (error) {
  console.error(`wgrad: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  await close();
}

/** Waits for the page's result, printing its progress; throws what went wrong. */
async function finished() {
  for (;;) {
    const demo = /** @type {Demo | undefined} */ (
      await page.evaluate(() => /** @type {{ wgradDemo?: object }} */ (globalThis).wgradDemo)
    );
    if (demo?.error) throw new Error(`${folder} failed: ${demo.error}`);
    if (problems.length) throw new Error(`${folder} failed: ${problems.join("\n")}`);
    if (demo?.progress) show(demo.progress);
    if (demo?.result) {
      if (process.stderr.isTTY) process.stderr.write("\n");
      return demo;
    }
    if (!demo && Date.now() - start > 60_000) {
      throw new Error(`${folder} set no window.wgradDemo within 60 s; does it handle ?auto=1?`);
    }
    await new Promise((done) => setTimeout(done, 250));
  }
}

/** Prints progress: one line that is rewritten on a terminal, elsewhere a line every few seconds. */
function show(/** @type {Demo["progress"]} */ { done, total, text }) {
  const seconds = (Date.now() - start) / 1000;
  if (total !== before.total || done < before.done) timeLeft = new module.TimeLeft();
  before = { done, total };
  const estimate = done < total ? timeLeft.at(done, total, seconds) : undefined;
  const left = estimate === undefined ? "" : `, ${duration(estimate)} left`;
  const line = `${text} (${done}/${total}, ${duration(seconds)}${left})`;
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
  else if (text !== shown && Date.now() - shownAt > 3000) {
    console.error(line);
    shown = text;
    shownAt = Date.now();
  }
}

function duration(/** @type {number} */ seconds) {
  const s = Math.round(seconds);
  return s < 60 ? `${s} s` : `${Math.floor(s / 60)} min ${s % 60} s`;
}

/** @param {object} result @param {string} indent @returns {string[]} */
function readable(result, indent = "") {
  return Object.entries(result).flatMap(([name, value]) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? [`${indent}${name}:`, ...readable(value, `${indent}  `)]
      : [`${indent}${name}: ${Array.isArray(value) ? value.join(", ") : value}`],
  );
}
