import type { DType } from "../core/shape.ts";
import type { Binding, Field, NumberMember, Part, Shader, SlotChoice, Struct } from "./shader.ts";

/** A file; in the built library, the text that `leanPart` makes of it. */
export type CompactPart = Part | string;
/** The files of a slot's choice and, last, the bindings they bring, if any. */
export type CompactChoice = readonly (CompactPart | readonly [bindings: string])[];
export type CompactSlots = Readonly<Record<string, Readonly<Record<string, CompactChoice>>>>;

/** Structs by name: stride in bytes, and the members as text. */
export type CompactStructs = Readonly<Record<string, readonly [stride: number, members: string]>>;

/*
 * Pages download what reflection found about every shader. To keep that small, a shader's module holds its bindings and
 * parameters as text: comma-separated entries, each of words separated by spaces, without what can be computed.
 */

const ACCESS: Readonly<Record<string, Binding["access"]>> = { "=": "write", "&": "inout" };

/**
 * Bindings as text, four words each: the name, after "=" if it is written or "&" if it is updated; the index, unless it is
 * the previous one plus 1; the dtype, unless it is f32 and neither a slot nor a struct follows; the slot or struct.
 */
export function compactBindings(bindings: readonly Binding[]): string {
  let last = 0;
  const texts = bindings.map(({ name, index, access, dtype, slot, row }) => {
    const more = slot ?? row?.struct;
    const sign = Object.entries(ACCESS).find(([, each]) => each === access)?.[0] ?? "";
    const usual = index === last + 1;
    last = index;
    const type = more || dtype !== "f32" ? dtype : undefined;
    return words(sign + name, usual ? undefined : index, type, more);
  });
  return texts.join();
}

/**
 * Parameters as text. A u32 that follows the previous parameter without a gap is its name alone; otherwise type or struct,
 * offset and count follow, as far as they are needed.
 */
export function compactParams(params: readonly Field[]): string {
  let end = 0;
  const texts = params.map((field) => {
    const { name, offset, count } = field;
    const [type, stride] = "fields" in field ? [field.struct, field.stride] : [field.type, 4];
    const usual = offset === end;
    end = offset + stride * count;
    if (count > 1) return words(name, type, offset, count);
    return usual ? words(name, type === "u32" ? undefined : type) : words(name, type, offset);
  });
  return texts.join();
}

/** The structs that occur in parameters and bindings, nested ones included. */
export function compactStructs(
  params: readonly Field[],
  bindings: readonly Binding[],
): CompactStructs {
  const structs: Record<string, readonly [number, string]> = {};
  const add = ({ struct, stride, fields }: Struct): void => {
    structs[struct] = [stride, compactParams(fields)];
    for (const field of fields) if ("fields" in field) add(field);
  };
  for (const field of params) if ("fields" in field) add(field);
  for (const { row } of bindings) if (row) add(row);
  return structs;
}

const words = (...given: readonly (string | number | undefined)[]): string =>
  given.filter((word) => word !== undefined).join(" ");

/** Abbreviations of frequent WGSL fragments: characters that WGSL does not use. */
const SIGNS: Readonly<Record<string, string>> = {
  $: "@group(0)@binding(",
  "#": "return ",
  "?": "select(",
  "'": ":u32",
  '"': ")var<storage,read",
};

/** A file as text alone. Only files of lib/ are looked up by path, so these alone are marked. */
export function leanPart(file: string, text: string): string {
  const signs = Object.entries(SIGNS);
  const short = signs.reduce((rest, [sign, long]) => rest.replaceAll(long, sign), text);
  return file.startsWith(LIBRARY) ? `//${LIBRARY}\n${short}` : short;
}

const LIBRARY = "lib/";

function partOf(part: CompactPart): Part {
  if (typeof part !== "string") return part;
  const text = part.replace(/[$#?'"]/g, (sign) => SIGNS[sign] as string);
  return { file: part.startsWith(`//${LIBRARY}`) ? LIBRARY : "", text };
}

/** Rebuilds a shader from what its module holds. */
export function expand(
  path: string,
  parts: readonly CompactPart[],
  bindings: string,
  params = "",
  paramsSize = 0,
  slots: CompactSlots = {},
  structs: CompactStructs = {},
): Shader {
  return {
    ...{ path, parts: parts.map(partOf), paramsSize },
    ...{ bindings: bindingsOf(bindings, structs), params: fieldsOf(params, structs) },
    slots: mapped(slots, (choices) => mapped(choices, choiceOf)),
  };
}

const mapped = <T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));

function choiceOf(choice: CompactChoice): SlotChoice {
  const parts = choice.flatMap((each) => (isBindings(each) ? [] : [partOf(each)]));
  return { parts, bindings: bindingsOf(choice.find(isBindings)?.[0] ?? "") };
}

const isBindings = (each: CompactChoice[number]): each is readonly [string] => Array.isArray(each);

const split = (text: string): string[][] =>
  text === "" ? [] : text.split(",").map((entry) => entry.split(" "));

function bindingsOf(text: string, structs: CompactStructs = {}): Binding[] {
  let index = 0;
  return split(text).map(([word = "", ...more]) => {
    const access = ACCESS[word[0] ?? ""];
    index = Number(/^\d/.test(more[0] ?? "") ? more.shift() : index + 1);
    const [dtype = "f32", name = ""] = more;
    return {
      ...{ name: access ? word.slice(1) : word, index, access: access ?? "read" },
      dtype: dtype as DType,
      ...(structs[name] ? { row: structOf(name, structs) } : name ? { slot: name } : {}),
    };
  });
}

function structOf(struct: string, structs: CompactStructs): Struct {
  const [stride, members] = structs[struct] as CompactStructs[string];
  return { struct, stride, fields: fieldsOf(members, structs) };
}

function fieldsOf(text: string, structs: CompactStructs): Field[] {
  let end = 0;
  return split(text).map(([name = "", type = "u32", at = end, times = 1]) => {
    const member = { name, offset: Number(at), count: Number(times) };
    const struct = structs[type] && structOf(type, structs);
    end = member.offset + member.count * (struct?.stride ?? 4);
    return struct ? { ...member, ...struct } : { ...member, type: type as NumberMember["type"] };
  });
}
