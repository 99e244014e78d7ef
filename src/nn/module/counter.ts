import { once } from "../../autograd/recompute.ts";
import { moving } from "../../scheduler/step/recording.ts";

/** A whole number in a state dict that no kernel reads: `num_batches_tracked`. */
export class Counter {
  value = 0;

  /**
   * One more; and one more whenever a captured step that did this is replayed. Returns what tells the count right after it,
   * in a replay that of the replay.
   */
  advance(): () => number {
    return once(() => {
      let count = 0;
      moving(() => {
        count = ++this.value;
        return () => {
          this.value--;
        };
      });
      return () => count;
    });
  }
}
