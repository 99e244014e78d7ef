import { ShaderError } from "../core/errors.ts";
import type { Part } from "./shader.ts";

/** A program split where its slots are filled: its own files, and for each slot the files of every choice. */
export interface Linked {
  readonly parts: readonly Part[];
  readonly slots: Readonly<Record<string, Readonly<Record<string, readonly Part[]>>>>;
  /** Buffers marked `//! inout name`: the caller supplies them and the kernel reads and writes them. */
  readonly inouts: readonly string[];
}

/** How the linker sees the shader folder; paths are relative to it. */
export interface Folder {
  read(path: string): string;
  list(dir: string): string[];
}

const USE = /^use (\S+\.wgsl)$/;
const SLOT = /^use (\S+)\/\* as (\w+)$/;
const INOUT = /^inout ((?:\w+ ?)+)$/;

/**
 * Resolves the directives of a WGSL file:
 *
 *     //! use lib/workgroup_sum.wgsl    the file's declarations, once
 *     //! use activation/* as act       a slot: one file of that folder, chosen when the pipeline is made
 *     //! inout p                       buffer `p` is read and written, so the caller supplies it
 */
export function link(path: string, folder: Folder): Linked {
  const slots: Record<string, Record<string, Part[]>> = {};
  const inouts: string[] = [];

  function collect(file: string, parts: Part[], seen: Set<string>, slotOwner?: string): Part[] {
    if (seen.has(file)) return parts;
    seen.add(file);
    const text = folder.read(file);
    for (const { directive, line } of directives(text)) {
      const use = USE.exec(directive);
      const slot = SLOT.exec(directive);
      const inout = INOUT.exec(directive);
      if (use) collect(use[1] as string, parts, seen, slotOwner);
      else if (inout) inouts.push(...(inout[1] as string).trim().split(" "));
      else if (slot && slotOwner === undefined) fillSlot(slot[2] as string, slot[1] as string);
      else {
        throw new ShaderError(
          `${file}:${line}: cannot read '//! ${directive}'; write '//! use dir/file.wgsl', ` +
            `'//! use dir/* as slot' (not inside a slot's own file) or '//! inout buffer'`,
        );
      }
    }
    parts.push({ file, text });
    return parts;
  }

  function fillSlot(slot: string, dir: string): void {
    const choices = folder.list(dir).map((name) => {
      const file = `${dir}/${name}`;
      return [name.replace(/\.wgsl$/, ""), collect(file, [], new Set(), slot)] as const;
    });
    slots[slot] = Object.fromEntries(choices);
  }

  return { parts: collect(path, [], new Set()), slots, inouts };
}

function directives(text: string): { directive: string; line: number }[] {
  return text.split("\n").flatMap((row, index) => {
    const match = /^\/\/! ?(.*)$/.exec(row);
    return match ? [{ directive: (match[1] as string).trim(), line: index + 1 }] : [];
  });
}
