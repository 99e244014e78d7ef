// Whole steps, measured by the benchmark page in headless Chrome.

/**
 * @typedef {import("../demos/benchmark/report.ts").Report} Report
 * @typedef {{ progress: { done: number; total: number; text: string }; result?: Report; error?: string }} Demo
 * @typedef {{ page: import("puppeteer").Page; problems: string[]; url: string; old: string | undefined; json: boolean }} Where
 */

/**
 * Has the page measure the workloads that match the pattern, beside other libraries or another commit, and prints a
 * table.
 * @param {Where} where
 * @param {{ pattern: string; beside: string }} what
 */
export async function benchSteps({ page, problems, url, old, json }, { pattern, beside }) {
  const libraries = [beside, old ? "old" : ""].filter(Boolean).join(",");
  const query = new URLSearchParams({
    auto: "1",
    only: pattern,
    beside: libraries,
  });
  await page.evaluateOnNewDocument((/** @type {string | undefined} */ served) => {
    Object.assign(globalThis, { wgradOtherCommit: served });
  }, old);
  await page.goto(`${url}demos/benchmark/?${query}`, { timeout: 0 });
  let shown = "";
  for (;;) {
    const demo = /** @type {Demo | undefined} */ (
      await page.evaluate(() => /** @type {{ wgradDemo?: object }} */ (globalThis).wgradDemo)
    );
    if (problems.length) throw new Error(problems.join("\n"));
    if (demo?.error) throw new Error(demo.error);
    if (demo?.result) {
      if (!json) print(demo.result);
      return demo.result;
    }
    const { done = 0, total = 1, text = "" } = demo?.progress ?? {};
    if (text !== shown) console.error(`wgrad: ${done} of ${total}: ${text}`);
    shown = text;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** @param {Report} report */
function print({ adapter, software, rows }) {
  const note = software ? " (software adapter: not GPU timings)" : "";
  console.log(`wgrad: steps on ${adapter}${note}; medians of samples in turns`);
  for (const { title, entries } of rows) {
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
}
