import type { Pipeline } from "../gpu/pipelines.ts";
import type { Copy, Dispatch, Readback, Upload } from "./dispatch.ts";
import type { Observers } from "./observe/observers.ts";
import type { StepPlan } from "./step/step_plan.ts";
import type { Storage } from "./storage.ts";

/** What the queue needs of a captured step that is planned: `Program`. */
export interface Replayable {
  readonly plan: StepPlan;
  /** What the step does, in order. */
  readonly steps: readonly (Dispatch | Copy)[];
  /** Pipelines it dispatches, one a dispatch. */
  readonly pipelines: readonly Pipeline[];
  /** Encodes the whole step. */
  encode(encoder: GPUCommandEncoder, replay: Replay, observers?: Observers): void;
  /** What comes before the steps: what the host gives, and the inputs. */
  begin(encoder: GPUCommandEncoder, replay: Replay): void;
  /** Step i, a dispatch. */
  dispatch(pass: GPUComputePassEncoder, i: number, step: Dispatch): void;
  /** What comes after the steps: the results. */
  end(encoder: GPUCommandEncoder, replay: Replay): void;
  /** What was encoded did not run: buffers are made anew. */
  forget(): void;
}

/** A captured step, once more. */
export interface Replay {
  readonly kind: "replay";
  /** Everything below, and what the step shares with the rest of the world. */
  readonly storages: readonly Storage[];
  readonly program: Replayable;
  readonly inputs: readonly Storage[];
  readonly outputs: readonly Storage[];
  /** What the host gives this step, as `program.hostData` packs it. */
  readonly host: Storage | undefined;
  /** Whether it is the program's first. */
  readonly first: boolean;
  /** What takes back what the host has moved on with it. */
  readonly undos: readonly (() => void)[];
  /** Options of every step's kernel, where commands are inspected. */
  readonly options?: readonly unknown[] | undefined;
}

export type Command = Dispatch | Upload | Copy | Readback | Replay;

/** Storages they use that have no buffer so far. */
export function withoutBuffer(commands: readonly Command[]): Set<Storage> {
  return new Set(commands.flatMap(({ storages }) => storages.filter((s) => !s.buffer)));
}

/**
 * The commands in as few parts as keep every write behind what comes before it: the encoder writes what the host gives
 * before all else of a part.
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

/** What has to be compiled for it. */
export function pipelinesOf(command: Command): readonly Pipeline[] {
  if (command.kind === "replay") return command.program.pipelines;
  return command.kind === "dispatch" ? [command.pipeline] : [];
}
