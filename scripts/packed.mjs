// Builds and packs the library once for all tests that need the package, which are in two lanes of npm test.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { resolve } from "node:path";
import { root } from "./install.mjs";

const folder = resolve(root, ".gen/packed");
const stamp = resolve(folder, "stamp");

/** Files and folders from which the library and the package are made. */
const inputs = [
  ...["src", "shaders", "scripts", "package.json", "package-lock.json", "tsconfig.json"],
  ...["README.md", "LICENSE"],
];

/** Paths of the files at or below a path of the repository. @param {string} path @returns {string[]} */
function filesOf(path) {
  const full = resolve(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesOf(`${path}/${name}`));
}

/** Hash of everything the package is made from, and of dist as the last build left it. */
function hash() {
  const sum = createHash("sha256");
  for (const file of inputs.flatMap(filesOf))
    sum.update(file).update(readFileSync(resolve(root, file)));
  const built = readdirSync(resolve(root, "dist")).filter((name) => name !== "site");
  for (const file of built.flatMap((name) => filesOf(`dist/${name}`))) {
    const { size, mtimeMs } = statSync(resolve(root, file));
    sum.update(`${file} ${size} ${mtimeMs}`);
  }
  return sum.digest("hex");
}

/** @param {string} command @param {string[]} words */
function run(command, ...words) {
  const { VITEST: _, ...env } = process.env; // vite.config.ts builds pages, not tests
  const shell = process.platform === "win32";
  const { status, stdout, stderr } = spawnSync(command, words, {
    ...{ cwd: root, env, shell, encoding: "utf8" },
  });
  if (status !== 0) throw new Error(`${command} ${words.join(" ")} failed:\n${stdout}${stderr}`);
}

/** Path of the most recent package. */
export function packageFile() {
  const [name] = readdirSync(folder).filter((each) => each.endsWith(".tgz"));
  if (!name)
    throw new Error("packageFile: expected a package in .gen/packed, got none; call packed()");
  return resolve(folder, name);
}

/**
 * Builds and packs again if anything has changed since the last time; returns the path of the package, which matches
 * dist.
 */
export function packed() {
  const dist = resolve(root, "dist");
  if (!existsSync(stamp) || !existsSync(dist) || readFileSync(stamp, "utf8") !== hash()) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    run(process.execPath, "scripts/build.mjs", "--library");
    run("npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", folder);
    writeFileSync(stamp, hash());
  }
  return packageFile();
}
