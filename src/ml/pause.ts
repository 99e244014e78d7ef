/** Maximum milliseconds of host work between two turns of the event loop. */
const MOST_HELD = 25;

/**
 * Keeps the page responsive during long work on the host: `turn()` gives the event loop a turn if the last one was some
 * time ago.
 */
export class Pauses {
  #last = performance.now();

  async turn(): Promise<void> {
    if (performance.now() - this.#last < MOST_HELD) return;
    await nextTask();
    this.#last = performance.now();
  }
}

/** A message to this context: unlike timers, browsers do not delay it. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
