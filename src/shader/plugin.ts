import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { normalizePath, type Plugin } from "vite";
import { generateTypes, loadShader, writeDeclaration } from "./generate.ts";
import type { Part, Shader } from "./shader.ts";

export interface WgslOptions {
  /** The shader folder. */
  readonly root: string;
  /** Where the declarations go. */
  readonly types: string;
  /** Leaves the comments out, every line in its place, so that what visitors download is smaller. Default false. */
  readonly lean?: boolean;
}

/**
 * Vite plugin: `import shader from "#shaders/norm/stats.wgsl"` gives the linked and reflected program, typed by a
 * declaration written to `types` whenever the shader is loaded. A file that several programs use is one module, so a
 * bundle holds it once.
 */
export function wgsl({ root, types, lean = false }: WgslOptions): Plugin {
  const folder = `${normalizePath(root)}/`;
  let typed = false; // one plugin may serve several Vite environments
  return {
    name: "wgsl",
    enforce: "pre",
    buildStart() {
      if (typed) return;
      typed = true;
      try {
        generateTypes(root, types);
      } catch (error) {
        this.warn(String(error)); // fatal only for who imports the shader, in load
      }
    },
    resolveId(id) {
      return id.startsWith("#shaders/") ? resolve(root, id.slice("#shaders/".length)) : undefined;
    },
    load(id) {
      const [path = "", query = ""] = id.split("?");
      if (!path.endsWith(".wgsl") || !path.startsWith(folder)) return undefined;
      const file = path.slice(folder.length);
      if (/\bpart\b/.test(query)) {
        const text = readFileSync(path, "utf8");
        const part: Part = { file, text: lean ? withoutComments(text) : text };
        return { code: `export default ${JSON.stringify(part)};`, map: null };
      }
      const shader = loadShader(root, file);
      writeDeclaration(shader, types);
      for (const part of allParts(shader)) this.addWatchFile(resolve(root, part));
      return { code: moduleCode(shader, folder), map: null };
    },
  };
}

/** WGSL has no strings, so every `//` begins a comment; spaces around these signs mean nothing. */
function withoutComments(text: string): string {
  return text
    .replace(/[ \t]*\/\/.*$/gm, "")
    .replace(/^[ \t]+/gm, "")
    .replace(/ ?([,;:{}()=+<>]) ?/g, "$1");
}

function allParts({ parts, slots }: Shader): string[] {
  const choices = Object.values(slots).flatMap((each) => Object.values(each));
  const files = [...parts, ...choices.flatMap((choice) => choice.parts)].map(({ file }) => file);
  return [...new Set(files)];
}

/** A module that imports the program's files and exports the program. */
function moduleCode(shader: Shader, folder: string): string {
  const files = allParts(shader);
  const imports = files.map((file, i) => `import part${i} from "${folder}${file}?part";`);
  const isPart = (value: unknown): value is Part =>
    typeof value === "object" && value !== null && "file" in value && "text" in value;
  const json = JSON.stringify(shader, (_, value: unknown) =>
    isPart(value) ? `part ${files.indexOf(value.file)}` : value,
  );
  const program = json.replace(/"part (\d+)"/g, "part$1");
  return `${imports.join("\n")}\nexport default ${program};`;
}
