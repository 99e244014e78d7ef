// npm test [-- pattern]: installs what is missing, runs every lane and closes with "N passed, N failed".
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
const kernelCases = "tests/gpu/kernels.test.ts";

/** @param {string} name @param {() => Omit<Lane, "name" | "seconds">} run @returns {Lane} */
function lane(name, run) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  const result = run();
  return { name, ...result, seconds: (performance.now() - start) / 1000 };
}

function check() {
  const { status } = spawnSync("npm run --silent check", {
    cwd: root,
    stdio: "inherit",
    shell: true,
  });
  return { passed: 0, failed: status === 0 ? 0 : 1, files: [] };
}

/** One Vitest project. A lane that fails for another reason than a test, or runs none, counts one failure. */
function vitest(/** @type {string} */ project, /** @type {string | undefined} */ pattern) {
  const report = resolve(reports, `${project}.json`);
  rmSync(report, { force: true });
  const { status } = spawnSync(
    process.execPath,
    [
      resolve(root, "node_modules/vitest/vitest.mjs"),
      ...["run", "--project", project, "--reporter=default", "--reporter=json"],
      `--outputFile.json=${report}`,
      ...(pattern
        ? ["--passWithNoTests", "--testNamePattern", pattern.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")]
        : []),
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

/** "kernels: 412 cases passed in Chrome 156 on SwiftShader (software)", from what the tests noted about themselves. */
function kernelLine(/** @type {TestFile[]} */ files) {
  const tests = files
    .filter((file) => file.name.replaceAll("\\", "/").endsWith(kernelCases))
    .flatMap((file) => file.assertionResults)
    .filter((test) => test.status === "passed");
  const { browser, adapter } = tests.find((test) => test.meta?.adapter)?.meta ?? {};
  return adapter
    ? `kernels: ${tests.length} cases passed in ${browser} on ${adapter}`
    : "kernels: 0 cases passed";
}

install();
mkdirSync(reports, { recursive: true });
const { findChrome } = await import("./chrome.mjs");
try {
  process.env.CHROME_PATH = findChrome();
} catch (error) {
  fail(error instanceof Error ? error.message.replace("wgrad: ", "") : String(error));
}
const pattern = process.argv.slice(2).join(" ") || undefined;
const lanes = [
  ...(pattern ? [] : [lane("check", check)]),
  ...["unit", "gpu", "demos"].map((name) => lane(name, () => vitest(name, pattern))),
];
console.log();
for (const { name, seconds, passed, failed } of lanes) {
  console.log(
    `${name.padEnd(6)} ${seconds.toFixed(0).padStart(4)} s  ${passed} passed, ${failed} failed`,
  );
}
console.log(kernelLine(lanes.find(({ name }) => name === "gpu")?.files ?? []));
const passed = lanes.reduce((sum, { passed }) => sum + passed, 0);
const failed = lanes.reduce((sum, { failed }) => sum + failed, 0);
if (passed === 0)
  console.log(`wgrad: no test ran${pattern ? ` whose name contains '${pattern}'` : ""}`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);
