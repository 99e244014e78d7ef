import { ValueError } from "../core/errors.ts";
import type { Command } from "./command.ts";
import type { Engine } from "./engine.ts";
import { leave } from "./queue.ts";
import { touches, writtenRoots } from "./step/commands.ts";
import { takeUndos } from "./step/recording.ts";

/**
 * Runs `work`, which queues commands and waits for nothing. If it throws, the commands that it queued do not run, and state of
 * the host that it changed (step counts, random streams, gradients of leaves) is restored. Of the tensors that it made and that
 * are still referenced, those filled from the host keep their content; using another one throws the reason.
 */
export function transact<R>(engine: Engine, work: () => R): R {
  const { gpu } = engine;
  const { watch } = gpu;
  const queued = new Set<Command>();
  gpu.watch = (command) => {
    queued.add(command as Command);
    watch?.(command);
  };
  try {
    return work();
  } catch (error) {
    rollBack(engine, queued, error);
    throw error;
  } finally {
    gpu.watch = watch;
  }
}

function rollBack(engine: Engine, queued: ReadonlySet<Command>, cause: unknown): void {
  for (const undo of takeUndos()?.toReversed() ?? []) undo();
  const goes = new Set([...queued].filter((each) => !stays(each)));
  const lists = engine.queued as Command[][];
  const dropped = lists.flat().filter((each) => goes.has(each));
  for (const list of lists) {
    list.splice(0, list.length, ...list.filter((each) => !goes.has(each)));
  }
  leave(dropped);
  // none of them is encoded: captured steps keep their buffers, which earlier replays may be using
  for (const { undos } of dropped.toReversed())
    for (const undo of undos?.toReversed() ?? []) undo();
  const error = new ValueError(
    "wgrad: expected a value that was computed, got one of a step in which your function threw; make it again",
    { cause },
  );
  const filled = new Set(lists.flat().flatMap(writtenRoots));
  for (const command of dropped) {
    if (command.kind === "readback") command.map(error);
    for (const each of command.storages) {
      if (!each.buffer && !filled.has(each.root)) each.fail(error);
    }
  }
}

/** Whether a command only writes the initial content of a new tensor, independent of other tensors. */
function stays(command: Command): boolean {
  const { kind, storages, undos } = command;
  if (kind === "upload") return !command.ordered && command.storages[0].referenced;
  if (kind !== "dispatch" || undos?.length || touches(command).reads.length > 0) return false;
  return storages.every((each) => each.referenced && !each.buffer);
}
