import { ValidationError } from "../core/errors.ts";
import type { Engine } from "../scheduler/engine.ts";
import { Recording, recordInto } from "../scheduler/step/recording.ts";
import { scope } from "./scope.ts";

/**
 * Discards a recording that will not run: undoes its host state, rejects its reads with `reason`, and performs uploads into
 * tensors that are still alive.
 */
export function abandon(engine: Engine, recording: Recording, reason: Error): void {
  recording.rewind();
  for (const command of recording.commands) {
    if (command.kind === "readback") command.map(reason);
    const [first] = command.storages;
    if (command.kind === "upload" && first?.referenced) engine.upload(first, command.data);
    for (const each of command.storages) each.dequeue();
  }
}

/** The error for reading a tensor of a step that is only traced, not run. */
export const notComputed = (): ValidationError =>
  new ValidationError(
    "read: expected a tensor that is computed, got one of a step that is only planned; read outside of it",
  );

/**
 * Runs `work` only for what the host learns from it, such as shapes: nothing reaches the GPU, and fields, counters and
 * random streams stay as before. Tensors made in it are freed at the end.
 */
export function trace<R>(engine: Engine, work: () => R): R {
  const recording = new Recording();
  try {
    return recordInto(recording, () => scope(work));
  } finally {
    abandon(engine, recording, notComputed());
  }
}
