import type { Storage } from "../storage.ts";
import type { Step } from "./steps.ts";

/** Which storages the step owns, and which it shares with code outside it. */
export interface Owners {
  readonly isShared: (root: Storage) => boolean;
  /** Storages with content before the first step. */
  readonly filled: ReadonlySet<Storage>;
  readonly outlives: (root: Storage) => boolean;
}

/** Makes storages parts of others, and leaves out the steps that copied them there. */
export type Placing = (steps: readonly Step[], owners: Owners) => readonly Step[];
