// A small complete project that uses the library, from one of templates/: what `npm create wgrad` does once the two packages are
// published, and `npm run create` from a clone. Only node: imports here: it is a package of its own.
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import { parseArgs } from "node:util";

const folderOfTemplates = resolve(import.meta.dirname, "templates");

/** What there is. */
export const templates = readdirSync(folderOfTemplates).sort();

/**
 * Writes a template's files into a folder that is not there yet or empty, as a project of the folder's name.
 * @param {string} folder @param {string} template
 * @param {string} [library] version of the library or path of its tarball; default the version that the template names
 */
export function createProject(folder, template, library) {
  if (!templates.includes(template)) {
    throw new Error(
      `create: expected --template ${templates.join(", ")}, got ${template}; choose one of these`,
    );
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Error(
      `create: expected a folder that is not there yet, got ${folder}; choose another`,
    );
  }
  cpSync(resolve(folderOfTemplates, template), folder, {
    recursive: true,
    filter: (path) => !/[\\/](node_modules|dist)$/.test(relative(folderOfTemplates, path)),
  });
  const file = resolve(folder, "package.json");
  const project = JSON.parse(readFileSync(file, "utf8"));
  project.name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9-._~]+/g, "-");
  if (library) project.dependencies.wgrad = specOf(library, folder);
  writeFileSync(file, `${JSON.stringify(project, null, 2)}\n`);
  writeFileSync(resolve(folder, ".gitignore"), "node_modules\ndist\n");
}

/** What package.json calls a version, or a tarball from the project's folder. @param {string} library @param {string} folder */
function specOf(library, folder) {
  if (!library.endsWith(".tgz")) return library;
  return `file:${relative(folder, resolve(library)).replaceAll("\\", "/")}`;
}

/** @param {string[]} words @param {string} [library] */
function optionsIn(words, library) {
  try {
    return parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        template: { type: "string", default: "training" },
        library: { type: "string", ...(library && { default: library }) },
      },
    });
  } catch {
    throw new Error(
      `create: expected a folder, --template <name> and --library <tarball or version>, got ${words.join(" ")}; leave out what ` +
        "is none of these",
    );
  }
}

/**
 * The command: makes a project and says what comes next. What cannot be done is one line, and the process ends.
 * @param {string[]} words of the command line
 * @param {string} example a command that works, for messages
 * @param {string} [library] what the project takes where no --library is given
 * @param {() => void} [before] done before it says what comes next
 */
export function create(words, example, library, before) {
  try {
    const { values, positionals } = optionsIn(words, library);
    const [path, ...more] = positionals;
    if (!path || more.length > 0) {
      throw new Error(`create: expected one folder, got ${positionals.length}; ${example}`);
    }
    createProject(resolve(path), values.template, values.library);
    before?.();
    console.log(`wgrad: a project of template ${values.template} is in ${path}. Next:

    cd ${path}
    npm install
    npm run dev`);
  } catch (error) {
    console.error(`wgrad: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
}
