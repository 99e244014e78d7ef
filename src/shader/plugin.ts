import { resolve } from "node:path";
import { normalizePath, type Plugin } from "vite";
import { generateTypes, loadShader, writeDeclaration } from "./generate.ts";

/**
 * Vite plugin: `import shader from "#shaders/norm/stats.wgsl"` gives the linked and reflected program, typed by a
 * declaration written to `types` whenever the shader is loaded.
 */
export function wgsl({ root, types }: { root: string; types: string }): Plugin {
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
      const [file = ""] = id.split("?");
      if (!file.endsWith(".wgsl") || !file.startsWith(folder)) return undefined;
      const shader = loadShader(root, file.slice(folder.length));
      writeDeclaration(shader, types);
      const files = [
        ...shader.parts,
        ...Object.values(shader.slots).flatMap((choices) =>
          Object.values(choices).flatMap((choice) => choice.parts),
        ),
      ];
      for (const part of files) this.addWatchFile(resolve(root, part.file));
      return { code: `export default ${JSON.stringify(shader)};`, map: null };
    },
  };
}
