// Brings node_modules in line with package-lock.json. Imports `node:` modules only, because it runs in a fresh clone.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** Top folder of the repository. */
export const root = resolve(import.meta.dirname, "..");

const wanted = /** @type {const} */ ([20, 19]);

/** @param {string} file @returns {Record<string, { version?: string; optional?: boolean }>} */
const packagesOf = (file) => JSON.parse(readFileSync(file, "utf8")).packages;

/** True when every package that the lock file requires is installed in the locked version. @param {string} folder */
function upToDate(folder) {
  const installed = resolve(folder, "node_modules/.package-lock.json");
  if (!existsSync(installed)) return false;
  const have = packagesOf(installed);
  return Object.entries(packagesOf(resolve(folder, "package-lock.json")))
    .filter(([path, locked]) => path !== "" && !locked.optional)
    .every(([path, locked]) => have[path]?.version === locked.version);
}

/**
 * Checks Node's version, and runs `npm ci` in a folder with a package-lock.json if any locked package is missing.
 * @param {string} [folder]
 */
export function install(folder = root) {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
    fail(`expected Node ${wanted.join(".")} or newer, got ${process.versions.node}; update Node`);
  }
  if (upToDate(folder)) return;
  console.error("wgrad: installing what package-lock.json lists (once)");
  const npm = process.env.npm_execpath;
  const words = ["ci", "--include=dev"]; // also installs development packages where NODE_ENV is production
  /** @type {import("node:child_process").SpawnSyncOptions} */
  const options = { cwd: folder, stdio: ["ignore", 2, 2] };
  const { status } = npm?.endsWith(".js")
    ? spawnSync(process.execPath, [npm, ...words], options)
    : spawnSync(["npm", ...words].join(" "), { ...options, shell: true });
  if (status !== 0) fail("'npm ci' did not finish; its messages are above");
}

/**
 * Prints one line and ends the process.
 * @param {string} message
 * @returns {never}
 */
export function fail(message) {
  console.error(`wgrad: ${message}`);
  process.exit(1);
}

// run as a script: installs the packages of the repository, or of a folder in it
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  install(resolve(root, process.argv[2] ?? "."));
