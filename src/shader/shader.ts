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
  /** Of a buffer of structs: what one of them holds. All of it is of the type `dtype`. */
  readonly row?: Struct;
}

/** A struct in memory. */
export interface Struct {
  /** As the WGSL names it. */
  readonly struct: string;
  readonly fields: readonly Field[];
  /** Bytes from one to the next. */
  readonly stride: number;
}

/** As what the elements of some bindings lie in memory, by those slots; f32 unless given. */
export type BindingDtypes = Readonly<Record<string, DType>>;

interface Member {
  readonly name: string;
  /** In bytes, from the beginning of the struct that it is a member of. */
  readonly offset: number;
  readonly count: number;
}

/** A member of numbers. Vectors and arrays of vec4 are flat: `count` scalars in a row. */
export interface Numbers extends Member {
  readonly type: Exclude<DType, "f16">;
}

/** A member of `struct Params`, or of a struct in there: numbers, one struct, or an array of `count` structs. */
export type Field = Numbers | (Member & Struct);

/** What a struct's members are given: numbers, flat lists of them, structs by the names of their members, lists of structs. */
export type Values = { readonly [Name: string]: Value };
type Value = number | readonly number[] | Values | readonly Values[];

/** What a shader's types say: generated from reflection, one per .wgsl file with an entry point. */
export interface Signature {
  /** Buffers it reads, by name. */
  readonly reads: object;
  /** Buffers that some choices of its slots bring, by name. */
  readonly optional: object;
  /** Buffers it writes, by name. */
  readonly writes: object;
  /** Buffers it reads and writes, by name. */
  readonly inouts: object;
  /** Members of the uniform buffer, by name. */
  readonly params: object;
  /** What one element of each buffer of structs holds. */
  readonly rows?: object;
  /** Names of its overrides. */
  readonly overrides: string;
  // strings, so that "relu" in a plan keeps its literal type
  /** For each slot the names of its choices. */
  readonly slots: Readonly<Record<string, string>>;
}

/** What one element of each buffer of structs holds, by the buffer's name. */
export type RowsOf<S extends Signature> = S extends { readonly rows: infer Rows } ? Rows : never;

/** A linked WGSL program and what reflection says about it. Made by the Vite plugin; immutable. */
export interface Shader<S extends Signature = Signature> {
  /** Path under shaders/, for example `norm/stats.wgsl`. */
  readonly path: string;
  /** The files that it is linked from, in their order. */
  readonly parts: readonly Part[];
  /** For each slot its choices by name. */
  readonly slots: Readonly<Record<string, Readonly<Record<string, SlotChoice>>>>;
  /** Storage bindings of the body, in binding order; slots may add more. */
  readonly bindings: readonly Binding[];
  /** Members of the uniform buffer `params`, in their order; empty without one. */
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
