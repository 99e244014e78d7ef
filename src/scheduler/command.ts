import type { Pipeline } from "../gpu/pipelines.ts";
import type { Copy, Dispatch, Readback, Upload } from "./dispatch.ts";
import type { Observers } from "./observe/observers.ts";
import type { Storage } from "./storage.ts";

/** The part of `Program` that the queue uses. */
export interface Replayable {
  /** Dispatches and copies of the program, in order. */
  readonly commands: readonly (Dispatch | Copy)[];
  /** The pipeline of each dispatch. */
  readonly pipelines: readonly Pipeline[];
  /** Encodes the whole step. */
  encode(encoder: GPUCommandEncoder, replay: Replay, observers?: Observers): void;
  /** Encodes what precedes the commands: uploads from the host, and copies of the arguments. */
  begin(encoder: GPUCommandEncoder, replay: Replay): void;
  /** Command i, a dispatch. */
  dispatch(pass: GPUComputePassEncoder, i: number, step: Dispatch): void;
  /** Encodes the copies of the results, which follow the commands. */
  end(encoder: GPUCommandEncoder, replay: Replay): void;
  /** Called when encoded commands did not run: frees the program's buffers, so that they are allocated again. */
  forget(): void;
}

/** One replay of a captured step. */
export interface Replay {
  readonly kind: "replay";
  /** All storages of this replay: those listed here, and those that the step shares with code outside it. */
  readonly storages: readonly Storage[];
  readonly program: Replayable;
  readonly inputs: readonly Storage[];
  readonly outputs: readonly Storage[];
  /** Host data of this replay, as `program.hostData` packs it. */
  readonly host: Storage | undefined;
  /** True for the first replay of the program. */
  readonly first: boolean;
  /** Undo changes of host state (step counts, random streams) if the replay is refused. */
  readonly undos: readonly (() => void)[];
  /** The kernel options of every command; only while commands are inspected. */
  readonly options?: readonly unknown[] | undefined;
}

export type Command = Dispatch | Upload | Copy | Readback | Replay;

/** Storages used by these commands that have no buffer yet. */
export function withoutBuffer(commands: readonly Command[]): Set<Storage> {
  return new Set(commands.flatMap(({ storages }) => storages.filter((s) => !s.buffer)));
}

/**
 * Splits the commands into as few parts as possible such that every upload comes after the commands queued before it: the
 * encoder performs all uploads of a part before its dispatches.
 */
export function betweenWrites(commands: readonly Command[]): Command[][] {
  const parts: Command[][] = [[]];
  let works = false;
  for (const command of commands) {
    if (works && command.kind === "upload" && command.ordered) {
      parts.push([]);
      works = false;
    }
    parts.at(-1)?.push(command);
    works ||= command.kind !== "upload";
  }
  return parts;
}

/** Pipelines that must be compiled before the command can be encoded. */
export function pipelinesOf(command: Command): readonly Pipeline[] {
  if (command.kind === "replay") return command.program.pipelines;
  return command.kind === "dispatch" ? [command.pipeline] : [];
}
