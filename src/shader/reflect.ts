import { type VariableInfo, WgslReflect } from "wgsl_reflect/wgsl_reflect.module.js";
import { ShaderError } from "../core/errors.ts";
import type { Linked } from "./link.ts";
import { elementOf, fieldsOf } from "./reflect_types.ts";
import {
  type Binding,
  type Field,
  isDtypeSlot,
  join,
  locate,
  type Part,
  type Shader,
} from "./shader.ts";

/** Builds the runtime description of a linked program. Build time only. */
export function reflect(path: string, { parts, slots, inouts }: Linked): Shader {
  const describe = (extra: readonly Part[]) => layout(path, join([...extra, ...parts]), inouts);
  const dtypes = Object.keys(slots).filter((slot) => isDtypeSlot(slots[slot] ?? {}));
  /** One choice a slot, f32 for memory, but another type where `other` names the slot. */
  const firstChoices = (without?: string, other?: string) => {
    const inOrder = [...dtypes, ...Object.keys(slots)]; // what says how memory looks before those who use it
    return [...new Set(inOrder)].flatMap((slot) => {
      const { f32, ...others } = slots[slot] ?? {};
      if (slot === without) return [];
      const [first] = Object.values(others);
      return (slot === other ? first : (f32 ?? first)) ?? [];
    });
  };
  /** Notes which slot decides as what a binding's elements lie in memory: with another type there, they are of it. */
  const stored = (files: readonly Part[], without?: string): Binding[] => {
    const found = dtypes.map((slot) => ({
      slot,
      bindings: describe([...firstChoices(without, slot), ...files]).bindings,
    }));
    return describe([...firstChoices(without), ...files]).bindings.map((binding) => {
      const changed = ({ name, dtype }: Binding) =>
        name === binding.name && dtype !== binding.dtype;
      const by = found.find(({ bindings }) => bindings.some(changed));
      return by ? { ...binding, slot: by.slot } : binding;
    });
  };
  const choice = (slot: string, files: readonly Part[]) => {
    const code = join(files);
    // most choices bring no buffer: parsing them alone is enough, and much faster
    const brings = code.includes("var<storage");
    const bindings = brings ? stored(files, slot).filter(declaredIn(files)) : [];
    if (!brings) parse(path, code);
    return { parts: files, bindings };
  };
  const filled = mapValues(slots, (choices, slot) =>
    mapValues(choices, (files) => choice(slot, files)),
  );
  const choices = Object.values(filled).flatMap((each) => Object.values(each));
  const whole = describe(firstChoices());
  const bindings = stored([]).filter(declaredIn(parts));
  checkInouts(path, inouts, [...bindings, ...choices.flatMap((each) => each.bindings)]);
  return {
    path,
    parts,
    slots: filled,
    bindings,
    params: whole.params,
    paramsSize: whole.paramsSize,
  };
}

function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  map: (value: T, key: string) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}

function declaredIn(files: readonly Part[]): (binding: Binding) => boolean {
  const text = files.map((part) => part.text).join("\n");
  return ({ name }) => new RegExp(`var<storage[^>]*>\\s+${name}\\b`).test(text);
}

function checkInouts(
  path: string,
  inouts: readonly string[],
  bindings: readonly Pick<Binding, "name" | "access">[],
): void {
  for (const name of inouts) {
    if (bindings.some((b) => b.name === name && b.access === "inout")) continue;
    throw new ShaderError(
      `${path}: '//! inout ${name}' names no read_write buffer; correct the name or delete the line`,
    );
  }
}

interface Layout {
  bindings: Binding[];
  params: Field[];
  paramsSize: number;
}

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

/** One uniform, `params` at binding 0; every storage buffer in group 0 at a binding of its own. */
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

/** Parses WGSL; a mistake in it names the file and line it is in. */
function parse(path: string, code: string): WgslReflect {
  try {
    return new WgslReflect(code);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const line = /line:? (\d+)/i.exec(message);
    const at = line ? locate(code, Number(line[1])) : { file: path, line: 1 };
    throw new ShaderError(`shaders/${at.file}:${at.line}: ${message.split(". Line")[0]}`, {
      cause,
    });
  }
}
