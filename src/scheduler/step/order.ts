import type { Storage } from "../storage.ts";
import { liveSteps, type Step } from "./steps.ts";

/** What an `Order` may ask about storages of the step. */
export interface Ordering {
  /** Whether the buffer's content is needed after the step. */
  outlives(root: Storage): boolean;
  /** Whether the buffer existed before the step and is shared with code outside it. */
  isShared(root: Storage): boolean;
  /**
   * Whether the buffer's content, if no step writes it, stays the same in every replay until a command or its owner changes
   * it.
   */
  isSource(root: Storage): boolean;
  /** Fuses neighbouring steps; the content of `wanted` buffers must be complete at the end. */
  fuse(steps: readonly Step[], wanted: (root: Storage) => boolean): readonly Step[];
}

/** The constant steps at the start of a program, skipped while their results are valid. */
export interface ConstantSteps {
  /** Whether a step is one of them. */
  includes(step: Step): boolean;
  /** Storages that keep their results from one replay to the next. */
  readonly kept: ReadonlySet<Storage>;
  /** Whether the results are valid: computed, and no source written since. */
  readonly hold: boolean;
  /** Called when they are encoded: notes the versions of the sources. */
  computed(): void;
  /** Marks the results as invalid. */
  forget(): void;
}

/** The live steps in their order, fused, constant ones first. */
export interface Ordered {
  readonly steps: readonly Step[];
  readonly constants?: ConstantSteps;
  /** Number of live commands before fusion. */
  readonly needed: number;
}

/** How a program orders its steps. */
export type Order = (steps: readonly Step[], ordering: Ordering) => Ordered;

/** The order of the recording: every replay runs every step. */
export const asRecorded: Order = (steps, { outlives, fuse }) => {
  const needed = liveSteps(steps, outlives);
  return { steps: fuse(needed, outlives), needed: needed.length };
};
