import { activeRecording, follow } from "../../scheduler/step/recording.ts";

/** Number of modules replaced so far, in any model. */
let replacements = 0;
const following = new WeakSet<object>();

/** Called when a module is replaced: captured steps that ran a module are then recorded anew. */
export function structureChanged(): void {
  replacements++;
}

/** Called when a module runs: a step that is being captured then depends on the structure of models. */
export function followStructure(): void {
  const recording = activeRecording();
  if (!recording || following.has(recording)) return;
  following.add(recording);
  follow(() => replacements);
}
