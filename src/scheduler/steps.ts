import { ValidationError } from "../core/errors.ts";
import type { Command, Copy, Dispatch } from "./command.ts";
import type { Storage } from "./storage.ts";

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

/** Storages a command reads and writes, by their roots. */
export function touches(step: Step): { reads: Storage[]; writes: Storage[] } {
  const roots = step.storages.map(({ root }) => root);
  if (step.kind === "copy") return { reads: [roots[0] as Storage], writes: [roots[1] as Storage] };
  const { bindings } = step.pipeline;
  return {
    reads: roots.filter((_, i) => bindings[i]?.access !== "write"),
    writes: roots.filter((_, i) => bindings[i]?.access !== "read"),
  };
}
