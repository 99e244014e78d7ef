import type { Storage } from "../storage.ts";
import { liveCommands, type StepCommand } from "./commands.ts";

/** What an `Order` may ask about storages of the step. */
export interface Ordering {
  /** Whether the buffer's content is needed after the step. */
  outlives(root: Storage): boolean;
  /** Whether the buffer existed before the step and is shared with code outside it. */
  isShared(root: Storage): boolean;
  /**
   * Whether the buffer's content, if no command writes it, stays the same in every replay until a command or its owner changes
   * it.
   */
  isSource(root: Storage): boolean;
  /** Fuses neighbouring commands; the content of `wanted` buffers must be complete at the end. */
  fuse(
    commands: readonly StepCommand[],
    wanted: (root: Storage) => boolean,
  ): readonly StepCommand[];
}

/** The constant commands at the start of a program, skipped while their results are valid. */
export interface ConstantCommands {
  /** Whether a command is one of them. */
  includes(command: StepCommand): boolean;
  /** Storages that keep their results from one replay to the next. */
  readonly kept: ReadonlySet<Storage>;
  /** Whether the results are valid: computed, and no source written since. */
  readonly hold: boolean;
  /** Called when the constant commands are encoded: notes the versions of their sources. */
  computed(): void;
  /** Marks the results as invalid. */
  forget(): void;
}

/** The live commands in their order, fused, constant ones first. */
export interface Ordered {
  readonly commands: readonly StepCommand[];
  readonly constants?: ConstantCommands;
  /** Number of live commands before fusion. */
  readonly needed: number;
}

/** How a program orders its commands. */
export type Order = (commands: readonly StepCommand[], ordering: Ordering) => Ordered;

/** The order of the recording: every replay runs every command. */
export const asRecorded: Order = (commands, { outlives, fuse }) => {
  const needed = liveCommands(commands, outlives);
  return { commands: fuse(needed, outlives), needed: needed.length };
};
