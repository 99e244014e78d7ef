import type { Gpu } from "../../gpu/gpu.ts";
import type { Command } from "../command.ts";
import type { Encoder } from "../encode.ts";
import type { Watch } from "./observers.ts";

/** Runs commands in its own way, one after the other. */
export interface CommandRunner {
  /** Runs a command; the queue keeps what it uses until this resolves. */
  run(encoder: Encoder, command: Command): Promise<void>;
}

/** How closely an engine looks at what it runs. */
export interface Inspection {
  readonly stepwise?: CommandRunner;
  readonly watch?: Watch;
}

/** A way of looking for faults, of wgrad/testing: `stepwise()`, `verifier()` or `detectAnomaly()`. */
export type Inspector = (gpu: Gpu) => Inspection | Promise<Inspection>;
