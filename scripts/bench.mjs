// npm run bench -- [pattern] [--against family/kernel]   the kernels' benches
// npm run bench -- steps [pattern] [--beside jax,tfjs]    whole training steps and single layers, or only the rows so named
// npm run bench -- ml [pattern]                           classical learning beside other libraries, by number of samples
// npm run bench -- inference [pattern] [--size 224] [--rounds 24]   whole networks, one image, beside other libraries
// kernels and steps: [--since commit] the same beside what it was at a commit; all: [--json]
import { parseArgs } from "node:util";
import { commitTree } from "./bench_commit.mjs";
import { benchInference } from "./bench_inference.mjs";
import { benchKernels } from "./bench_kernels.mjs";
import { benchMl } from "./bench_ml.mjs";
import { benchSteps } from "./bench_steps.mjs";
import { openBrowser } from "./browser.mjs";
import { fail, install } from "./install.mjs";

const options = /** @type {const} */ ({
  against: { type: "string" },
  beside: { type: "string", default: "" },
  since: { type: "string" },
  size: { type: "string" },
  rounds: { type: "string" },
  json: { type: "boolean", default: false },
});
const { values, positionals } = read();
install();

const [first, ...rest] = positionals;
const steps = first === "steps";
const ml = first === "ml";
const inference = first === "inference";
if ((ml || inference) && (values.against || values.since))
  fail(`${first} has its own libraries beside it: no --against, no --since`);
if (!inference && (values.size || values.rounds)) fail("--size and --rounds are for inference");
if (steps && values.against) fail("--against is for kernels; steps take --beside jax,tfjs");
if (!steps && values.beside) fail("--beside is for steps: npm run bench -- steps --beside jax");

const old = values.since ? await commitTree(values.since) : undefined;
const browser = await openBrowser(".", { others: true });
try {
  const report = await measure({ ...browser, old, json: values.json });
  if (values.json) console.log(JSON.stringify({ ...report, since: values.since }));
} catch (error) {
  console.error(`wgrad: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  await browser.close();
  await old?.close();
}

/** @param {import("./bench_steps.mjs").Where} where */
function measure(where) {
  const { beside, against, size, rounds } = values;
  const pattern = rest.join(" ");
  if (ml) return benchMl(where, { pattern });
  if (inference) return benchInference(where, { pattern, size, rounds });
  if (steps) return benchSteps(where, { pattern, beside });
  return benchKernels(where, { pattern: positionals.join(" "), against });
}

function read() {
  try {
    return parseArgs({ args: process.argv.slice(2), options, allowPositionals: true });
  } catch (error) {
    return fail(
      `${error instanceof Error ? error.message : error}; see the top of scripts/bench.mjs`,
    );
  }
}
