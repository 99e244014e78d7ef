import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { ShaderError } from "../core/errors.ts";
import { declaration } from "./declaration.ts";
import { type Folder, link } from "./link.ts";
import { reflect } from "./reflect.ts";
import type { Shader } from "./shader.ts";

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
export function listShaders(root: string): string[] {
  return listFiles(root).filter((path) =>
    readFileSync(resolve(root, path), "utf8").includes("@compute"),
  );
}

/**
 * Writes the declaration of every shader to `out`, writing only files that change. Returns the number of shaders.
 * Shaders that do not link are left out and named in one `ShaderError` at the end.
 */
export function generateTypes(root: string, out: string): number {
  const shaders = listShaders(root);
  const broken: string[] = [];
  for (const path of shaders) {
    try {
      writeDeclaration(loadShader(root, path), out);
    } catch (error) {
      if (!(error instanceof ShaderError)) throw error;
      broken.push(error.message);
    }
  }
  if (broken.length) throw new ShaderError(broken.join("\n"));
  return shaders.length;
}

/** Writes the declaration of one shader: `norm/stats.d.wgsl.ts` for `norm/stats.wgsl`. */
export function writeDeclaration(shader: Shader, out: string): void {
  const file = resolve(out, shader.path.replace(/\.wgsl$/, ".d.wgsl.ts"));
  const text = declaration(shader, `shaders/${shader.path}`, "wgrad:shader");
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
