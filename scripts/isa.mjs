// npm run isa -- [filter] [--tool path] [--json]: what a compiler for real GPUs makes of the kernels: registers, spills,
// occupancy, and how much of the hottest loop's instructions multiply and add.
//
// The tool is a program of Node's, named by --tool or the environment variable WGRAD_ISA. `node TOOL FILE.wgsl --json`
// compiles final WGSL and prints one JSON object: { vgprs, spilledVgprs, ldsBytes, wavesPerSimd, fmaPerIssue }.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { fail, install, root } from "./install.mjs";

/**
 * @typedef {import("../src/testing/final_wgsl.ts").ShaderVariant} Variant
 * @typedef {{ vgprs: number; spilledVgprs: number; ldsBytes: number; wavesPerSimd: number; fmaPerIssue: number }} Figures
 */

const { values, positionals } = read();
const filter = positionals.join(" ");
const tool = findTool();
install();
const chosen = (await allVariants()).filter((each) =>
  `${each.kernel} ${each.case}`.includes(filter),
);
if (chosen.length === 0) fail(`no kernel or bench whose name contains '${filter}'`);

const folder = mkdtempSync(join(tmpdir(), "wgrad-isa-"));
try {
  if (!values.json) print("kernel", ["VGPRs", "spills", "LDS", "waves/SIMD", "fma/issue"]);
  const results = chosen.map(compile);
  if (values.json) console.log(JSON.stringify(results));
  if (results.some((each) => "error" in each)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

function read() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { tool: { type: "string" }, json: { type: "boolean", default: false } },
    });
  } catch (error) {
    return fail(
      `${error instanceof Error ? error.message : error}; see the top of scripts/isa.mjs`,
    );
  }
}

function findTool() {
  const path = values.tool ?? process.env.WGRAD_ISA;
  const how =
    "set WGRAD_ISA or --tool to a program that 'node PROGRAM FILE.wgsl --json' runs; the top of scripts/isa.mjs says " +
    "what it must print";
  if (!path) return fail(`isa: expected a shader compiler, got none; ${how}`);
  if (!existsSync(path)) return fail(`isa: there is no ${path}; ${how}`);
  return resolve(path);
}

/** @returns {Promise<Variant[]>} */
async function allVariants() {
  const { runnerImport } = await import("vite");
  /** @type {{ module: typeof import("../src/shader/plugin.ts") }} */
  const { module: plugin } = await runnerImport(resolve(root, "src/shader/plugin.ts"));
  const plugins = [
    plugin.wgsl({ root: resolve(root, "shaders"), types: resolve(root, ".gen/shaders") }),
  ];
  const config = { root, configFile: /** @type {const} */ (false), plugins };
  /** @type {{ module: typeof import("../src/testing/isa.ts") }} */
  const { module: isa } = await runnerImport(resolve(root, "src/testing/isa.ts"), config);
  return isa.allVariants();
}

/**
 * Compiles one variant and prints its row.
 * @param {Variant} variant @param {number} index
 */
function compile({ kernel, case: name, code }, index) {
  const file = join(folder, `${index}.wgsl`);
  writeFileSync(file, code);
  const run = spawnSync(process.execPath, [tool, file, "--json"], { cwd: root, encoding: "utf8" });
  const figures = run.status === 0 ? parse(run.stdout) : undefined;
  if (!figures) {
    const error = run.stderr.trim().split("\n").at(-1) || "the tool printed no figures";
    if (!values.json) console.log(`${kernel}: ${name}\n  ${error}`);
    return { kernel, case: name, error };
  }
  const { vgprs, spilledVgprs, ldsBytes, wavesPerSimd, fmaPerIssue } = figures;
  const row = [vgprs, spilledVgprs, ldsBytes, wavesPerSimd, fmaPerIssue.toFixed(3)];
  if (!values.json) print(`${kernel}: ${name}`, row);
  return { kernel, case: name, vgprs, spilledVgprs, ldsBytes, wavesPerSimd, fmaPerIssue };
}

/** @param {string} text @returns {Figures | undefined} */
function parse(text) {
  try {
    const figures = JSON.parse(text);
    return typeof figures.fmaPerIssue === "number" ? figures : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} name @param {readonly (string | number)[]} row */
function print(name, row) {
  console.log(`${name.slice(0, 60).padEnd(60)}${row.map((x) => String(x).padStart(11)).join("")}`);
}
