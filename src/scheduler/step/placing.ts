import type { Storage } from "../storage.ts";
import type { Step } from "./steps.ts";

/** Whose the storages of the steps are. */
export interface Owners {
  readonly isShared: (root: Storage) => boolean;
  /** Those with a content before the first step. */
  readonly filled: ReadonlySet<Storage>;
  readonly outlives: (root: Storage) => boolean;
}

/** Makes storages parts of others, and leaves out the steps that copied them there. */
export type Placing = (steps: readonly Step[], owners: Owners) => readonly Step[];
