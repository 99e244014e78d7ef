import { type VariableInfo, WgslReflect } from "wgsl_reflect/wgsl_reflect.module.js";
import { ShaderError } from "../core/errors.ts";
import { messageOf } from "../core/realm.ts";
import { withoutBodies } from "./bodies.ts";
import { describeShader, type Layout } from "./describe.ts";
import type { Linked } from "./link.ts";
import { elementOf, fieldsOf } from "./reflect_types.ts";
import { locate, type Shader } from "./shader.ts";

/** Builds the runtime description of a shader. Build time only. */
export const reflect = (path: string, linked: Linked): Shader =>
  describeShader(path, linked, { layout, check: parse });

function layout(path: string, code: string, inouts: readonly string[]): Layout {
  const { uniforms, storage } = parse(path, code);
  checkPlaces(path, uniforms, storage);
  const [uniform] = uniforms;
  return {
    bindings: storage
      .toSorted((a, b) => a.binding - b.binding)
      .map((v) => ({
        name: v.name,
        index: v.binding,
        access: v.access === "read" ? "read" : inouts.includes(v.name) ? "inout" : "write",
        ...elementOf(path, v.name, v.type),
      })),
    params: fieldsOf(path, uniform?.members ?? [], "uniform"),
    paramsSize: uniform ? Math.ceil(uniform.size / 16) * 16 : 0,
  };
}

/** Checks bindings: one uniform, `params` at binding 0, and every storage buffer in group 0 at its own binding. */
function checkPlaces(
  path: string,
  uniforms: readonly VariableInfo[],
  storage: readonly VariableInfo[],
): void {
  const place = ({ name, group, binding }: VariableInfo) =>
    `${path}: '${name}' is at @group(${group}) @binding(${binding})`;
  for (const uniform of uniforms) {
    if (uniform.name === "params" && uniform.group === 0 && uniform.binding === 0) continue;
    throw new ShaderError(
      `${place(uniform)}, expected one uniform, 'params' at @group(0) @binding(0); ` +
        "gather what the kernel needs in struct Params",
    );
  }
  const taken = new Map(uniforms.map(({ binding, name }) => [binding, name]));
  for (const buffer of storage) {
    const other = taken.get(buffer.binding);
    if (other !== undefined || buffer.group !== 0) {
      throw new ShaderError(
        `${place(buffer)}, expected group 0 and a binding that nothing else has` +
          `${other ? `, but '${other}' has it` : ""}; number them params, reads, writes`,
      );
    }
    taken.set(buffer.binding, buffer.name);
  }
}

/** Bodies of functions that parse. */
const parsed = new Set<string>();

/**
 * Parses WGSL; a mistake in it names the file and line it is in. A function's body is parsed once: shaders share most of
 * their functions, a shader is parsed once for each choice of its slots, and layouts do not depend on bodies.
 */
function parse(path: string, code: string): WgslReflect {
  const { rest, bodies } = withoutBodies(code, parsed);
  try {
    const read = new WgslReflect(rest);
    for (const body of bodies) parsed.add(body);
    return read;
  } catch (cause) {
    const message = messageOf(cause);
    const line = /line:? (\d+)/i.exec(message);
    const at = line ? locate(code, Number(line[1])) : { file: path, line: 1 };
    throw new ShaderError(`shaders/${at.file}:${at.line}: ${message.split(". Line")[0]}`, {
      cause,
    });
  }
}
