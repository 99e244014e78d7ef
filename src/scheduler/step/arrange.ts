import type { Storage } from "../storage.ts";
import { changingRoots, uploadsOf } from "../uploads.ts";
import { isCapturable, type StepCommand } from "./commands.ts";
import type { ConstantCommands, Order, Ordering } from "./order.ts";
import type { Recording } from "./recording.ts";
import type { StepPlan } from "./step_plan.ts";

/** Arguments and results of a captured step. */
interface Ends {
  readonly inputs: readonly Storage[];
  readonly outputs: readonly Storage[];
  /** Whether the buffer existed before the step and is shared with code outside it. */
  readonly isShared: (root: Storage) => boolean;
}

/** The commands of a captured step as a replay runs them. */
export interface Arranged {
  readonly commands: readonly StepCommand[];
  readonly constants: ConstantCommands | undefined;
  /** Storages that keep their content from one replay to the next. */
  readonly kept: ReadonlySet<Storage>;
  readonly counts: Pick<StepPlan, "removed" | "fused" | "inPlace" | "constant">;
}

/** Removes commands whose results are not read, then orders and fuses the others; without `fuse` every dispatch is kept. */
export function arrange(
  recording: Recording,
  { inputs, outputs, isShared }: Ends,
  order: Order,
  fuse: Ordering["fuse"] | undefined,
): Arranged {
  const all = recording.commands.filter(isCapturable);
  const uploads = uploadsOf(recording.commands);
  const varies = new Set([...inputs, ...changingRoots(uploads)]);
  const results = new Set(outputs.map(({ root }) => root));
  const outlives = (root: Storage) => isShared(root) || results.has(root);
  const ordered = order(all, {
    ...{ outlives, isShared },
    isSource: (root) => !varies.has(root),
    fuse: fuse ?? ((list) => list),
  });
  const { needed, constants, commands: joined } = ordered;
  const kept = constants?.kept ?? new Set();
  const given = uploads.map(({ storages: [{ root }] }) => root);
  const owners = {
    ...{ isShared, filled: new Set([...inputs, ...given, ...kept]) },
    outlives: (root: Storage) => outlives(root) || kept.has(root),
  };
  const commands = (fuse && recording.placing?.(joined, owners)) ?? joined;
  return {
    ...{ commands, constants, kept },
    counts: {
      removed: all.length - needed,
      fused: needed - joined.length,
      inPlace: joined.length - commands.length,
      constant: commands.filter((command) => constants?.includes(command)).length,
    },
  };
}
