import { ShaderError } from "../core/errors.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { Command } from "./command.ts";
import { touches } from "./step/commands.ts";
import type { Storage } from "./storage.ts";

/**
 * Whether queueing the command changed host state (step counts, batch counts) other than the random stream that fills a
 * tensor.
 */
export function movesOn(command: Command): boolean {
  return (
    !!command.undos?.length && (command.kind === "replay" || touches(command).reads.length > 0)
  );
}

/** The commands that use one of these storages or are connected to one through storages that other commands share. */
export function connected(
  commands: readonly Command[],
  storages: readonly Storage[],
): ReadonlySet<Command> {
  const roots = new Set(storages.map(({ root }) => root));
  const found = commands.filter((each) => each.storages.some(({ root }) => roots.has(root)));
  const theirs = found.flatMap((each) => each.storages);
  const more = theirs.some(({ root }) => !roots.has(root));
  return more ? connected(commands, theirs) : new Set(found);
}

/**
 * Selects, from commands that were refused together, those that can still run later: uploads, fills, random draws, and
 * copies of these, into tensors that are still referenced, as far as memory allows. The other new storages fail with
 * `error`, and host state that their commands advanced is undone. `fresh` are the storages without content before these
 * commands: their buffers are destroyed. `aside` are the commands connected to a buffer that the device refused: they would
 * be refused again if they ran before the buffer is needed.
 */
export function salvage(
  gpu: Gpu,
  commands: readonly Command[],
  fresh: ReadonlySet<Storage>,
  error: Error,
): { kept: ReadonlySet<Command>; aside: ReadonlySet<Command> } {
  const refused = [...fresh].filter(({ buffer }) => buffer && gpu.pool.refused.has(buffer));
  for (const { root } of fresh) root.destroy();
  const copied = new Set(commands.map(({ kind, storages }) => kind === "copy" && storages[0]));
  const made = new Set<Storage>();
  let room = gpu.maxBytes - gpu.counters.liveBytes;
  const kept = new Set(
    commands.filter((command) => {
      const { reads, writes } = touches(command);
      const { kind } = command;
      const [to] = writes;
      if (!to || kind === "replay" || error === gpu.lost) return false;
      if (kind === "dispatch") {
        if (reads.length > 0 || made.has(to) || !fresh.has(to)) return false;
        if (error instanceof ShaderError && !command.pipeline.compiled) return false;
      }
      const { root } = to;
      if (root.failure || !(root.referenced || copied.has(to))) return false;
      if (reads.some((from) => !from.buffer && !made.has(from))) return false;
      if (fresh.has(to) && !made.has(root)) {
        if (root.capacity > room) return false;
        room -= root.capacity;
      }
      made.add(to).add(root);
      return true;
    }),
  );
  for (const each of fresh) if (!made.has(each.filled ? each : each.root)) each.fail(error);
  takeBack(commands.filter((command) => !kept.has(command)));
  return { kept, aside: connected([...kept], refused) };
}

/** For commands that did not run: undoes their changes of host state, and makes captured steps allocate again. */
function takeBack(commands: readonly Command[]): void {
  for (const command of commands.toReversed()) {
    for (const undo of command.undos?.toReversed() ?? []) undo();
    if (command.kind === "replay") command.program.forget();
  }
}
