// The kernels' benches, timed in a page.
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fail, root } from "./install.mjs";

/**
 * @typedef {import("../src/testing/bench.ts").Timing} Timing
 * @typedef {{ adapter: string; software: boolean }} Adapter
 * @typedef {import("./bench_commit.mjs").Commit} Commit
 * @typedef {{ page: import("puppeteer").Page; url: string; old: Commit | undefined; json: boolean }} Where
 */

/**
 * Times every bench whose name contains the pattern, another kernel or another commit beside it, and prints a table.
 * @param {Where} where
 * @param {{ pattern: string; against: string | undefined }} what
 */
export async function benchKernels({ page, url, old, json }, { pattern, against }) {
  const kernels = kernelNames();
  if (against && !kernels.includes(against)) {
    fail(`--against expected a kernel, got '${against}'; there are: ${kernels.join(", ")}`);
  }
  await page.goto(`${url}package.json`, { timeout: 0 }); // any document of this origin
  const { adapter, software } = await page.evaluate(openDevice);
  const note = software ? " (software adapter: not GPU timings)" : "";
  /** @type {Timing[][]} */
  const groups = [];
  if (!json) console.log(`wgrad: benches on ${adapter}${note}`);
  for (const name of kernels) {
    for (const each of await page.evaluate(benchNames, name, pattern)) {
      const other = against === name ? undefined : against;
      const what = { kernel: name, name: each, other, old: old?.url };
      const timings = await page.evaluate(timeBench, what);
      groups.push(timings);
      if (!json) print(timings);
    }
  }
  if (groups.length === 0) fail(`no bench whose name contains '${pattern}'`);
  if (!json) console.log(`wgrad: ${groups.length} benches, medians of samples in turns${note}`);
  return { adapter, software, groups };
}

function kernelNames() {
  return readdirSync(resolve(root, "src/kernels"), { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/").replace(/\.ts$/, ""))
    .filter((name) => /^\w+\/\w+$/.test(name))
    .filter((name) =>
      readFileSync(resolve(root, `src/kernels/${name}.ts`), "utf8").includes("kernel("),
    )
    .sort();
}

/** Runs in the page: names the adapter. @returns {Promise<Adapter>} */
async function openDevice() {
  const path = "/src/gpu/adapter.ts";
  /** @type {typeof import("../src/gpu/adapter.ts")} */
  const gpu = await import(path);
  const device = await gpu.requestDevice(await gpu.requestAdapter());
  Object.assign(globalThis, { benchDevice: device });
  const { name, software } = gpu.describeAdapter(device.adapterInfo);
  return { adapter: name, software };
}

/**
 * Runs in the page: the benches of a kernel whose full name contains the pattern.
 * @param {string} kernel @param {string} pattern
 */
async function benchNames(kernel, pattern) {
  const { benches = [] } = await import(`/src/kernels/${kernel}.ts`);
  /** @type {string[]} */
  const names = benches.map((/** @type {{ name: string }} */ each) => each.name);
  return names.filter((name) => `${kernel} ${name}`.includes(pattern));
}

/**
 * Runs in the page: times one bench, and beside it the same inputs with another kernel or at another commit.
 * @param {{ kernel: string; name: string; other: string | undefined; old: string | undefined }} what
 * @returns {Promise<Timing[]>}
 */
async function timeBench({ kernel, name, other, old }) {
  const load = (/** @type {string} */ path, from = "/") => import(`${from}src/${path}.ts`);
  const { bench } = await load("testing/bench");
  const { kernelModule } = await load("testing/run_case");
  const { describeAdapter } = await load("gpu/adapter");
  const { benchDevice: device } = /** @type {{ benchDevice: GPUDevice }} */ (
    /** @type {unknown} */ (globalThis)
  );
  const module = kernelModule(await load(`kernels/${kernel}`));
  const named = (/** @type {{ name: string }} */ each) => each.name === name;
  const each = module.benches.find(named);
  const items = [{ name: `${kernel} ${name}`, module, case: each }];
  if (other) {
    const against = kernelModule(await load(`kernels/${other}`));
    items.push({ name: `${other} ${name}`, module: against, case: each });
  }
  if (old) {
    const before = await load(`kernels/${kernel}`, old).catch(() => undefined);
    const was = before?.benches?.find(named);
    const { openBench: open } = await load("testing/bench", old);
    const run = await load("testing/run_case", old);
    const item = { name: `before: ${kernel} ${name}`, module: before, case: was };
    if (was) items.push(Object.assign(item, { module: run.kernelModule(before), open }));
  }
  return bench(device, items, { timestamps: !describeAdapter(device.adapterInfo).software });
}

/** @param {Timing[]} timings */
function print(timings) {
  const [first] = timings;
  for (const { name, ms, spread, gflops, bandwidth, dispatches, by } of timings) {
    const ratio = first && name !== first.name ? `  ×${(ms / first.ms).toFixed(2)} the time` : "";
    const width = `${number(spread[0]).trim()}–${number(spread[1]).trim()}`.padEnd(13);
    const speed = `${number(gflops)} GFLOP/s  ${number(bandwidth)} GB/s`;
    console.log(
      `${name.padEnd(52)} ${number(ms)} ms (${width})  ${speed}  ${dispatches} by ${by}${ratio}`,
    );
  }
}

function number(/** @type {number} */ value) {
  return (value < 100 ? value.toPrecision(3) : value.toFixed(0)).padStart(8);
}
