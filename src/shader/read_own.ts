/** Links and reads a user's own shader: at run time from strings, and in the plugin for bundlers. */
import { ShaderError } from "../core/errors.ts";
import { describeShader } from "./describe.ts";
import { type Folder, link } from "./link.ts";
import { isLibraryPath } from "./own_folder.ts";
import { readShader } from "./read.ts";
import type { Part, Shader } from "./shader.ts";

/** A shader, and the size of its workgroups as written: numbers, or names of overrides and constants. */
export type ReadShader = Shader & { readonly workgroupSize: readonly string[] };

/** Throws `ShaderError` with the file and line of a directive that cannot be followed or WGSL that cannot be read. */
export function readOwn(path: string, folder: Folder): ReadShader {
  const linked = link(path, folder);
  let workgroupSize: readonly string[] = [];
  const shader = describeShader(path, linked, {
    layout(_, code, inouts) {
      const read = readShader(path, code, inouts);
      workgroupSize = read.workgroupSize;
      return read;
    },
  });
  for (const part of partsOf(shader)) if (!isLibraryPath(part.file)) checkOverrides(part);
  return { ...shader, workgroupSize };
}

/** Every file of a shader, those of its slots' choices included. */
export function partsOf({ parts, slots }: Shader): Part[] {
  const choices = Object.values(slots).flatMap((each) => Object.values(each));
  return [...parts, ...choices.flatMap((choice) => choice.parts)];
}

/** Overrides must begin a line, since that is how they are found. */
function checkOverrides({ file, text }: Part): void {
  const indented = /^(?:[ \t]+override|.*@id\(.*\)\s*override)\b.*$/m.exec(text);
  if (!indented) return;
  const line = text.slice(0, indented.index).split("\n").length;
  throw new ShaderError(
    `${file}:${line}: expected 'override' at the beginning of a line, got '${indented[0].trim()}'; move it there`,
  );
}
