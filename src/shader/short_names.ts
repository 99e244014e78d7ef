/*
 * Short names for declarations that WGSL files share, for the WGSL that pages download. Any two files may be linked, so a
 * name gets the same short name in all of them.
 */

import { NAME, withoutSpaces } from "./shorten.ts";

/** Path and text of each file of a shader folder. */
export type Files = readonly (readonly [file: string, text: string])[];

/** Files whose functions are called by name from code written at run time (src/scheduler/fusion/code.ts). */
const CALLED = /^elementwise\/chain(_|\.)/;
/** Declarations that such code may name: all but the uniform buffer, which libraries read, too. */
const NAMED = /^(?:fn|struct|alias|const) ?(\w+)/gm;
/** Names that stay: the entry point, and `point`, which code written at run time calls. */
const KEPT = ["main", "point"];

const DECLARED =
  /^(?:fn|struct|alias|const|var<\w+>|@group\(0\)@binding\(0\)var<uniform>) ?(\w+)/gm;
const OVERRIDE = /^override (\w+)/gm;
const STRUCT = /^struct \w+\{[^}]*\}/gm;

const found = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] as string);

/**
 * Returns a function that shortens the names in a file of the folder. Names of overrides, buffers and members stay, and so
 * do, in their files, declarations that code written at run time calls.
 */
export function shortNames(files: Files): (file: string, text: string) => string {
  const bare = files.map(([file, text]) => ({ file, text: withoutSpaces(text) }));
  const all = bare.map(({ text }) => text).join("\n");
  const kept = new Set([...KEPT, ...found(all, OVERRIDE)]);
  const uses = new Map<string, number>();
  for (const [name] of all.matchAll(NAME)) uses.set(name, (uses.get(name) ?? 0) + 1);
  const declared = new Set(found(all, DECLARED).filter((name) => name.length > 1));
  const often = [...declared]
    .filter((name) => !kept.has(name))
    .sort((a, b) => (uses.get(b) ?? 0) - (uses.get(a) ?? 0) || (a < b ? -1 : 1));
  const names = unused(new Set(all.match(/\w+/g)));
  const short = new Map(often.map((name) => [name, names.next().value as string]));
  const called = bare.filter(({ file }) => CALLED.test(file));
  const stay = new Set(called.flatMap(({ text }) => found(text, NAMED)));
  return (file, text) => {
    const renamed = (name: string) =>
      CALLED.test(file) && stay.has(name) ? name : (short.get(name) ?? name);
    return outside(text, (code) => code.replace(NAME, renamed), renamed);
  };
}

/** The text with `rename` applied, except that in structs names before a colon are members and stay. */
function outside(
  text: string,
  rename: (code: string) => string,
  renamed: (name: string) => string,
): string {
  let result = "";
  let end = 0;
  for (const { 0: struct, index } of text.matchAll(STRUCT)) {
    const types = struct.replace(NAME, (name, at: number) =>
      struct[at + name.length] === ":" ? name : renamed(name),
    );
    result += rename(text.slice(end, index)) + types;
    end = index + struct.length;
  }
  return result + rename(text.slice(end));
}

/** Unused names: A … Z, Aa … Zz, Aaa …, without `taken`. Local names inside functions begin with small letters. */
function* unused(taken: ReadonlySet<string>): Generator<string, never> {
  for (let count = 0; ; count++) {
    const name = capitalized(count);
    if (!taken.has(name)) yield name;
  }
}

function capitalized(count: number): string {
  const first = String.fromCharCode(65 + (count % 26));
  let rest = "";
  for (let left = Math.floor(count / 26); left > 0; left = Math.floor((left - 1) / 26)) {
    rest = String.fromCharCode(97 + ((left - 1) % 26)) + rest;
  }
  return first + rest;
}
