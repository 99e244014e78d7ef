import type { Gpu } from "../../gpu/gpu.ts";
import type { Command } from "../command.ts";
import type { Encoder } from "../encode.ts";
import type { Watch } from "./observers.ts";

/** Runs commands in its own way, one after the other. */
export interface CommandRunner {
  /** Runs the commands and takes them off the list; what is put before them meanwhile comes next. `ran` is told of each. */
  runAll(encoder: Encoder, commands: Command[], ran: (command: Command) => void): Promise<void>;
}

/** How closely an engine looks at what it runs. */
export interface Inspection {
  readonly stepwise?: CommandRunner;
  readonly watch?: Watch;
}

/** A way of looking for faults, of wgrad/testing: `stepwise()`, `verifier()` or `detectAnomaly()`. */
export type Inspector = (gpu: Gpu) => Inspection | Promise<Inspection>;
