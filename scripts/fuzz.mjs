// npm run fuzz -- files|graphs|api|faults [--count 2000] [--seed 1]: tries damaged files, random graphs, estimators on
// random data sets, and trainings that are hit by a fault. npm run fuzz -- soak [--steps 100000] [--recoveries 2000]:
// checks that memory does not grow. --count is the number of each kind; a failure prints how the input was made, and
// the same seed makes it again.
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { fail, install, root } from "./install.mjs";

/** @typedef {{ project: string; files: string[]; names?: string }} Part */

/** @type {Readonly<Record<string, Part[]>>} */
const kinds = {
  files: [
    {
      project: "unit",
      files: [
        ...["npy", "safetensors", "torch", "onnx", "tfjs"].map((name) => `unit/io/${name}.test`),
        ...["unit/data/data.test", "unit/data/csv.test", "unit/train/checkpoint_fuzz.test"],
      ],
      names: "damaged|stranger",
    },
    { project: "gpu", files: ["gpu/ml/saved_fuzz.test"] },
  ],
  graphs: [{ project: "gpu", files: ["gpu/tensor/graphs_fuzz.test"] }],
  api: [{ project: "gpu", files: ["gpu/ml/estimators_fuzz.test"] }],
  faults: [{ project: "gpu", files: ["gpu/chaos/faults.test"] }],
  soak: [{ project: "gpu", files: ["gpu/chaos/soak.test"] }],
};

const { kind, count, seed, steps, recoveries } = read();
const soak = kind === "soak" ? { VITE_SOAK_STEPS: steps, VITE_SOAK_RECOVERIES: recoveries } : {};
install();
let failed = false;
for (const { project, files, names } of kinds[kind] ?? []) {
  const { status } = spawnSync(
    process.execPath,
    [
      resolve(root, "node_modules/vitest/vitest.mjs"),
      ...["run", "--project", project, ...(names ? ["--testNamePattern", names] : [])],
      ...files.map((file) => `tests/${file}`),
    ],
    {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, VITE_FUZZ: count, VITE_FUZZ_SEED: seed, ...soak },
    },
  );
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;

function read() {
  const { values, positionals } = parsed();
  const [kind = "", ...rest] = positionals;
  if (!Object.hasOwn(kinds, kind) || rest.length > 0) {
    fail(`expected ${Object.keys(kinds).join(" or ")}, got '${positionals.join(" ")}'`);
  }
  for (const [name, value] of Object.entries(values)) {
    if (!/^[1-9]\d*$/.test(value)) fail(`expected --${name} an integer ≥ 1, got '${value}'`);
  }
  return { kind, ...values };
}

function parsed() {
  const options = /** @type {const} */ ({
    count: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    steps: { type: "string", default: "100000" },
    recoveries: { type: "string", default: "2000" },
  });
  try {
    return parseArgs({ args: process.argv.slice(2), options, allowPositionals: true });
  } catch (error) {
    return fail(
      `${error instanceof Error ? error.message : error}; see the top of scripts/fuzz.mjs`,
    );
  }
}
