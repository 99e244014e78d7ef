// The last step of npm run check: publint and Are The Types Wrong check the package as npm would publish it. If nothing has
// changed since they last found no problem, they are not asked again. --later: leaves the check out, and says so.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, posix, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { entries } from "./entries.mjs";
import { fail, install, root } from "./install.mjs";
import { packed } from "./packed.mjs";

const tools = resolve(root, "tools");

/** A module of a package in tools/. @param {string} name */
const load = (name) =>
  import(pathToFileURL(createRequire(resolve(tools, "package.json")).resolve(name)).href);

/** Messages of publint about a package, suggestions included. @param {Uint8Array<ArrayBuffer>} tarball @returns {Promise<string[]>} */
export async function lint(tarball) {
  const [{ publint }, { formatMessage }] = await Promise.all(
    ["publint", "publint/utils"].map(load),
  );
  const { messages, pkg } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
  return messages.map((/** @type {unknown} */ each) => formatMessage(each, pkg, { color: false }));
}

/**
 * Problems that Are The Types Wrong finds in a package. Two are expected of a package of ES modules: `require` works only in
 * versions of Node that load such modules, and TypeScript's "node10" resolution ignores "exports".
 * @param {Uint8Array} tarball @param {readonly string[]} wanted entry points that it must have, "." the first
 * @returns {Promise<string[]>}
 */
export async function typeProblems(tarball, wanted) {
  const wrong = await load("@arethetypeswrong/core");
  const found = await wrong.checkPackage(withFolders(wrong.createPackageFromTarballData(tarball)));
  const { entrypoints = {}, problems = [] } = found; // both are absent if the package has no types
  const missing = wanted.filter((name) => !(name in entrypoints));
  const others = problems.filter(
    (/** @type {{ kind: string; resolutionKind?: string }} */ { kind, resolutionKind }) =>
      kind !== "CJSResolvesToESM" && resolutionKind !== "node10",
  );
  return [
    ...missing.map((name) => `no types of the entry point ${name}`),
    ...others.map((/** @type {{ trace?: unknown }} */ { trace: _, ...each }) =>
      JSON.stringify(each),
    ),
  ];
}

/**
 * Makes `directoryExists` look a folder up: it searches all 6,000 files of the package, which took nine tenths of the time.
 * @template {{ listFiles(): string[]; directoryExists(path: string): boolean }} P @param {P} files
 */
function withFolders(files) {
  const folders = new Set(["/"]);
  for (const file of files.listFiles()) {
    for (let at = posix.dirname(file); !folders.has(at); at = posix.dirname(at)) folders.add(at);
  }
  files.directoryExists = (path) => folders.has(path.replace(/\/+$/, "") || "/");
  return files;
}

async function check() {
  install(tools);
  const file = packed();
  const checked = resolve(dirname(file), "checked"); // packed() deletes it together with an old package
  const versions = createHash("sha256").update(readFileSync(resolve(tools, "package-lock.json")));
  const stamp = versions.digest("hex");
  if (existsSync(checked) && readFileSync(checked, "utf8") === stamp) return;
  const tarball = new Uint8Array(readFileSync(file));
  const names = entries().map(({ name }) => name.replace("wgrad", "."));
  const found = [...(await lint(tarball)), ...(await typeProblems(tarball, names))];
  if (found.length > 0) fail(`problems of the package: ${found.length}\n${found.join("\n")}`);
  writeFileSync(checked, stamp);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  if (process.argv.includes("--later"))
    console.log("wgrad: left out: the check of the package; npm run check has it");
  else await check();
}
