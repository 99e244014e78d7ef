// Builds the package and the demo site once for all tests that need them. They are kept, and built again only when
// something that they are made from has changed.
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

/**
 * Something that is built once. `inputs`: files and folders from which it is made. `inside`: the folder where it is built,
 * except for what is named in `others`. `stamp`: the file with the hash of both, written after the build.
 * @typedef {{ stamp: string; inputs: readonly string[]; inside: string; others: readonly string[] }} Kept
 */

const scripts = ["src", "shaders", "scripts", "package.json", "package-lock.json", "tsconfig.json"];
/** @type {Kept} */
const library = {
  stamp: resolve(folder, "stamp"),
  inputs: [...scripts, "README.md", "LICENSE", "demos/kernels", "demos/shared", "demos/words/en"],
  inside: "dist",
  others: ["site"],
};
/** @type {Kept} */
const site = {
  stamp: resolve(root, ".gen/site_stamp"),
  inputs: [...scripts, "demos", "vite.config.ts"],
  inside: "dist/site",
  others: ["docs"], // npm run docs writes them
};

/** Paths of the files at or below a path of the repository. @param {string} path @returns {string[]} */
function filesOf(path) {
  const full = resolve(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesOf(`${path}/${name}`));
}

/** Hash of everything it is made from, and of the files as the last build left them. @param {Kept} kept */
function hash({ inputs, inside, others }) {
  const sum = createHash("sha256");
  for (const file of inputs.flatMap(filesOf))
    sum.update(file).update(readFileSync(resolve(root, file)));
  const built = readdirSync(resolve(root, inside)).filter((name) => !others.includes(name));
  for (const file of built.sort().flatMap((name) => filesOf(`${inside}/${name}`))) {
    const { size, mtimeMs } = statSync(resolve(root, file));
    sum.update(`${file} ${size} ${mtimeMs}`);
  }
  return sum.digest("hex");
}

/** Calls `build` unless nothing has changed since the last call. @param {Kept} kept @param {() => void} build */
function once(kept, build) {
  const { stamp, inside } = kept;
  const built = existsSync(stamp) && existsSync(resolve(root, inside));
  if (built && readFileSync(stamp, "utf8") === hash(kept)) return;
  build();
  writeFileSync(stamp, hash(kept));
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

/** Builds and packs the library if anything has changed; returns the path of the package, which matches dist. */
export function packed() {
  once(library, () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    run(process.execPath, "scripts/build.mjs", "--library");
    run("npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", folder);
  });
  return packageFile();
}

/** Builds the library and dist/site, without its documentation, if anything has changed. */
export function builtSite() {
  packed();
  once(site, () => run(process.execPath, "scripts/site.mjs"));
}
