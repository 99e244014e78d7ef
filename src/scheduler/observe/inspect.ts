import type { Gpu } from "../../gpu/gpu.ts";
import type { Command } from "../command.ts";
import type { Encoder } from "../encode.ts";
import type { Watch } from "./observers.ts";

/** Runs commands one by one, in a way of its own. */
export interface CommandRunner {
  /**
   * Runs the commands and removes them from the list; commands that are inserted in front meanwhile run next. `ran` is
   * called after each.
   */
  runAll(encoder: Encoder, commands: Command[], ran: (command: Command) => void): Promise<void>;
}

/** How an engine checks the commands that it runs. */
export interface Inspection {
  readonly stepwise?: CommandRunner;
  readonly watch?: Watch;
}

/** Looks for faults: `stepwise()`, `verifier()` or `detectAnomaly()` of wgrad/testing. */
export type Inspector = (gpu: Gpu) => Inspection | Promise<Inspection>;
