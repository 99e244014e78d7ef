import { ValidationError } from "../../core/errors.ts";
import type { Command } from "../command.ts";
import type { Copy, Dispatch } from "../dispatch.ts";
import type { Storage } from "../storage.ts";
import { liveCommands, type Touches } from "./liveness.ts";

/** What a captured step is made of. */
export type Step = Dispatch | Copy;

/** Whether a recorded command runs on the GPU in its turn; throws for what a captured step cannot do. */
export function isStep(command: Command): command is Step {
  if (command.kind === "dispatch" || command.kind === "copy") return true;
  if (command.kind === "upload") return false;
  throw new ValidationError(
    `capture: expected a step of operations, got a ${command.kind}; read results outside of the captured function`,
  );
}

/** Storages a command reads and writes. */
export function touches(step: Step): { reads: Storage[]; writes: Storage[] } {
  if (step.kind === "copy") return { reads: [step.storages[0]], writes: [step.storages[1]] };
  const { storages, pipeline } = step;
  return {
    reads: storages.filter((_, i) => pipeline.bindings[i]?.access !== "write"),
    writes: storages.filter((_, i) => pipeline.bindings[i]?.access !== "read"),
  };
}

/** Marks what a command writes as changed; a replay marks by itself what its steps write. */
export function markWritten(command: Command): void {
  const [first, second] = command.storages;
  if (command.kind === "dispatch") for (const root of writtenRoots(command)) root.version++;
  else if (command.kind === "upload") (first as Storage).root.version++;
  else if (command.kind === "copy") (second as Storage).root.version++;
}

/** Storages whose buffers a command writes. */
export const writtenRoots = (step: Step): Storage[] => touches(step).writes.map(({ root }) => root);

/** The steps that matter; `outlives` says of the buffer of a storage whether its content is wanted after the step. */
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
