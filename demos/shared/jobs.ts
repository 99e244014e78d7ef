import * as words from "../words/en/shared/page.ts";
import { showFailure } from "./help.ts";

/**
 * Work on the GPU, one piece after the other. A new job of a name replaces the one of that name, whether that runs or
 * still waits.
 */
export class Jobs {
  readonly #idle: () => void;
  readonly #stops = new Map<string, AbortController>();
  #last: Promise<void> = Promise.resolve();
  #open = 0;

  /** `idle` is called whenever nothing is left to do. */
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

  /** Whether a job of this name runs or waits and was not told to end. */
  has(name: string): boolean {
    return this.#stops.has(name);
  }

  /** Tells the job of this name to end; it does so between two rounds of its own. */
  stop(name: string): void {
    this.#stops.get(name)?.abort();
    this.#stops.delete(name);
  }

  /** Waits until nothing is left to do. */
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

/** What a page says from the press that ends its work until the work has ended. */
export const STOPPING = words.stopping;

/** What `work` comes to, unless the signal comes first: then its reason is thrown, and the work goes on unheard. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** A little time in which the signal may come: throws its reason. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise((done) => setTimeout(done, milliseconds));
  signal.throwIfAborted();
}
