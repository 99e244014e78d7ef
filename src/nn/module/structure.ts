import { activeRecording, follow } from "../../scheduler/step/recording.ts";

/** Replacements of modules so far, in any model. */
let replacements = 0;
const following = new WeakSet<object>();

/** Called where a module takes another one's place: captured steps that ran a module are recorded anew. */
export function structureChanged(): void {
  replacements++;
}

/** Called by a module that runs: a step that is being captured goes by which modules there are. */
export function followStructure(): void {
  const recording = activeRecording();
  if (!recording || following.has(recording)) return;
  following.add(recording);
  follow(() => replacements);
}
