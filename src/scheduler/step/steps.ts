import { ValidationError } from "../../core/errors.ts";
import type { Command } from "../command.ts";
import type { Copy, Dispatch } from "../dispatch.ts";
import type { Storage } from "../storage.ts";
import { liveCommands, type Touches } from "./liveness.ts";

/** A step of a program: a dispatch or a copy. */
export type Step = Dispatch | Copy;

/** Whether a recorded command runs on the GPU as a step; throws for commands that a captured step cannot contain. */
export function isStep(command: Command): command is Step {
  if (command.kind === "dispatch" || command.kind === "copy") return true;
  if (command.kind === "upload") return false;
  return noStep();
}

/** Throws `ValidationError` for what a captured step cannot contain. */
export function noStep(): never {
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

/** Increments the versions of the storages that a command writes; a replay does so for its own steps. */
export function markWritten(command: Command): void {
  if (command.kind !== "replay") for (const root of writtenRoots(command)) root.version++;
}

/** The buffers that a command writes. */
export const writtenRoots = (step: Command): Storage[] =>
  touches(step).writes.map(({ root }) => root);

/** The live steps; `outlives` says whether a buffer's content is needed after the last step. */
export function liveSteps(steps: readonly Step[], outlives: (root: Storage) => boolean): Step[] {
  const ids = new Map<Storage, number>();
  const idOf = (storage: Storage) => {
    const id = ids.get(storage) ?? ids.size;
    ids.set(storage, id);
    return id;
  };
  const list: Touches[] = steps.map((step) => {
    const reads = touches(step).reads.map(({ root }) => idOf(root));
    return { reads, writes: writtenRoots(step).map(idOf) };
  });
  const wanted = new Set([...ids].flatMap(([storage, id]) => (outlives(storage) ? [id] : [])));
  const live = liveCommands(list, wanted);
  return steps.filter((_, i) => live[i]);
}
