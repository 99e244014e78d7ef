import { once } from "../../autograd/recompute.ts";
import { moving } from "../../scheduler/step/recording.ts";

/** An integer in the state dict that no kernel reads, such as `num_batches_tracked`. */
export class Counter {
  value = 0;

  /**
   * Increments the count now, and again in every replay of a captured step that calls this. Returns a function that gives
   * the count right after this increment or, in a replay, after the replay's.
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
