// npm run mutate [-- family] [--count 400] [--seed 1] [--all] [--json]: changes the shaders one operator, constant, index
// or barrier at a time and reports which changes no kernel case and no race test notices.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { openBrowser } from "./browser.mjs";
import { fail, install, root } from "./install.mjs";

/**
 * @typedef {import("../tests/mutate/run_mutant.ts").Mutant} Mutant
 * @typedef {import("../tests/mutate/run_mutant.ts").Verdict} Verdict
 * @typedef {{ file: string; code: string; from: string; to: string; why: string }} Explanation
 * @typedef {Mutant & Verdict & { code: string; why?: string }} Outcome
 */

/**
 * A mutant that runs longer than this counts as noticed: it does not end. The first one also waits until all kernels
 * are loaded.
 */
const PATIENCE = 60_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: "string", default: "400" },
    seed: { type: "string", default: "1" },
    all: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const [family = ""] = positionals;

install();
const { runnerImport } = await import("vite");
/** @type {{ module: typeof import("../src/testing/mutations.ts") }} */
const { module: mutations } = await runnerImport(resolve(root, "src/testing/mutations.ts"));
/** @type {{ module: typeof import("../src/core/rng.ts") }} */
const { module: rng } = await runnerImport(resolve(root, "src/core/rng.ts"));
/** @type {Explanation[]} */
const explanations = JSON.parse(readFileSync(resolve(root, "tests/mutate/explained.json"), "utf8"));

const mutants = chosen();
if (mutants.length === 0) fail(`no shader in a family '${family}' has anything to change`);
/** @type {Outcome[]} */
const outcomes = [];
let browser = await open();
const start = Date.now();
for (const mutant of mutants) {
  const verdict = await judge(mutant);
  const code = codeOf(mutant);
  const known = explanations.find((each) => explains(each, mutant, code));
  outcomes.push({ ...mutant, ...verdict, code, ...(known && { why: known.why }) });
  progress();
}
await browser.close();
report();

/**
 * Draws mutants by the seed, one from each file in turn, so that large files do not crowd out small ones. The files are in random
 * order: fewer mutants than files are then a sample of all families.
 */
function chosen() {
  const random = rng.seeded(Number(values.seed));
  const files = readdirSync(resolve(root, "shaders"), { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".wgsl") && path.startsWith(family))
    .sort();
  const queues = [...rng.permutation(files.length, random)].map((at) => {
    const file = /** @type {string} */ (files[at]);
    const all = mutations.mutationsOf(readFileSync(resolve(root, "shaders", file), "utf8"));
    const order = [...rng.permutation(all.length, random)];
    return order.map((i) => /** @type {Mutant} */ ({ file, ...all[i] }));
  });
  const count = values.all ? Number.POSITIVE_INFINITY : Number(values.count);
  /** @type {Mutant[]} */
  const list = [];
  for (
    let round = 0;
    list.length < count && queues.some((queue) => queue.length > round);
    round++
  ) {
    list.push(...queues.flatMap((queue) => queue[round] ?? []));
  }
  return list.slice(0, count);
}

async function open() {
  const opened = await openBrowser(".");
  await opened.page.goto(`${opened.url}package.json`, { timeout: 0 }); // any document of this origin
  return opened;
}

/** @param {Mutant} mutant @returns {Promise<Verdict>} */
async function judge(mutant) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((done) => {
    timer = setTimeout(() => done(undefined), PATIENCE * (outcomes.length ? 1 : 3));
  });
  const running = browser.page.evaluate(runMutant, mutant).catch((error) => String(error));
  const verdict = await Promise.race([running, late]);
  clearTimeout(timer);
  if (typeof verdict === "object") return /** @type {Verdict} */ (verdict);
  if (outcomes.length === 0 && verdict) fail(String(verdict));
  await browser.close(); // the page hangs, or the GPU process has crashed
  browser = await open();
  return { verdict: "killed", by: verdict ? String(verdict) : "it does not end", cases: 0 };
}

/** Runs in the page. @param {Mutant} mutant @returns {Promise<Verdict>} */
async function runMutant(mutant) {
  const path = "/tests/mutate/run_mutant.ts";
  /** @type {typeof import("../tests/mutate/run_mutant.ts")} */
  const module = await import(path);
  return module.runMutant(mutant);
}

/** The line that a mutant changes. @param {Mutant} mutant */
function codeOf({ file, line }) {
  const lines = readFileSync(resolve(root, "shaders", file), "utf8").split("\n");
  return (lines[line - 1] ?? "").trim();
}

/** @param {Explanation} each @param {Mutant} mutant @param {string} code */
function explains(each, { file, from, to }, code) {
  return each.file === file && each.code === code && each.from === from && each.to === to;
}

function progress() {
  if (values.json) return;
  const done = outcomes.length;
  if (done % 20 !== 0 && done !== mutants.length) return;
  const seconds = (Date.now() - start) / 1000;
  const left = Math.round((seconds / done) * (mutants.length - done));
  const survived = outcomes.filter(({ verdict }) => verdict === "survived").length;
  console.error(`${done}/${mutants.length} mutants, ${survived} survived, ${left} s left`);
}

function report() {
  const valid = outcomes.filter(({ verdict }) => verdict !== "invalid");
  const survivors = valid.filter(({ verdict }) => verdict === "survived");
  const open = survivors.filter(({ why }) => !why);
  const folder = resolve(root, ".gen/reports");
  mkdirSync(folder, { recursive: true });
  writeFileSync(resolve(folder, "mutants.json"), JSON.stringify(outcomes, null, 1));
  const summary = { mutants: valid.length, killed: valid.length - survivors.length };
  const invalid = outcomes.length - valid.length;
  const families = byFamily(valid);
  if (values.json) {
    console.log(JSON.stringify({ ...summary, invalid, families, survivors }));
  } else {
    console.table(families);
    for (const { file, line, code, from, to, why } of survivors) {
      console.log(`shaders/${file}:${line}: '${from}' → '${to}' survived`);
      console.log(
        `    ${code}\n    ${why ?? "not explained: give it a case, or say in tests/mutate/explained.json why it changes nothing"}`,
      );
    }
    const share = ((100 * survivors.length) / Math.max(valid.length, 1)).toFixed(1);
    console.log(
      `${valid.length} mutants: ${summary.killed} noticed, ${survivors.length} survived (${share} %), ` +
        `${open.length} of them unexplained; ${invalid} more did not compile`,
    );
  }
  process.exitCode = open.length ? 1 : 0;
}

/** @param {Outcome[]} list */
function byFamily(list) {
  /** @type {Record<string, { mutants: number; noticed: number; survived: number; explained: number }>} */
  const families = {};
  for (const { file, verdict, why } of list) {
    const name = file.split("/")[0] ?? "";
    const row = families[name] ?? { mutants: 0, noticed: 0, survived: 0, explained: 0 };
    families[name] = row;
    row.mutants += 1;
    if (verdict === "survived") row.survived += 1;
    else row.noticed += 1;
    if (verdict === "survived" && why) row.explained += 1;
  }
  return families;
}
