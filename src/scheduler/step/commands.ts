import { ValidationError } from "../../core/errors.ts";
import type { Command } from "../command.ts";
import type { Copy, Dispatch } from "../dispatch.ts";
import type { Storage } from "../storage.ts";
import { liveness, type Touches } from "./liveness.ts";

/** What a captured step may contain: a dispatch or a copy. */
export type StepCommand = Dispatch | Copy;

/** Whether replays run the recorded command: all but uploads. Throws for what a captured step cannot contain. */
export function isCapturable(command: Command): command is StepCommand {
  if (command.kind === "dispatch" || command.kind === "copy") return true;
  if (command.kind === "upload") return false;
  return notCapturable();
}

/** Throws `ValidationError` for what a captured step cannot contain. */
export function notCapturable(): never {
  throw new ValidationError(
    "capture: expected operations, got a read or a captured step; read results outside, call plain functions",
  );
}

/** Storages that a command reads and writes; for a replay, all that it uses count as written. */
export function touches(command: Command): {
  reads: readonly Storage[];
  writes: readonly Storage[];
} {
  const { kind, storages } = command;
  if (kind === "copy") return { reads: storages.slice(0, 1), writes: storages.slice(1) };
  if (kind === "readback") return { reads: storages, writes: [] };
  if (kind !== "dispatch") return { reads: [], writes: storages };
  const { pipeline } = command;
  return {
    reads: storages.filter((_, i) => pipeline.bindings[i]?.access !== "write"),
    writes: storages.filter((_, i) => pipeline.bindings[i]?.access !== "read"),
  };
}

/** Increments the versions of the storages that a command writes; a replay does so for its own commands. */
export function markWritten(command: Command): void {
  if (command.kind !== "replay") for (const root of writtenRoots(command)) root.version++;
}

/** The buffers that a command writes. */
export const writtenRoots = (command: Command): Storage[] =>
  touches(command).writes.map(({ root }) => root);

/** The live commands; `outlives` says whether a buffer's content is needed after the last one. */
export function liveCommands(
  commands: readonly StepCommand[],
  outlives: (root: Storage) => boolean,
): StepCommand[] {
  const ids = new Map<Storage, number>();
  const idOf = (storage: Storage) => {
    const id = ids.get(storage) ?? ids.size;
    ids.set(storage, id);
    return id;
  };
  const list: Touches[] = commands.map((command) => {
    const reads = touches(command).reads.map(({ root }) => idOf(root));
    return { reads, writes: writtenRoots(command).map(idOf) };
  });
  const wanted = new Set([...ids].flatMap(([storage, id]) => (outlives(storage) ? [id] : [])));
  const live = liveness(list, wanted);
  return commands.filter((_, i) => live[i]);
}
