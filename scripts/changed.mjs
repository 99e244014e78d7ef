// Finds the tests that a change can reach, by imports: `npm test -- --changed` runs them and lists what it leaves out.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, posix, relative, resolve } from "node:path";
import { entries } from "./entries.mjs";
import { fail, root } from "./install.mjs";

/**
 * @typedef {object} Reached
 * @property {string[]} changed files, relative to the repository
 * @property {string[]} tests test files that reach a change by one or two imports, none of them an entry point of the package
 * @property {string[]} kernels `family/name` of kernels that are changed, or whose shader uses one that is
 * @property {string[]} families files of operations' cases that reach one by at most four imports, without their ending
 * @property {string[]} leftOut test files that reach one from further away, as programs of users do
 */

/** Tests that run every kernel or every operation: only the cases of those that are reached are run. */
export const perKernel = ["tests/gpu/cases.test.ts", "tests/unit/kernels/races.test.ts"];
export const perOp = ["tests/gpu/cases.test.ts"];
/**
 * A test that imports this file counts as importing what it imports: it is then as near to the engine as tests that
 * call `init()`.
 */
const engineOfTests = "tests/support/shared_device.ts";

/**
 * What the difference between the working tree and a commit can reach.
 * @param {string} since
 * @returns {Reached}
 */
export function reached(since) {
  const changed = [
    ...git("diff", "--name-only", since),
    ...git("ls-files", "--others", "--exclude-standard"),
  ];
  const files = listed("src", "shaders", "tests", "demos", "scripts");
  const graph = new Map(files.map((file) => [file, importsOf(file, files)]));
  for (const names of graph.values()) {
    if (names.includes(engineOfTests)) names.push(...(graph.get(engineOfTests) ?? []));
  }
  const doors = new Set(entries().map(({ source }) => source));
  const hit = new Set(changed);
  /**
   * Whether a file reaches a change by at most `imports` imports; those among shaders do not count, and paths through
   * `closed` files are ignored.
   */
  const reaches = (/** @type {string} */ start, imports = Infinity, closed = new Set()) => {
    const steps = new Map([[start, 0]]);
    for (const [file, step] of steps) {
      if (hit.has(file)) return true;
      if (closed.has(file)) continue;
      for (const next of graph.get(file) ?? []) {
        const further = next.endsWith(".wgsl") ? step : step + 1;
        if (further <= imports && !steps.has(next)) steps.set(next, further);
      }
    }
    return false;
  };
  const all = files.filter((file) => /^tests\/.*\.test\.ts$/.test(file));
  const shared = [...perKernel, ...perOp];
  const tests = all.filter((file) => !shared.includes(file) && reaches(file, 2, doors));
  const own = /^src\/kernels\/(\w+\/\w+)\.ts$/;
  const cases = /^src\/((?:ops|loss)\/[\w/]+)_cases\.ts$/;
  return {
    changed,
    tests,
    kernels: named(files, own).filter(
      (name) => files.includes(`shaders/${name}.wgsl`) && reaches(`src/kernels/${name}.ts`, 0),
    ),
    families: named(files, cases).filter((name) => reaches(`src/${name}_cases.ts`, 4, doors)),
    leftOut: all.filter((file) => !shared.includes(file) && !tests.includes(file) && reaches(file)),
  };
}

/**
 * "op conv2d", as tests are named, of every operation with cases in these files.
 * @param {string[]} families
 */
export async function caseNames(families) {
  const { runnerImport } = await import("vite");
  const names = [];
  for (const family of families) {
    const file = resolve(root, `src/${family}_cases.ts`);
    /** @type {{ module: { cases: object } }} */
    const { module } = await runnerImport(file, { configFile: resolve(root, "vite.config.ts") });
    names.push(...Object.keys(module.cases).map((name) => `op ${name}`));
  }
  return names;
}

/** @param {string[]} files @param {RegExp} pattern */
const named = (files, pattern) => files.flatMap((file) => pattern.exec(file)?.[1] ?? []);

/** @param {string[]} folders */
function listed(...folders) {
  return folders.flatMap((folder) =>
    readdirSync(resolve(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|mjs|wgsl)$/.test(entry.name))
      .map((entry) => relative(root, resolve(entry.parentPath, entry.name)).replaceAll("\\", "/")),
  );
}

/**
 * Files of the repository that a file imports, in TypeScript or by WGSL's `//! use`.
 * @param {string} file @param {string[]} files
 */
function importsOf(file, files) {
  const text = readFileSync(resolve(root, file), "utf8");
  if (file.endsWith(".wgsl")) {
    return [...text.matchAll(/^\/\/! use (\S+)/gm)].flatMap(([, path = ""]) => {
      const folder = `shaders/${path.replace(/\*$/, "")}`;
      return path.endsWith("*")
        ? files.filter((each) => each.startsWith(folder))
        : [`shaders/${path}`];
    });
  }
  const doors = new Map(entries().map(({ name, source }) => [name, source]));
  const words = /(?:\bfrom\s*|\bimport\s*\(?\s*(?:\/\*.*?\*\/\s*)?)["'`]([^"'`]+)["'`]/g;
  return [...text.matchAll(words)].flatMap(([, path = ""]) => {
    if (path.startsWith("#shaders/")) return [`shaders/${path.slice(9)}`];
    if (path.startsWith(".")) return [posix.join(dirname(file), path)];
    return doors.get(path) ?? [];
  });
}

/** @param {string[]} words */
function git(...words) {
  const { status, stdout, stderr } = spawnSync("git", words, { cwd: root, encoding: "utf8" });
  if (status !== 0) fail(`git ${words.join(" ")}: ${stderr.trim()}`);
  return stdout.split("\n").filter((line) => line !== "" && existsSync(resolve(root, line)));
}
