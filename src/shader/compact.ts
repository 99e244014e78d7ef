import type { DType } from "../core/shape.ts";
import type { Binding, Field, Part, Shader, SlotChoice } from "./shader.ts";

/** A file, or of the built library what `leanPart` leaves of it. */
export type CompactPart = Part | string;
/** The files of a slot's choice and, last, the bindings they bring, if any. */
export type CompactChoice = readonly (CompactPart | readonly [bindings: string])[];
export type CompactSlots = Readonly<Record<string, Readonly<Record<string, CompactChoice>>>>;

/*
 * Visitors download what reflection found of every program, most of it names and numbers that can be computed. So a
 * shader's module holds its bindings and parameters as text: entries with commas between them, of words with spaces.
 */

/** Bindings as text: name, index, access, where it is not f32 or a slot decides dtype, and the slot. */
export const compactBindings = (bindings: readonly Binding[]): string =>
  bindings
    .map(({ name, index, access, dtype, slot }) =>
      words(name, index, access, slot || dtype !== "f32" ? dtype : undefined, slot),
    )
    .join();

/** Parameters as text: name and, where they are not u32, after the one before, one: type, offset, count. */
export function compactParams(params: readonly Field[]): string {
  let end = 0;
  const texts = params.map(({ name, type, offset, count }) => {
    const usual = offset === end;
    end = offset + 4 * count;
    if (count > 1) return words(name, type, offset, count);
    return usual ? words(name, type === "u32" ? undefined : type) : words(name, type, offset);
  });
  return texts.join();
}

const words = (...given: readonly (string | number | undefined)[]): string =>
  given.filter((word) => word !== undefined).join(" ");

/** A file as its text alone, which says whether it is one of lib/: those are all that anyone looks for by their path. */
export const leanPart = (file: string, text: string): string =>
  file.startsWith(LIBRARY) ? `//${LIBRARY}\n${text}` : text;

const LIBRARY = "lib/";

function partOf(part: CompactPart): Part {
  if (typeof part !== "string") return part;
  return { file: part.startsWith(`//${LIBRARY}`) ? LIBRARY : "", text: part };
}

/** A program of what its module holds. */
export function expand(
  path: string,
  parts: readonly CompactPart[],
  bindings: string,
  params = "",
  paramsSize = 0,
  slots: CompactSlots = {},
): Shader {
  return {
    ...{ path, parts: parts.map(partOf), paramsSize },
    ...{ bindings: bindingsOf(bindings), params: paramsOf(params) },
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

const bindingsOf = (text: string): Binding[] =>
  split(text).map(([name = "", index, access, dtype = "f32", slot]) => ({
    ...{ name, index: Number(index), access: access as Binding["access"], dtype: dtype as DType },
    ...(slot ? { slot } : {}),
  }));

function paramsOf(text: string): Field[] {
  let end = 0;
  return split(text).map(([name = "", type = "u32", at, number = 1]) => {
    const [offset, count] = [Number(at ?? end), Number(number)];
    end = offset + 4 * count;
    return { name, type: type as Field["type"], offset, count };
  });
}
