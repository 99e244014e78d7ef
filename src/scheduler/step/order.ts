import type { Storage } from "../storage.ts";
import { liveSteps, type Step } from "./steps.ts";

/** What the order of a captured step's commands goes by. */
export interface Ordering {
  /** Whether the buffer's content is wanted after the step. */
  outlives(root: Storage): boolean;
  /** Whether the buffer belongs to others. */
  isShared(root: Storage): boolean;
  /** Whether the buffer, if no step writes it, has the same content in every replay, until a command or its owner changes it. */
  isSource(root: Storage): boolean;
  /** Makes neighbouring steps one; content of `wanted` buffers must be there in the end. */
  fuse(steps: readonly Step[], wanted: (root: Storage) => boolean): readonly Step[];
}

/** First steps of a program that are left out while their results hold. */
export interface ConstantSteps {
  /** Whether a step of the order is one of them. */
  includes(step: Step): boolean;
  /** Storages that keep their results from one replay to the next. */
  readonly kept: ReadonlySet<Storage>;
  /** Whether the results hold: computed before, and no source written since. */
  readonly hold: boolean;
  /** They are being computed from the sources as they are now. */
  computed(): void;
  /** The results are lost. */
  forget(): void;
}

/** The steps that matter, fused, constant ones first. */
export interface Ordered {
  readonly steps: readonly Step[];
  readonly constants?: ConstantSteps;
  /** Commands that matter, before fusion. */
  readonly needed: number;
}

/** How a program orders its steps. */
export type Order = (steps: readonly Step[], ordering: Ordering) => Ordered;

/** The order of the recording: every replay runs every step. */
export const asRecorded: Order = (steps, { outlives, fuse }) => {
  const needed = liveSteps(steps, outlives);
  return { steps: fuse(needed, outlives), needed: needed.length };
};
