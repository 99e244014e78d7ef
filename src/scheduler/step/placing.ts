import type { Storage } from "../storage.ts";
import type { Step } from "./steps.ts";

/** Which storages a step owns, and which it shares. */
export interface Owners {
  readonly isShared: (root: Storage) => boolean;
  /** Those with a content before the first step. */
  readonly filled: ReadonlySet<Storage>;
  readonly outlives: (root: Storage) => boolean;
}

/** Makes storages parts of others, and leaves out the steps that copied them there. */
export type Placing = (steps: readonly Step[], owners: Owners) => readonly Step[];
