import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { ShaderError } from "../core/errors.ts";
import { type Folder, link } from "./link.ts";
import { reflect } from "./reflect.ts";
import {
  allOverrides,
  type Binding,
  type Field,
  isDtypeSlot,
  type Shader,
  type Struct,
} from "./shader.ts";

/** The shader folder on disk. */
export function diskFolder(root: string): Folder {
  return {
    read: (path) =>
      existsSync(resolve(root, path)) ? readFileSync(resolve(root, path), "utf8") : undefined,
    list: (dir) =>
      existsSync(resolve(root, dir))
        ? readdirSync(resolve(root, dir))
            .filter((name) => name.endsWith(".wgsl"))
            .sort()
        : [],
  };
}

/** Links and reflects one .wgsl file of `root`. */
export function loadShader(root: string, path: string): Shader {
  return reflect(path, link(path, diskFolder(root)));
}

/** Paths of every .wgsl file under `root`. */
export function listFiles(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".wgsl"))
    .sort();
}

/** Paths of every .wgsl file under `root` that has an entry point. */
export function listPrograms(root: string): string[] {
  return listFiles(root).filter((path) =>
    readFileSync(resolve(root, path), "utf8").includes("@compute"),
  );
}

/**
 * Writes the declaration of every program to `out`, touching only files that change, and returns how many there are.
 * Programs that do not link are left out and named in one `ShaderError` at the end.
 */
export function generateTypes(root: string, out: string): number {
  const programs = listPrograms(root);
  const broken: string[] = [];
  for (const path of programs) {
    try {
      writeDeclaration(loadShader(root, path), out);
    } catch (error) {
      if (!(error instanceof ShaderError)) throw error;
      broken.push(error.message);
    }
  }
  if (broken.length) throw new ShaderError(broken.join("\n"));
  return programs.length;
}

/** Writes `norm/stats.d.wgsl.ts` for `norm/stats.wgsl`. */
export function writeDeclaration(shader: Shader, out: string): void {
  const file = resolve(out, shader.path.replace(/\.wgsl$/, ".d.wgsl.ts"));
  const text = declaration(shader);
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const union = (names: readonly string[]) =>
  names.map((n) => JSON.stringify(n)).join(" | ") || "never";
const record = (entries: (readonly [string, string])[]) =>
  entries.length ? `{ ${entries.map(([name, type]) => `${name}: ${type}`).join("; ")} }` : "{}";
const dtypes = (bindings: readonly Binding[], ...access: Binding["access"][]) =>
  record(bindings.filter((b) => access.includes(b.access)).map((b) => [b.name, `"${b.dtype}"`]));

/** The generated TypeScript declaration of one shader module. */
export function declaration(shader: Shader): string {
  const brought = Object.values(shader.slots).flatMap((choices) =>
    Object.values(choices).flatMap((choice) => choice.bindings),
  );
  const optional = [...new Map(brought.map((b) => [b.name, b])).values()];
  const slots = Object.entries(shader.slots)
    .filter(([, choices]) => !isDtypeSlot(choices))
    .map(([slot, choices]) => [slot, union(Object.keys(choices))] as const);
  const bindings = [...shader.bindings, ...optional];
  const rows = bindings.flatMap(({ name, row }) => (row ? [[name, row.struct] as const] : []));
  const structs = new Map<string, string>();
  for (const { row } of bindings) if (row) addStruct(structs, row);
  const params = shader.params.map((field) => [field.name, typeOf(structs, field)] as const);
  return `// Generated from shaders/${shader.path}. Do not edit.
import type { Shader } from "wgrad:shader";
${[...structs].map(([name, type]) => `export type ${name} = ${type};\n`).join("")}declare const shader: Shader<{
  reads: ${dtypes(shader.bindings, "read")};
  optional: ${dtypes(optional, "read", "inout")};
  writes: ${dtypes(shader.bindings, "write")};
  inouts: ${dtypes(shader.bindings, "inout")};
  params: ${record(params)};
${rows.length ? `  rows: ${record(rows)};\n` : ""}  overrides: ${union(allOverrides(shader))};
  slots: ${record(slots)};
}>;
export default shader;
`;
}

/** The type of a member, after `structs` has those that it names. */
function typeOf(structs: Map<string, string>, field: Field): string {
  if (!("fields" in field)) return field.count === 1 ? "number" : "readonly number[]";
  addStruct(structs, field);
  return field.count === 1 ? field.struct : `readonly ${field.struct}[]`;
}

function addStruct(structs: Map<string, string>, { struct, fields }: Struct): void {
  structs.set(struct, record(fields.map((field) => [field.name, typeOf(structs, field)])));
}
