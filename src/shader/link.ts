import { ShaderError } from "../core/errors.ts";
import type { Part } from "./shader.ts";

/** A shader file with all it uses, before its slots are filled: its own files, and for each slot the files of every choice. */
export interface Linked {
  readonly parts: readonly Part[];
  readonly slots: Readonly<Record<string, Readonly<Record<string, readonly Part[]>>>>;
  /** Buffers marked `//! inout name`: the caller supplies them and the kernel reads and writes them. */
  readonly inouts: readonly string[];
}

/** How the linker sees the shader folder; paths are relative to it. */
export interface Folder {
  /** Text of a file, undefined when there is none. */
  read(path: string): string | undefined;
  /** Names of the .wgsl files in a folder, sorted; none when there is no such folder. */
  list(dir: string): string[];
  /** Resolves a path written in the file `from`. Default: the path itself. */
  resolve?(path: string, from: string): string;
  /** How errors show a path. Default: below shaders/. */
  show?(path: string): string;
  /** What errors say about a file or folder that does not exist. */
  missing?(path: string): string;
}

const USE = /^use (\S+\.wgsl)$/;
const SLOT = /^use (\S+)\/\* (as|by) (\w+)$/;
const INOUT = /^inout (\w+(?: +\w+)*)$/;

/**
 * Resolves the directives of a WGSL file:
 *
 *     //! use lib/workgroup_sum.wgsl    the file's declarations, once
 *     //! use activation/* as act       a slot: one file of that folder, chosen when the pipeline is made
 *     //! use norm/each/* by pack        the file of that folder with the name of slot `pack`'s choice, or its
 *                                       others.wgsl: what follows from a choice is not chosen
 *     //! inout p                       buffer `p` is read and written, so the caller supplies it
 *
 * Throws a `ShaderError` with file and line of a directive that cannot be followed.
 */
export function link(path: string, folder: Folder): Linked {
  const slots: Record<string, Record<string, readonly Part[]>> = {};
  const folders = new Map<string, string>();
  const inouts = new Set<string>();
  const followers: Follower[] = [];
  const meant = (path: string, { from }: Directive) => folder.resolve?.(path, from) ?? path;

  function collect(file: string, files: LinkedFiles, at: string): readonly Part[] {
    if (files.seen.has(file)) return files.parts;
    files.seen.add(file);
    const text = textOf(folder, file, at);
    for (const directive of directives(file, shown(folder, file), text)) follow(directive, files);
    files.parts.push({ file, text });
    return files.parts;
  }

  const ofSlot = (file: string, at: string) =>
    collect(file, { parts: [], seen: new Set(), inSlot: true }, at);

  function follow(directive: Directive, files: LinkedFiles): void {
    const { text, at } = directive;
    const [, used] = USE.exec(text) ?? [];
    const [, dir, how, slot] = SLOT.exec(text) ?? [];
    const [, names] = INOUT.exec(text) ?? [];
    if (used) collect(meant(used, directive), files, at);
    else if (names) for (const name of names.split(/ +/)) inouts.add(name);
    else if (dir && slot && !files.inSlot) {
      const path = meant(dir, directive);
      if (how === "as") fillSlot(slot, path, at);
      else followers.push({ dir: path, slot, at });
    } else throw unreadable(directive);
  }

  function fillSlot(slot: string, dir: string, at: string): void {
    const names = namesIn(folder, dir, at);
    if ((folders.get(slot) ?? dir) !== dir) {
      throw new ShaderError(
        `${at}slot '${slot}' already takes ${folders.get(slot)}/*; choose another name`,
      );
    }
    folders.set(slot, dir);
    slots[slot] = Object.fromEntries(
      names.map((name) => [name.replace(/\.wgsl$/, ""), [...ofSlot(`${dir}/${name}`, at)]]),
    );
  }

  const parts = collect(path, { parts: [], seen: new Set(), inSlot: false }, "");
  for (const each of followers) followSlot(slots[each.slot], each, folder, ofSlot);
  return { parts, slots, inouts: [...inouts] };
}

const shown = (folder: Folder, path: string): string => folder.show?.(path) ?? `shaders/${path}`;

function textOf(folder: Folder, file: string, at: string): string {
  const text = folder.read(file);
  if (text !== undefined) return text;
  throw new ShaderError(`${at}${folder.missing?.(file) ?? `there is no ${shown(folder, file)}`}`);
}

/** The files that fill a slot. */
function namesIn(folder: Folder, dir: string, at: string): string[] {
  const names = folder.list(dir);
  if (names.length > 0) return names;
  const none = folder.missing?.(`${dir}/*`) ?? `there is no .wgsl file in ${shown(folder, dir)}`;
  throw new ShaderError(`${at}${none}`);
}

const unreadable = ({ text, at }: Directive): ShaderError =>
  new ShaderError(
    `${at}cannot read '//! ${text}'; write '//! use dir/file.wgsl', '//! use dir/* as slot' or ` +
      "'//! use dir/* by slot' (these two not inside a slot's own file) or '//! inout buffer'",
  );

/** A folder whose files are chosen by the choice of a slot. */
interface Follower {
  readonly dir: string;
  readonly slot: string;
  /** Where the directive is, as errors begin. */
  readonly at: string;
}

/** Prepends to each choice of a slot the files that follow from it. */
function followSlot(
  choices: Record<string, readonly Part[]> | undefined,
  { dir, slot, at }: Follower,
  folder: Folder,
  files: (file: string, at: string) => readonly Part[],
): void {
  const names = folder.list(dir).map((name) => name.replace(/\.wgsl$/, ""));
  const others = names.includes("others");
  const wanted = Object.keys(choices ?? {});
  const odd = names.some((name) => name !== "others" && !wanted.includes(name));
  if (!choices || odd || !wanted.every((name) => others || names.includes(name))) {
    throw new ShaderError(
      `${at}expected ${shown(folder, dir)} to have a file for every choice of slot '${slot}', or others.wgsl, got ` +
        `${names.join(", ") || "none"} for ${wanted.join(", ") || "no such slot"}; add, rename or delete files`,
    );
  }
  for (const name of wanted) {
    const own = files(`${dir}/${names.includes(name) ? name : "others"}.wgsl`, at);
    choices[name] = [...own, ...(choices[name] ?? [])];
  }
}

/** Files collected so far, each after the files it uses. */
interface LinkedFiles {
  readonly parts: Part[];
  readonly seen: Set<string>;
  readonly inSlot: boolean;
}

interface Directive {
  readonly text: string;
  /** The file that contains the directive. */
  readonly from: string;
  /** Where the directive is, as errors begin: `norm/stats.wgsl:1: `. */
  readonly at: string;
}

function directives(from: string, shown: string, text: string): Directive[] {
  return text.split("\n").flatMap((row, index) => {
    const column = row.indexOf("//!");
    const at = `${shown}:${index + 1}: `;
    if (column > 0) {
      throw new ShaderError(`${at}a directive starts its line; move '//!' to the first column`);
    }
    return column === 0 ? [{ text: row.slice(3).trim(), from, at }] : [];
  });
}
