import type { Gpu } from "../gpu/gpu.ts";
import type { Command, Dispatch } from "./command.ts";
import type { Encoder } from "./encode.ts";
import type { Timer } from "./timer.ts";

/** Is told of every dispatch within the pass that runs it. */
export interface Watch {
  /** The beginning of a flush. */
  start(): void;
  /** Contents have changed otherwise than by a dispatch. */
  forget(): void;
  before(pass: GPUComputePassEncoder, dispatch: Dispatch): void;
  after(pass: GPUComputePassEncoder, dispatch: Dispatch): void;
  /** The end of the flush, before its submit. */
  resolve(encoder: GPUCommandEncoder): void;
  /** After the submit; throws what was found. */
  check(): Promise<void>;
}

/** Runs commands in its own way, one after the other. */
export interface CommandRunner {
  /** Runs a command; the queue keeps what it uses until this resolves. */
  run(encoder: Encoder, command: Command): Promise<void>;
}

/** Who looks on while commands are encoded. */
export interface Looking {
  readonly timer?: Timer | undefined;
  readonly watch?: Watch | undefined;
}

/** How closely an engine looks at what it runs. */
export interface Inspection {
  readonly stepwise?: CommandRunner;
  readonly watch?: Watch;
}

/** A way of looking for faults, of wgrad/testing: `stepwise()`, `verifier()` or `detectAnomaly()`. */
export type Inspector = (gpu: Gpu) => Inspection | Promise<Inspection>;
