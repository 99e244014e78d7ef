import * as words from "../words/en/shared/page.ts";
import { showFailure } from "./help.ts";

/** Work on the GPU, one job after the other. A new job replaces the running or waiting one of the same name. */
export class Jobs {
  readonly #idle: () => void;
  readonly #stops = new Map<string, AbortController>();
  #last: Promise<void> = Promise.resolve();
  #open = 0;

  /** `idle` is called whenever all work is done. */
  constructor(idle: () => void) {
    this.#idle = idle;
  }

  get busy(): boolean {
    return this.#open > 0;
  }

  run(name: string, work: (signal: AbortSignal) => Promise<void>): void {
    this.stop(name);
    const stop = new AbortController();
    this.#stops.set(name, stop);
    this.#open++;
    this.#last = this.#last.then(async () => {
      await this.#one(work, stop.signal);
      if (this.#stops.get(name) === stop) this.#stops.delete(name);
      this.#open--;
      if (!this.busy) this.#idle();
    });
  }

  /** Whether a job of this name runs or waits and has not been aborted. */
  has(name: string): boolean {
    return this.#stops.has(name);
  }

  /** Aborts the job of this name; it ends between two of its rounds. */
  stop(name: string): void {
    this.#stops.get(name)?.abort();
    this.#stops.delete(name);
  }

  /** Waits until all work is done. */
  async done(): Promise<void> {
    while (this.busy) await this.#last;
  }

  async #one(work: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
    try {
      if (!signal.aborted) await work(signal);
    } catch (error) {
      if (error !== signal.reason) showFailure(error);
    }
  }
}

/** The text that a page shows from the press of Stop until the work has ended. */
export const STOPPING = words.stopping;

/**
 * The result of `work`, unless the signal aborts first: then throws its reason, and the result of the work is ignored.
 */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** Waits a moment in which the signal may abort; throws its reason. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise((done) => setTimeout(done, milliseconds));
  signal.throwIfAborted();
}
