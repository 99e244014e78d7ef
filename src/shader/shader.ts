import { ShaderError } from "../core/errors.ts";
import type { DType } from "../core/shape.ts";

/** One file of a linked program. */
export interface Part {
  /** Its path under shaders/; in the built library `lib/` for those in that folder, and nothing for others. */
  readonly file: string;
  readonly text: string;
}

/** A buffer the program binds, as reflection found it. */
export interface Binding {
  readonly name: string;
  readonly index: number;
  readonly access: "read" | "write" | "inout";
  /** Of its elements, where nothing else is asked for. */
  readonly dtype: DType;
  /** The slot that says as what its elements lie in memory. */
  readonly slot?: string;
}

/** As what the elements of some bindings lie in memory, by those slots; f32 unless given. */
export type BindingDtypes = Readonly<Record<string, DType>>;

/** A member of `struct Params`. Vectors and arrays of vec4 are flat: `count` scalars in a row. */
export interface Field {
  readonly name: string;
  readonly type: Exclude<DType, "f16">;
  readonly offset: number;
  readonly count: number;
}

/** What a shader's types say: generated from reflection, one per .wgsl file with an entry point. */
export interface Signature {
  readonly reads: object;
  readonly optional: object;
  readonly writes: object;
  readonly inouts: object;
  readonly params: object;
  readonly overrides: string;
  // strings, so that "relu" in a plan keeps its literal type
  readonly slots: Readonly<Record<string, string>>;
}

/** A linked WGSL program and what reflection says about it. Made by the Vite plugin; immutable. */
export interface Shader<S extends Signature = Signature> {
  /** Path under shaders/, for example `norm/stats.wgsl`. */
  readonly path: string;
  readonly parts: readonly Part[];
  readonly slots: Readonly<Record<string, Readonly<Record<string, SlotChoice>>>>;
  /** Storage bindings of the body, in binding order; slots may add more. */
  readonly bindings: readonly Binding[];
  readonly params: readonly Field[];
  /** Size of the uniform buffer in bytes; 0 when the program has no `params`. */
  readonly paramsSize: number;
  /** Exists in types only. */
  readonly signature?: S;
}

/** One way to fill a slot: its files and the bindings they bring. */
export interface SlotChoice {
  readonly parts: readonly Part[];
  readonly bindings: readonly Binding[];
}

/** Slot name to the chosen file's name without `.wgsl`. */
export type SlotFill = Readonly<Record<string, string>>;

/**
 * Whether a slot says as what elements lie in memory: it has a choice "f32", and its choices are names of types. Plans
 * leave those to whoever binds buffers.
 */
export const isDtypeSlot = (choices: Readonly<Record<string, unknown>>): boolean =>
  "f32" in choices;

function chosen(shader: Shader, fill: SlotFill): SlotChoice[] {
  return Object.entries(shader.slots).map(([slot, choices]) => {
    const choice = choices[fill[slot] ?? (isDtypeSlot(choices) ? "f32" : "")];
    if (choice === undefined) {
      throw new ShaderError(
        `${shader.path}: expected slot '${slot}' to be one of ${Object.keys(choices).join(", ")}, got ${fill[slot] ?? "none"}`,
      );
    }
    return choice;
  });
}

/** Every storage binding of the program with its slots filled, in binding order. */
export function bindingsOf(shader: Shader, fill: SlotFill = {}): Binding[] {
  return [...shader.bindings, ...chosen(shader, fill).flatMap((choice) => choice.bindings)]
    .map((binding) =>
      binding.slot !== undefined && fill[binding.slot] !== undefined
        ? { ...binding, dtype: fill[binding.slot] as DType }
        : binding,
    )
    .sort((a, b) => a.index - b.index);
}

/** Names of the overrides the program has with its slots filled. */
export function overridesOf(shader: Shader, fill: SlotFill = {}): Set<string> {
  return new Set(overrideNames([...shader.parts, ...filesOf(chosen(shader, fill))]));
}

/** Names of the overrides of the body and of every slot choice. */
export function allOverrides({ parts, slots }: Shader): string[] {
  const choices = Object.values(slots).flatMap((each) => Object.values(each));
  return [...new Set(overrideNames([...parts, ...filesOf(choices)]))];
}

const filesOf = (choices: readonly SlotChoice[]): Part[] => choices.flatMap(({ parts }) => parts);

/** Names declared with `override` in these files. */
export function overrideNames(parts: readonly Part[]): string[] {
  return parts.flatMap(({ text }) =>
    [...text.matchAll(/^override (\w+)/gm)].map((match) => match[1] as string),
  );
}

/** The final WGSL: each file once, slots first. WGSL declarations may come in any order. */
export function source(shader: Shader, fill: SlotFill = {}): string {
  return join([...filesOf(chosen(shader, fill)), ...shader.parts]);
}

/** A directive, which WGSL wants before everything else. */
const DIRECTIVE = /^enable .*;$/gm;

/** Files one after the other, each once, under a line that `locate` finds again; what they enable, once, in front. */
export function join(parts: readonly Part[]): string {
  const unique = parts.filter(({ text }, i) => parts.findIndex((p) => p.text === text) === i);
  const code = unique.map(({ file, text }) => `// ---- ${file}\n${text}`).join("\n");
  const directives = new Set(code.match(DIRECTIVE));
  if (directives.size === 0) return code;
  return `${[...directives].join("\n")}\n${code.replace(DIRECTIVE, "")}`;
}

/** Maps a line (from 1) of the final WGSL back to the file it came from; the built library does not know which. */
export function locate(code: string, line: number): { file: string; line: number } {
  const lines = code.split("\n");
  for (let i = Math.min(line, lines.length) - 1; i >= 0; i--) {
    const match = /^\/\/ ---- (.*)$/.exec(lines[i] as string);
    if (match) return { file: match[1] as string, line: line - i - 1 };
  }
  return { file: "linked WGSL", line };
}

/** Packs plan parameters as the uniform buffer wants them, at `byteOffset` of `view`. */
export function packParams(
  shader: Shader,
  values: Readonly<Record<string, number | readonly number[]>>,
  view: DataView,
  byteOffset = 0,
): void {
  for (const field of shader.params) {
    const value = values[field.name];
    const list = typeof value === "number" ? [value] : (value ?? []);
    if (list.length !== field.count) {
      throw new ShaderError(
        `${shader.path}: params.${field.name} expects ${field.count} number(s), got ${list.length}; ` +
          "correct the kernel's plan",
      );
    }
    list.forEach((number, i) => {
      if (!fits[field.type](number)) {
        throw new ShaderError(
          `${shader.path}: params.${field.name} expects ${field.type}, got ${number}; correct the kernel's plan`,
        );
      }
      const at = byteOffset + field.offset + 4 * i;
      if (field.type === "f32") view.setFloat32(at, number, true);
      else if (field.type === "i32") view.setInt32(at, number, true);
      else view.setUint32(at, number, true);
    });
  }
}

const fits: Record<Field["type"], (value: number) => boolean> = {
  f32: (value) => typeof value === "number",
  i32: (value) => (value | 0) === value,
  u32: (value) => value >>> 0 === value,
};
