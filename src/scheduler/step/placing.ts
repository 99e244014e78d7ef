import type { Storage } from "../storage.ts";
import type { StepCommand } from "./commands.ts";

/** Which storages the step owns, and which it shares with code outside it. */
export interface Owners {
  readonly isShared: (root: Storage) => boolean;
  /** Storages with content before the first command. */
  readonly filled: ReadonlySet<Storage>;
  readonly outlives: (root: Storage) => boolean;
}

/** Makes storages parts of others, and leaves out the commands that copied them there. */
export type Placing = (commands: readonly StepCommand[], owners: Owners) => readonly StepCommand[];
