import { once } from "../autograd/recompute.ts";
import { onReplay } from "../scheduler/recording.ts";

/** A whole number in a state dict that no kernel reads: `num_batches_tracked`. */
export class Counter {
  value = 0;

  /** One more; and one more whenever a captured step that did this is replayed. */
  advance(): void {
    const up = () => {
      this.value++;
    };
    const down = () => {
      this.value--;
    };
    once(() => {
      up();
      onReplay(up, down);
    });
  }
}
