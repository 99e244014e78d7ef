// Writes the files of src/kernels that export the kernels, from the modules that exist: src/kernels/<family>/exports.ts
// and families.ts. They are committed, so that bundlers find the kernels without a plugin.
import { readdirSync, readFileSync } from "node:fs";

const root = "src/kernels";
const written = "Written by `node scripts/types.mjs`; do not edit. */";

/**
 * The kernel of a module: `export const name = kernel(shader, …)`, or a call of a function that makes several similar
 * kernels.
 */
const kernelOf = /^export const (\w+)(?:: [^=]+?)? =\s*(?:\/\*[^*]*\*\/\s*)?\w+\(\s*shader\b/m;
const kindsOf = /^export (?:const kinds\b|\{[^}]*\bkinds\b[^}]*\} from)/m;

/**
 * The lines that import a kernel and export it, with the kinds of its options.
 * @param {string} family @param {string} file
 */
function lines(family, file) {
  const text = readFileSync(`${root}/${family}/${file}`, "utf8");
  const [, name] = kernelOf.exec(text) ?? [];
  if (!name) return [];
  const kinds = kindsOf.test(text) ? `${name}Kinds` : undefined;
  const imported = `${name} as ${name}Kernel${kinds ? `, kinds as ${kinds}` : ""}`;
  const declared = `/* @__PURE__ */ declared(${name}Kernel, ${kinds ?? "() => ({})"})`;
  return [
    {
      imported: `import { ${imported} } from "./${file}";\n`,
      exported: `export const ${name}: Declared<typeof ${name}Kernel> = ${declared};\n`,
    },
  ];
}

/** The exports of a family. @param {string} family */
function family(family) {
  const all = readdirSync(`${root}/${family}`)
    .filter((file) => file.endsWith(".ts") && file !== "exports.ts")
    .sort()
    .flatMap((file) => lines(family, file));
  return [
    `/** The kernels of this folder, with the kinds of their options. ${written}\n`,
    'import { type Declared, declared } from "../declared.ts";\n',
    ...all.map(({ imported }) => imported),
    "\n",
    ...all.map(({ exported }) => exported),
  ].join("");
}

/** The text of every generated file, by path. @returns {Map<string, string>} */
export function kernelExports() {
  const families = readdirSync(root, { withFileTypes: true })
    .filter((each) => each.isDirectory())
    .map(({ name }) => name)
    .sort();
  const list = families.map((name) => `export * from "./${name}/exports.ts";\n`).join("");
  return new Map([
    ...families.map((name) => /** @type {const} */ ([`${root}/${name}/exports.ts`, family(name)])),
    [`${root}/families.ts`, `/** Every family of kernels. ${written}\n\n${list}`],
  ]);
}
