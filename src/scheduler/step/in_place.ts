import type { Binding } from "../../shader/shader.ts";
import type { Storage } from "../storage.ts";
import { type StepCommand, touches } from "./commands.ts";
import { Occupancy } from "./occupancy.ts";
import type { Placing } from "./placing.ts";
import { activeRecording } from "./recording.ts";

/** The position of a storage within a larger one. */
interface Slice {
  readonly into: Storage;
  /** In bytes. */
  readonly at: number;
}

/** A command that only copies a storage into a part of another storage. */
interface CopiedSection extends Slice {
  readonly from: Storage;
}

/** Called when tensors are copied into parts of a larger one: a captured step then computes them there directly if it can. */
export function offerInPlace(): void {
  const recording = activeRecording();
  if (recording) recording.placing = writeInPlace;
}

/** Alignment of storage offsets: the largest that WebGPU ever requires. */
const ALIGNMENT = 256;

/**
 * Removes commands that only copy a storage, computed by an earlier one, into a part of a larger storage, as concatenations
 * do: the earlier one writes to that part directly. This must not change results: the copied storage is not used
 * afterwards, nothing else touches its part of the larger storage before the copy, and no command would bind both, which
 * WebGPU allows only for reading. Both storages must be made by these commands, neither shared with code outside nor filled
 * before, and the copied storage must not be needed after the step. A part that is computed long before the others would
 * keep the whole larger storage alive: it is still copied if the step's peak of memory would otherwise rise.
 */
const writeInPlace: Placing = (commands, owners) => {
  const slices = new Map<Storage, Slice>();
  if (!commands.some(sectionOf)) return commands;
  const { isShared, filled, outlives } = owners;
  const free = (storage: Storage) => !isShared(storage) && !filled.has(storage);
  const memory = new Occupancy(commands, owners);
  const list = commands.map((command) => {
    const { reads, writes } = touches(command);
    return {
      command,
      reads: reads.map(rootOf),
      writes: writes.map(rootOf),
      section: sectionOf(command),
    };
  });
  const left = new Set(list);
  const place = (each: (typeof list)[number], i: number): boolean => {
    const { section } = each;
    if (!section || !left.has(each) || ![section.from, section.into].every(free)) return false;
    if (outlives(section.from) || slices.has(section.from) || slices.has(section.into))
      return false;
    const before = new Set(list.slice(0, i));
    const others = [...left].filter((other) => other !== each);
    if (!others.every((other) => allows(other, before.has(other), section, slices))) return false;
    if (!memory.join(section.from, section.into)) return false;
    for (const [member, { into, at }] of slices) {
      if (into === section.from) slices.set(member, { into: section.into, at: section.at + at });
    }
    slices.set(section.from, section);
    left.delete(each);
    return true;
  };
  // a part that would have raised the peak may fit once others are in place
  while (list.filter(place).length > 0);
  for (const [storage, { into, at }] of slices) storage.moveInto(into, at);
  return [...left].map(({ command }) => command);
};

const rootOf = ({ root }: Storage): Storage => root;

/** Buffers that a command reads and writes. */
interface Touching {
  readonly reads: readonly Storage[];
  readonly writes: readonly Storage[];
  readonly section: CopiedSection | undefined;
}

/** Whether one other command of the captured step permits leaving out the copy of a section. */
function allows(
  { reads, writes, section }: Touching,
  before: boolean,
  wanted: CopiedSection,
  slices: ReadonlyMap<Storage, Slice>,
): boolean {
  const homeOf = (storage: Storage) => slices.get(storage)?.into ?? storage;
  const touched = [...reads, ...writes];
  const copied = touched.some((storage) => homeOf(storage) === wanted.from);
  const target = touched.filter((storage) => homeOf(storage) === wanted.into);
  if (copied && !before) return false;
  if (target.length === 0) return true;
  if (copied && writes.some((storage) => [wanted.from, wanted.into].includes(homeOf(storage)))) {
    return false;
  }
  if (!before) return true;
  return target.every((storage) => {
    const part = slices.get(storage) ?? (section?.into === storage ? section : undefined);
    const bytes = part === section ? (section?.from.bytes ?? 0) : storage.bytes;
    return part !== undefined && apart(part.at, bytes, wanted);
  });
}

const apart = (at: number, bytes: number, { at: start, from }: CopiedSection): boolean =>
  at + bytes <= start || start + from.bytes <= at;

function sectionOf(command: StepCommand): CopiedSection | undefined {
  if (command.kind === "copy" || !command.section) return undefined;
  const { section, storages, pipeline } = command;
  const bound = (access: Binding["access"]) =>
    storages[pipeline.bindings.findIndex((binding) => binding.access === access)];
  const [from, into] = [bound("read"), bound("inout")];
  const at = 4 * section.offset;
  if (!from || !into || from === into) return undefined;
  if (from.root !== from || into.root !== into) return undefined; // parts of an arena are not replaced
  const whole = from.bytes === 4 * section.count && from.bytes % 16 === 0;
  return whole && at % ALIGNMENT === 0 ? { from, into, at } : undefined;
}
