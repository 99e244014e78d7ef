// npm run bench [-- pattern] [--against family/kernel]: times the kernels' benches in headless Chrome.
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { openBrowser } from "./browser.mjs";
import { fail, install, root } from "./install.mjs";

/**
 * @typedef {import("../src/testing/bench.ts").Timing} Timing
 * @typedef {{ adapter: string; software: boolean }} Where
 */

const words = process.argv.slice(2);
const flag = words.indexOf("--against");
const against = flag < 0 ? undefined : words.splice(flag, 2)[1];
const pattern = words.join(" ");

install();
const kernels = readdirSync(resolve(root, "src/kernels"), { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/").replace(/\.ts$/, ""))
  .filter((name) => /^\w+\/\w+$/.test(name))
  .filter((name) =>
    readFileSync(resolve(root, `src/kernels/${name}.ts`), "utf8").includes("kernel("),
  )
  .sort();
if (against && !kernels.includes(against)) {
  fail(`--against expected a kernel, got '${against}'; there are: ${kernels.join(", ")}`);
}

const { page, url, close } = await openBrowser(".");
try {
  await page.goto(`${url}package.json`, { timeout: 0 }); // any document of this origin will do
  const { adapter, software } = await page.evaluate(adapterName);
  const note = software ? " (software adapter: not GPU timings)" : "";
  console.log(`wgrad: benches on ${adapter}${note}`);
  let timed = 0;
  for (const name of kernels) {
    const groups = await page.evaluate(benchNames, name, pattern);
    for (const each of groups) {
      timed += 1;
      const timings = await page.evaluate(
        timeBench,
        name,
        each,
        against === name ? undefined : against,
      );
      print(timings);
    }
  }
  if (timed === 0) fail(`no bench whose name contains '${pattern}'`);
  console.log(`wgrad: ${timed} benches, medians${note}`);
} catch (error) {
  console.error(`wgrad: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  await close();
}

/** Runs in the page: who computes. @returns {Promise<Where>} */
async function adapterName() {
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
 * Runs in the page: times one bench, and another kernel on the same inputs beside it.
 * @param {string} kernel @param {string} name @param {string | undefined} against
 * @returns {Promise<Timing[]>}
 */
async function timeBench(kernel, name, against) {
  const paths = ["/src/testing/bench.ts", "/src/testing/run_case.ts", "/src/gpu/adapter.ts"];
  const [{ bench }, { kernelModule }, { describeAdapter }] = await Promise.all(
    paths.map((path) => import(path)),
  );
  const { benchDevice: device } = /** @type {{ benchDevice: GPUDevice }} */ (
    /** @type {unknown} */ (globalThis)
  );
  const module = kernelModule(await import(`/src/kernels/${kernel}.ts`));
  const each = module.benches.find((/** @type {{ name: string }} */ b) => b.name === name);
  const items = [{ name: `${kernel} ${name}`, module, case: each }];
  if (against) {
    const other = kernelModule(await import(`/src/kernels/${against}.ts`));
    items.push({ name: `${against} ${name}`, module: other, case: each });
  }
  return bench(device, items, { timestamps: !describeAdapter(device.adapterInfo).software });
}

/** @param {Timing[]} timings */
function print(timings) {
  const [first] = timings;
  for (const { name, ms, gflops, bandwidth, dispatches, by } of timings) {
    const ratio = first && name !== first.name ? `  ×${(ms / first.ms).toFixed(2)} the time` : "";
    const speed = `${number(gflops)} GFLOP/s  ${number(bandwidth)} GB/s`;
    console.log(
      `${name.padEnd(52)} ${number(ms)} ms  ${speed}  ${dispatches} dispatches by ${by}${ratio}`,
    );
  }
}

function number(/** @type {number} */ value) {
  return (value < 100 ? value.toPrecision(3) : value.toFixed(0)).padStart(8);
}
