import type { Engine } from "../scheduler/engine.ts";
import { Recording, recordInto } from "../scheduler/step/recording.ts";
import { scope } from "./scope.ts";

/** Undoes a recording that will not be run. Uploads into tensors that are still alive are performed. */
export function abandon(engine: Engine, recording: Recording): void {
  recording.rewind();
  for (const command of recording.commands) {
    const [first] = command.storages;
    if (command.kind === "upload" && first?.referenced) engine.upload(first, command.data);
    for (const each of command.storages) each.dequeue();
  }
}

/**
 * Runs `work` for what the host knows of it, shapes above all: nothing of it reaches the GPU, and fields, counters and random
 * streams are as before. Tensors made in it end with it.
 */
export function trace<R>(engine: Engine, work: () => R): R {
  const recording = new Recording();
  try {
    return recordInto(recording, () => scope(work));
  } finally {
    abandon(engine, recording);
  }
}
