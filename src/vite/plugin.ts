import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import { boolean } from "../core/kinds.ts";
import { checked, options } from "../core/signature.ts";
import { wgslLibrary } from "../kernels/wgsl_library.ts";
import { declaration } from "../shader/declaration.ts";
import type { Folder } from "../shader/link.ts";
import { isLibraryPath, ownFolder } from "../shader/own_folder.ts";
import { partsOf, type ReadShader, readOwn } from "../shader/read_own.ts";
import type { Part } from "../shader/shader.ts";

/** Options of the plugin `wgsl`. */
export interface WgslOptions {
  /** Whether to write the types of `wave.wgsl` to `wave.wgsl.d.ts` beside it. Default true. */
  readonly types?: boolean;
}

/** The plugin: hooks that both Vite and Rollup call. */
export interface WgslPlugin {
  /** "wgrad:wgsl", the name in messages of Vite and Rollup. */
  readonly name: string;
  /** "pre": runs before plugins that would treat .wgsl files as assets. */
  readonly enforce: "pre";
  /** Receives the project's folder. */
  configResolved(config: { readonly root: string }): void;
  /** Turns a .wgsl file into a module. */
  load(
    this: { addWatchFile(file: string): void },
    id: string,
  ): { code: string; map: null; moduleSideEffects: false } | undefined;
}

/**
 * A plugin for Vite and Rollup: `import wave from "./wave.wgsl"` gives the linked shader for `kernel(wave, plan)` of
 * wgrad/kernels, its buffers, params, overrides and slots typed by the `wave.wgsl.d.ts` that is written beside it.
 *
 *     // vite.config.ts
 *     import { wgsl } from "wgrad/vite";
 *     export default { plugins: [wgsl()] };
 *
 * The WGSL is that of `shader(source)`. `//! use ./half.wgsl` brings the declarations of a file, and `//! use ./ops/* as op`
 * offers the files of a folder for a slot, both relative to the file of the directive; paths that begin with wgrad/ are those
 * of `wgslLibrary`. A change of any of these files reloads the shader. Imports with `?raw` or `?url` are left to Vite.
 *
 * Throws `ShaderError` with the file and line of a directive that cannot be followed, or WGSL that cannot be read. Errors of
 * the WGSL compiler are thrown when the kernel first runs, with file and line.
 */
export const wgsl = /* @__PURE__ */ checked(
  "wgsl",
  { options: /* @__PURE__ */ options<WgslOptions>({ types: boolean }) },
  ({ types = true }: WgslOptions = {}): WgslPlugin => {
    let root = process.cwd();
    return {
      name: "wgrad:wgsl",
      enforce: "pre",
      configResolved(config) {
        root = config.root;
      },
      load(id) {
        const [file = "", query = ""] = id.split("?");
        if (!file.endsWith(".wgsl") || /(^|&)(raw|url|inline)\b/.test(query)) return undefined;
        const shader = readOwn(pathIn(root, file), folderOf(root));
        if (types) writeTypes(file, shader);
        for (const part of partsOf(shader)) {
          if (!isLibraryPath(part.file)) this.addWatchFile(resolve(root, part.file));
        }
        return { code: moduleCode(shader), map: null, moduleSideEffects: false };
      },
    };
  },
);

/** Name of a file in errors, profiles and pipelines. "./" distinguishes it from paths of the library. */
const pathIn = (root: string, file: string): string =>
  `./${relative(root, file).replaceAll("\\", "/")}`;

function folderOf(root: string): Folder {
  const disk = {
    read: (path: string) =>
      existsSync(resolve(root, path)) ? readFileSync(resolve(root, path), "utf8") : undefined,
    list: (dir: string) =>
      existsSync(resolve(root, dir))
        ? readdirSync(resolve(root, dir))
            .filter((name) => name.endsWith(".wgsl"))
            .sort()
        : [],
  };
  return ownFolder(disk, wgslLibrary, (path) => {
    if (!isLibraryPath(path)) return "paths are relative to the file they stand in";
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const all = Object.keys(wgslLibrary);
    const there = all.filter((each) => each.startsWith(folder));
    const folders = new Set(all.map((each) => each.replace(/[^/]*$/, "*")));
    return `there are ${(there.length ? there : [...folders]).join(", ")}`;
  });
}

function writeTypes(file: string, shader: ReadShader): void {
  const to = `${file}.d.ts`;
  const text = declaration(shader, basename(file), "wgrad/kernels");
  if (!existsSync(to) || readFileSync(to, "utf8") !== text) writeFileSync(to, text);
}

/** Code of a module that exports the shader and contains each file once. */
function moduleCode(shader: ReadShader): string {
  const files = new Map<string, string>();
  const part = ({ file, text }: Part): string => {
    const known = files.get(file) ?? `const part${files.size} = ${JSON.stringify({ file, text })};`;
    files.set(file, known);
    return known.split(" ")[1] as string;
  };
  const list = (parts: readonly Part[]) => `[${parts.map(part)}]`;
  const slots = Object.entries(shader.slots).map(([slot, choices]) => {
    const all = Object.entries(choices).map(
      ([name, { parts, bindings }]) =>
        `${JSON.stringify(name)}: { parts: ${list(parts)}, bindings: ${JSON.stringify(bindings)} }`,
    );
    return `${slot}: { ${all} }`;
  });
  const { parts, slots: _, ...rest } = shader;
  const plain = JSON.stringify(rest).slice(1, -1);
  const value = `{ ${plain}, parts: ${list(parts)}, slots: { ${slots} } }`;
  return `${[...files.values()].join("\n")}\nexport default ${value};`;
}
