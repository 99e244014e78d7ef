// npm run create -- ../my-app [--template training|kernel|classical]: a small complete project that uses the library.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { fail, root } from "./install.mjs";

/** The templates, and what each shows. */
export const templates = readdirSync(resolve(root, "templates")).sort();

/**
 * Copies a template into a folder that is empty or does not exist, as a project with the folder's name that takes the
 * library from `tarball`.
 * @param {string} folder @param {string} template @param {string} tarball
 */
export function createProject(folder, template, tarball) {
  if (!templates.includes(template)) {
    fail(`create: expected --template ${templates.join(", ")}, got ${template}`);
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    fail(`create: expected a folder that is not there yet, got ${folder}; choose another`);
  }
  cpSync(resolve(root, "templates", template), folder, {
    recursive: true,
    filter: (path) => !/[\\/](node_modules|dist)$/.test(path),
  });
  const file = resolve(folder, "package.json");
  const project = JSON.parse(readFileSync(file, "utf8"));
  project.name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9-._~]+/g, "-");
  project.dependencies.wgrad = `file:${relative(folder, tarball).replaceAll("\\", "/")}`;
  writeFileSync(file, `${JSON.stringify(project, null, 2)}\n`);
  writeFileSync(resolve(folder, ".gitignore"), "node_modules\ndist\n");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { template: { type: "string", default: "training" } },
  });
  const [path, ...more] = positionals;
  if (!path || more.length > 0) {
    fail(`create: expected one folder, got ${positionals.length}; npm run create -- ../my-app`);
  }
  const { name, version } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8"));
  const tarball = resolve(root, `${name}-${version}.tgz`);
  createProject(resolve(path), values.template, tarball);
  if (!existsSync(tarball)) {
    console.log("wgrad: packing the library (once; `npm run pack` packs it anew)");
    const { status } = spawnSync("npm run pack", { cwd: root, shell: true, stdio: "ignore" });
    if (status !== 0) fail("create: 'npm run pack' did not finish; run it to see why");
  }
  console.log(`wgrad: a project of template ${values.template} is in ${path}. Next:

    cd ${path}
    npm install
    npm run dev`);
}
