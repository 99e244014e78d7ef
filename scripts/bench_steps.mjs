// Whole steps, measured by the benchmark page in headless Chrome.

import { everyRow } from "./bench_rows.mjs";

/**
 * @typedef {import("../demos/benchmark/report.ts").Report} Report
 * @typedef {{ progress: { done: number; total: number; text: string }; result?: Report; error?: string }} Demo
 * @typedef {import("./bench_commit.mjs").Commit} Commit
 * @typedef {{ newPage: () => Promise<import("puppeteer").Page>; page: import("puppeteer").Page; problems: string[]; url: string; old: Commit | undefined; json: boolean }} Where
 */

/** Longest time for a row, after which it counts as broken off. */
const ROW_MS = 20 * 60_000;
/** Longest time until the page has loaded; a connection can be lost without an error, and loading then never ends. */
const LOAD_MS = 2 * 60_000;

/**
 * Has the page measure the workloads that match the pattern, beside other libraries or another commit, and prints each
 * as it is done. Each is measured on a page of its own; one that breaks off is measured once more.
 * @param {Where} where
 * @param {{ pattern: string; beside: string }} what
 */
export async function benchSteps(where, { pattern, beside }) {
  const { problems, old, json } = where;
  const libraries = [beside, old ? "old" : ""].filter(Boolean).join(",");
  const none = await visit(where, { only: "$^", beside: "" });
  const names = await namesOf(where, pattern, none.software);
  if (!json) heading(none);
  const { rows, lost } = await everyRow(names, {
    async measure(name) {
      const { rows } = await visit(where, { only: `^${name}$`, beside: libraries });
      return /** @type {Report["rows"][number]} */ (rows[0]);
    },
    broken({ entries }) {
      for (const each of entries)
        if ("error" in each && ["wgrad", "old"].includes(each.library))
          return `${each.library}: ${each.error}`;
    },
    async again() {
      problems.length = 0;
      await old?.serveAgain();
    },
    done: (row) => json || print(row),
  });
  if (lost.length > 0) process.exitCode = 1;
  return { ...none, rows, lost };
}

/** Names of the workloads that match. @param {Where} where @param {string} pattern @param {boolean} software */
async function namesOf({ page, url }, pattern, software) {
  await page.goto(`${url}demos/benchmark/?auto=0`, { timeout: LOAD_MS });
  const all = await page.evaluate(
    async (from, slow) => {
      const { workloads } = await import(/* @vite-ignore */ from);
      return /** @type {{ id: string }[]} */ (workloads(slow)).map(({ id }) => id);
    },
    `${url}demos/benchmark/workloads.ts`,
    software,
  );
  const only = new RegExp(pattern);
  const names = all.filter((id) => only.test(id));
  if (names.length > 0) return names;
  throw new Error(`expected part of the name of a row, got '${pattern}'; rows: ${all.join(", ")}`);
}

/**
 * What the page reports, opened at this address in a tab of its own: after some twenty visits a tab's process crashes.
 * @param {Where} where @param {Record<string, string>} address
 */
async function visit(where, address) {
  const page = await where.newPage();
  try {
    await page.evaluateOnNewDocument((/** @type {string | undefined} */ served) => {
      Object.assign(globalThis, { wgradOtherCommit: served });
    }, where.old?.url);
    return await reported({ ...where, page }, address);
  } finally {
    await page.close().catch(() => undefined); // it crashed
  }
}

/** @param {Where} where @param {Record<string, string>} address */
async function reported({ page, problems, url }, address) {
  const query = new URLSearchParams({ auto: "1", ...address });
  const until = Date.now() + ROW_MS;
  await page.goto(`${url}demos/benchmark/?${query}`, { timeout: LOAD_MS });
  while (Date.now() < until) {
    const demo = /** @type {Demo | undefined} */ (
      await page.evaluate(() => /** @type {{ wgradDemo?: object }} */ (globalThis).wgradDemo)
    );
    if (problems.length) throw new Error(problems.join("\n"));
    if (demo?.error) throw new Error(demo.error);
    if (demo?.result) return demo.result;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`it was not done after ${ROW_MS / 60_000} minutes`);
}

/** @param {Report} report */
function heading({ adapter, software }) {
  const note = software ? " (software adapter: not GPU timings)" : "";
  console.log(`wgrad: steps on ${adapter}${note}; medians of samples in turns`);
}

/** @param {Report["rows"][number]} row */
function print({ title, entries }) {
  console.log(title);
  const own = entries.find((entry) => "ms" in entry);
  for (const entry of entries) {
    if (!("ms" in entry)) {
      console.log(`  ${entry.library.padEnd(8)} failed: ${entry.error}`);
      continue;
    }
    const { library, ms, spread, js, counts, difference, agrees } = entry;
    const ratio = own && entry !== own ? `  ×${(ms / own.ms).toFixed(2)} the time` : "";
    const wide = `(${spread.map((each) => each.toFixed(1)).join("–")})`;
    const cost = `${counts.dispatches} dispatches  ${counts.submits} submits  ${js.toFixed(2)} ms JS`;
    const bytes = `${(counts.peakBytes / 1e6).toFixed(1)} MB`;
    const differs = agrees ? "" : `  ITS RESULT DIFFERS by ${difference.toExponential(1)}`;
    console.log(
      `  ${library.padEnd(8)} ${ms.toFixed(2).padStart(9)} ms ${wide}  ${cost}  ${bytes}${ratio}${differs}`,
    );
  }
}
