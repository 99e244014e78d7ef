// npm test [-- pattern]: installs what is missing, runs every lane and closes with "N passed, N failed".
// npm test -- --changed [commit]: the tests near what differs from a commit, HEAD unless named (scripts/changed.mjs)
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { fail, install, root } from "./install.mjs";

/**
 * @typedef {{ status: string; meta?: { adapter?: string; browser?: string } }} Test
 * @typedef {{ name: string; status: string; message?: string; assertionResults: Test[] }} TestFile
 * @typedef {{ name: string; passed: number; failed: number; seconds: number; files: TestFile[] }} Lane
 */

const reports = resolve(root, ".gen/reports");
/** Projects of Vitest, in this order; the tests of each are in a folder of tests/ with its name. */
const projects = ["unit", "gpu", "demos", "package"];

/** @param {string} name @param {() => Omit<Lane, "name" | "seconds">} run @returns {Lane} */
function lane(name, run) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  const result = run();
  return { name, ...result, seconds: (performance.now() - start) / 1000 };
}

/** @param {string} [words] for scripts/check_package.mjs, which npm run check ends with */
function check(words = "") {
  const { status } = spawnSync(`npm run --silent check -- ${words}`, {
    cwd: root,
    stdio: "inherit",
    shell: true,
  });
  return { passed: 0, failed: status === 0 ? 0 : 1, files: [] };
}

/**
 * Runs one Vitest project, or some of its files. A lane that fails for another reason than a test, or runs none, counts
 * as one failure.
 * @param {string} project @param {string | undefined} pattern a regular expression for names of tests
 * @param {string[]} only
 */
function vitest(project, pattern, only = []) {
  const report = resolve(reports, `${project}.json`);
  rmSync(report, { force: true });
  const { status } = spawnSync(
    process.execPath,
    [
      resolve(root, "node_modules/vitest/vitest.mjs"),
      ...["run", "--project", project, "--reporter=default", "--reporter=json"],
      `--outputFile.json=${report}`,
      ...(pattern ? ["--passWithNoTests", "--testNamePattern", pattern] : []),
      ...only,
    ],
    { cwd: root, stdio: ["ignore", "inherit", "inherit"] },
  );
  /** @type {TestFile[]} */
  const files = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")).testResults : [];
  const tests = files.flatMap((file) => file.assertionResults);
  const passed = tests.filter((test) => test.status === "passed").length;
  const failed = tests.filter((test) => test.status === "failed").length;
  const broken = failed === 0 && (status !== 0 || (passed === 0 && !pattern));
  return { passed, failed: broken ? 1 : failed, files };
}

/** For example "kernels: 412 cases passed in Chrome 156 on SwiftShader (software)", from the meta data of the tests. */
function kernelLine(/** @type {TestFile[]} */ files) {
  const tests = files
    .flatMap((file) => file.assertionResults)
    .filter((test) => test.status === "passed" && test.meta?.adapter);
  const { browser, adapter } = tests[0]?.meta ?? {};
  return adapter
    ? `kernels: ${tests.length} cases passed in ${browser} on ${adapter}`
    : "kernels: 0 cases passed";
}

/** @returns {Lane[]} */
function everything() {
  const escaped = pattern?.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return [
    ...(pattern ? [] : [lane("check", () => check())]),
    ...projects.map((name) => lane(name, () => vitest(name, escaped))),
  ];
}

/** Tests near what was changed since a commit. @param {string} since @returns {Promise<Lane[]>} */
async function nearChanges(since) {
  const { reached, caseNames, perKernel, perOp } = await import("./changed.mjs");
  const { changed, tests, kernels, families, leftOut } = reached(since);
  const names = [...kernels, ...(await caseNames(families))];
  console.log(`wgrad: changed since ${since}: ${changed.join(", ") || "nothing"}`);
  const shared = new Set([...(kernels.length ? perKernel : []), ...(families.length ? perOp : [])]);
  const cases = `^(${names.join("|")}) `;
  const lanes = changed.length ? [lane("check", () => check("--later"))] : [];
  for (const project of projects) {
    const files = tests.filter((file) => file.startsWith(`tests/${project}/`));
    const some = [...shared].filter((file) => file.startsWith(`tests/${project}/`));
    if (files.length) lanes.push(lane(project, () => vitest(project, undefined, files)));
    if (some.length) lanes.push(lane(`${project}, cases`, () => vitest(project, cases, some)));
  }
  if (leftOut.length) {
    const far = `${leftOut.length} test files that reach the change from further away`;
    console.log(`\nwgrad: left out: ${far}; npm test runs them`);
  }
  return lanes;
}

install();
mkdirSync(reports, { recursive: true });
const { findChrome } = await import("./chrome.mjs");
try {
  process.env.CHROME_PATH = findChrome();
} catch (error) {
  fail(error instanceof Error ? error.message.replace("wgrad: ", "") : String(error));
}
const [first, ...rest] = process.argv.slice(2);
const changed = first === "--changed";
const pattern = changed ? undefined : [first, ...rest].filter(Boolean).join(" ") || undefined;
const lanes = changed ? await nearChanges(rest[0] ?? "HEAD") : everything();
console.log();
for (const { name, seconds, passed, failed } of lanes) {
  console.log(
    `${name.padEnd(11)} ${seconds.toFixed(0).padStart(4)} s  ${passed} passed, ${failed} failed`,
  );
}
console.log(kernelLine(lanes.flatMap(({ files }) => files)));
const passed = lanes.reduce((sum, { passed }) => sum + passed, 0);
const failed = lanes.reduce((sum, { failed }) => sum + failed, 0);
if (passed === 0)
  console.log(`wgrad: no test ran${pattern ? ` whose name contains '${pattern}'` : ""}`);
process.exitCode = failed === 0 && (passed > 0 || lanes.length === 0) ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);
