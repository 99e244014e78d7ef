import { ResourceType, type TypeInfo, WgslReflect } from "wgsl_reflect/wgsl_reflect.module.js";
import { ShaderError } from "../core/errors.ts";
import type { DType } from "../core/shape.ts";
import type { Linked } from "./link.ts";
import { type Binding, type Field, overrideNames, type Part, type Shader } from "./shader.ts";

/** Builds the runtime description of a linked program. Build time only. */
export function reflect(path: string, { parts, slots, inouts }: Linked): Shader {
  const describe = (extra: readonly Part[]) =>
    reflectBindings(path, [...extra, ...parts].map((p) => p.text).join("\n"), inouts);
  const firstChoices = Object.values(slots).flatMap((choices) => Object.values(choices)[0] ?? []);
  const all = describe(dedupe(firstChoices, parts));
  const declared = (files: readonly Part[]) => {
    const text = files.map((p) => p.text).join("\n");
    return (b: { name: string }) => new RegExp(`var<storage[^>]*>\\s+${b.name}\\b`).test(text);
  };
  const shaderSlots = Object.fromEntries(
    Object.entries(slots).map(([slot, choices]) => [
      slot,
      Object.fromEntries(
        Object.entries(choices).map(([name, files]) => {
          const others = Object.entries(slots)
            .filter(([other]) => other !== slot)
            .flatMap(([, list]) => Object.values(list)[0] ?? []);
          const { bindings } = describe(dedupe([...files, ...others], parts));
          const mine = bindings.filter(declared(files));
          return [name, { parts: files, bindings: mine, overrides: overrideNames(files) }];
        }),
      ),
    ]),
  );
  const everyPart = [
    ...parts,
    ...Object.values(slots).flatMap((choices) => Object.values(choices).flat()),
  ];
  return {
    path,
    parts,
    slots: shaderSlots,
    bindings: all.bindings.filter(declared(parts)),
    params: all.params,
    paramsSize: all.paramsSize,
    overrides: [...new Set(overrideNames(everyPart))],
  };
}

function dedupe(files: readonly Part[], without: readonly Part[]): Part[] {
  const seen = new Set(without.map((p) => p.file));
  return files.filter((p) => !seen.has(p.file) && seen.add(p.file));
}

interface Layout {
  bindings: Binding[];
  params: Field[];
  paramsSize: number;
}

function reflectBindings(path: string, code: string, inouts: readonly string[]): Layout {
  const reflection = new WgslReflect(code);
  const group = (reflection.getBindGroups()[0] ?? []).filter((v) => v !== undefined && v !== null);
  const uniform = group.find((v) => v.resourceType === ResourceType.Uniform);
  if (uniform && (uniform.name !== "params" || uniform.binding !== 0)) {
    throw new ShaderError(`${path}: the uniform is 'params' at binding 0, got '${uniform.name}'`);
  }
  return {
    bindings: group
      .filter((v) => v.resourceType === ResourceType.Storage)
      .map((v) => ({
        name: v.name,
        index: v.binding,
        access: v.access === "read" ? "read" : inouts.includes(v.name) ? "inout" : "write",
        dtype: scalars(path, v.name, elementType(v.type)).dtype,
      })),
    params: (uniform?.members ?? []).map((member) => {
      const { dtype, count } = scalars(path, member.name, member.type);
      return { name: member.name, type: dtype, offset: member.offset, count };
    }),
    paramsSize: uniform ? Math.ceil(uniform.size / 16) * 16 : 0,
  };
}

type Nested = TypeInfo & { format?: TypeInfo; count?: number };

function elementType(type: TypeInfo): TypeInfo {
  return (type as Nested).format ?? type;
}

/** `u32`, `vec4u`, `vec4<f32>`, `atomic<u32>` or `array<vec4u, 2>` as a scalar type and how many of them. */
function scalars(path: string, name: string, type: TypeInfo): { dtype: DType; count: number } {
  const { format, count = 1, name: typeName } = type as Nested;
  if (typeName === "f32" || typeName === "i32" || typeName === "u32") {
    return { dtype: typeName, count: 1 };
  }
  const short = /^vec([234])([fiu])$/.exec(typeName);
  if (short) {
    return { dtype: `${short[2] as "f" | "i" | "u"}32`, count: Number(short[1]) };
  }
  if (format) {
    const inner = scalars(path, name, format);
    const vector = /^vec([234])$/.exec(typeName);
    return { dtype: inner.dtype, count: inner.count * (vector ? Number(vector[1]) : count) };
  }
  throw new ShaderError(
    `${path}: '${name}' has type ${typeName}; use f32, i32, u32, vectors of them, or arrays of vec4`,
  );
}
