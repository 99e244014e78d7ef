import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { normalizePath, type Plugin } from "vite";
import {
  type CompactPart,
  compactBindings,
  compactParams,
  compactStructs,
  leanPart,
} from "./compact.ts";
import { diskFolder, generateTypes, listFiles, loadShader, writeDeclaration } from "./generate.ts";
import { type Folder, link } from "./link.ts";
import type { Part, Shader, SlotChoice } from "./shader.ts";
import { shortNames } from "./short_names.ts";
import { shorten } from "./shorten.ts";

export interface ShadersOptions {
  /** The shader folder. */
  readonly root: string;
  /** Folder the declarations are written to. */
  readonly types: string;
  /** Shortens the WGSL and leaves out file names, so that pages download less. Default false. */
  readonly lean?: boolean;
}

/**
 * Vite plugin: `import shader from "#shaders/norm/stats.wgsl"` gives the linked shader with what reflection found, typed by a
 * declaration written to `types` whenever the shader is loaded. A file that several shaders use is one module, so a
 * bundle holds it once.
 */
export function wgsl({ root, types, lean = false }: ShadersOptions): Plugin {
  const folder = `${normalizePath(root)}/`;
  let typed = false; // one plugin may serve several Vite environments
  const short = lean ? leanText(root) : undefined;
  return {
    name: "wgsl",
    enforce: "pre",
    buildStart() {
      if (typed) return;
      typed = true;
      try {
        generateTypes(root, types);
      } catch (error) {
        this.warn(String(error)); // fatal only for modules that import the shader: load throws it again
      }
    },
    resolveId(id) {
      return id.startsWith("#shaders/") ? resolve(root, id.slice("#shaders/".length)) : undefined;
    },
    load(id) {
      const [path = "", query = ""] = id.split("?");
      if (!path.endsWith(".wgsl") || !path.startsWith(folder)) return undefined;
      const file = path.slice(folder.length);
      if (query === "choices") return { code: choicesCode(root, dirname(file)), map: null };
      if (query === "text") {
        return { code: `export default ${JSON.stringify(readFileSync(path, "utf8"))};`, map: null };
      }
      if (/\bpart\b/.test(query)) {
        const text = readFileSync(path, "utf8");
        const part: CompactPart = short?.(file, text) ?? { file, text };
        return { code: `export default ${JSON.stringify(part)};`, map: null };
      }
      const shader = loadShader(root, file);
      writeDeclaration(shader, types);
      for (const part of allParts(shader)) this.addWatchFile(resolve(root, part));
      return { code: shaderCode(shader, folder), map: null };
    },
  };
}

/** The shortened text of a file, as pages download it. */
function leanText(root: string): (file: string, text: string) => string {
  const named = shortNames(
    listFiles(root).map((file) => [file, readFileSync(resolve(root, file), "utf8")]),
  );
  return (file, text) => leanPart(file, named(file, shorten(text)));
}

function allParts({ parts, slots }: Shader): string[] {
  const choices = Object.values(slots).flatMap((each) => Object.values(each));
  const files = [...parts, ...choices.flatMap((choice) => choice.parts)].map(({ file }) => file);
  return [...new Set(files)];
}

/** A module that imports the shader's files and exports it. */
function shaderCode(shader: Shader, folder: string): string {
  const { path, parts, bindings, params, paramsSize } = shader;
  const code = new ModuleCode(folder);
  const slots = Object.entries(shader.slots).map(([slot, choices]) => {
    const all = Object.entries(choices);
    const [[, first] = []] = all;
    const shared = `${first?.parts.at(-1)?.file}`;
    const others = choicesIn(diskFolder(folder), dirname(shared));
    const own = all.some(
      ([name, { parts, bindings }]) =>
        bindings.length || parts.length > (others[name]?.length ?? 0),
    );
    return `${slot}:${own ? code.choices(all) : code.imported(`${shared}?choices`)}`;
  });
  const texts = [compactBindings(bindings), compactParams(params)].map((text) =>
    JSON.stringify(text),
  );
  const given = [JSON.stringify(path), code.list(parts), ...texts, paramsSize, `{${slots}}`];
  const structs = compactStructs(params, bindings);
  if (Object.keys(structs).length > 0) given.push(JSON.stringify(structs));
  const expand = resolve(import.meta.dirname, "compact.ts");
  return `import { expand } from ${JSON.stringify(expand)};\n${code.exporting(`/* @__PURE__ */ expand(${given})`)}`;
}

/** The files of each choice of a slot, without those that follow from the choice. */
function choicesIn(disk: Folder, dir: string): Readonly<Record<string, readonly Part[]>> {
  const { slots } = link("choices", {
    ...disk,
    read: (path) => (path === "choices" ? `//! use ${dir}/* as choices` : disk.read(path)),
  });
  return slots.choices ?? {};
}

/**
 * The files of a slot's choices, if no choice declares a buffer and nothing follows from a choice: one module for all
 * shaders with the slot.
 */
function choicesCode(root: string, dir: string): string {
  const code = new ModuleCode(`${normalizePath(root)}/`);
  const all = Object.entries(choicesIn(diskFolder(root), dir));
  return code.exporting(code.choices(all.map(([name, parts]) => [name, { parts, bindings: [] }])));
}

/** Collects the imports of a module while its export is written. */
class ModuleCode {
  readonly #names = new Map<string, string>();

  constructor(readonly folder: string) {}

  /** The default export of another module of the shader folder. */
  imported(id: string): string {
    const name = this.#names.get(id) ?? `_${this.#names.size}`;
    this.#names.set(id, name);
    return name;
  }

  list(parts: readonly Part[], ...more: readonly string[]): string {
    return `[${[...parts.map(({ file }) => this.imported(`${file}?part`)), ...more]}]`;
  }

  choices(all: readonly (readonly [string, SlotChoice])[]): string {
    const each = all.map(([name, { parts, bindings }]) => {
      const texts = bindings.length ? [JSON.stringify([compactBindings(bindings)])] : [];
      return `${JSON.stringify(name)}:${this.list(parts, ...texts)}`;
    });
    return `{${each}}`;
  }

  /** The module, with this as its default export. */
  exporting(value: string): string {
    const imports = [...this.#names].map(
      ([id, name]) => `import ${name} from ${JSON.stringify(this.folder + id)};\n`,
    );
    return `${imports.join("")}export default ${value};`;
  }
}
