// Classical learning beside other libraries: SVC, K-Means, nearest neighbours, by number of samples.
/**
 * @typedef {import("../demos/benchmark/ml/measure.ts").Row} Row
 * @typedef {import("../demos/benchmark/ml/measure.ts").Opened} Opened
 * @typedef {{ page: import("puppeteer").Page; url: string; json: boolean }} Where
 */

/** Samples of each library on each workload; libraries take turns. */
const ROUNDS = 3;

/**
 * Measures the workloads that match the pattern in one page, and prints a table with the growth of each library's time.
 * @param {Where} where
 * @param {{ pattern: string }} what
 */
export async function benchMl({ page, url, json }, { pattern }) {
  await page.goto(`${url}package.json`, { timeout: 0 }); // any document of this origin
  const opened = await page.evaluate(open);
  const note = opened.software ? " (software adapter: not GPU timings)" : "";
  if (!json) console.log(`wgrad: classical learning on ${opened.adapter}${note}; medians in turns`);
  /** @type {Row[]} */
  const rows = [];
  for (let index = 0; index < opened.count; index++) {
    const row = await page.evaluate(measure, { index, pattern, rounds: ROUNDS });
    if (!row) continue;
    rows.push(row);
    if (!json) print(row);
  }
  const growth = growthOf(rows);
  if (!json) {
    for (const { name, library, exponent } of growth) {
      console.log(`${name}: ${library} grows as n^${exponent.toFixed(2)}`);
    }
  }
  return { ...opened, rows, growth };
}

/** Runs in the page. @returns {Promise<Opened>} */
async function open() {
  const path = "/demos/benchmark/ml/measure.ts";
  /** @type {typeof import("../demos/benchmark/ml/measure.ts")} */
  const bench = await import(path);
  return bench.open();
}

/** Runs in the page. @param {{ index: number; pattern: string; rounds: number }} what */
async function measure({ index, pattern, rounds }) {
  const path = "/demos/benchmark/ml/measure.ts";
  /** @type {typeof import("../demos/benchmark/ml/measure.ts")} */
  const bench = await import(path);
  return bench.measure(index, pattern, rounds);
}

/** @param {Row} row */
function print({ name, n, entries }) {
  console.log(`${name}, n = ${n}`);
  const own = entries[0]?.ms ?? Number.NaN;
  for (const { library, ms, spread, dispatches, submits, peakBytes } of entries) {
    const wide = `(${spread.map((each) => each.toFixed(1)).join("–")})`;
    const gpu = dispatches
      ? `  ${dispatches} dispatches  ${submits} submits  ${(peakBytes / 1e6).toFixed(1)} MB`
      : "";
    const ratio = library === entries[0]?.library ? "" : `  ×${(ms / own).toFixed(2)} the time`;
    console.log(`  ${library.padEnd(12)} ${ms.toFixed(1).padStart(9)} ms ${wide}${gpu}${ratio}`);
  }
}

/** Slopes of log time over log n, between the first and the last size of a workload. @param {Row[]} rows */
function growthOf(rows) {
  return [...new Set(rows.map(({ name }) => name))].flatMap((name) => {
    const sizes = rows.filter((row) => row.name === name);
    const [first, last] = [sizes[0], sizes.at(-1)];
    if (!first || !last || first === last) return [];
    return first.entries.map(({ library, ms }, k) => {
      const after = last.entries[k]?.ms ?? Number.NaN;
      return { name, library, exponent: Math.log(after / ms) / Math.log(last.n / first.n) };
    });
  });
}
