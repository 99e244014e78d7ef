/** Progress of a training. */
export interface Progress {
  /** Number of steps whose loss is known, including those before resuming. */
  readonly step: number;
  /** Total number of steps. */
  readonly steps: number;
  /** Number of epochs finished at this step. */
  readonly epoch: number;
  /** Loss of this step's batch. */
  readonly loss: number;
  /** Estimate from the steps of this run, including validations; undefined until two steps are done. */
  readonly secondsLeft: number | undefined;
  /** Mean over the steps of this run after the first, excluding validations; undefined until two steps are done. */
  readonly samplesPerSecond: number | undefined;
}

/** Measures a training's speed. The first step compiles kernels, so the clock starts after it. */
export class Pace {
  readonly #now: () => number;
  #start = 0;
  #steps = 0;
  #samples = 0;
  #paused = 0;

  /** `now` returns milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Called when a step on this many samples is done. */
  stepped(samples: number): void {
    if (this.#steps++ === 0) this.#start = this.#now();
    else this.#samples += samples;
  }

  /** Excludes the time of `work` from the training time. */
  async pause<R>(work: () => Promise<R>): Promise<R> {
    const begin = this.#now();
    try {
      return await work();
    } finally {
      if (this.#steps > 0) this.#paused += this.#now() - begin;
    }
  }

  /** Estimated time of `steps` more steps. */
  secondsLeft(steps: number): number | undefined {
    if (this.#steps < 2) return undefined;
    const seconds = (this.#now() - this.#start) / 1000;
    return (seconds / (this.#steps - 1)) * steps;
  }

  samplesPerSecond(): number | undefined {
    const seconds = (this.#now() - this.#start - this.#paused) / 1000;
    return this.#steps < 2 || seconds <= 0 ? undefined : this.#samples / seconds;
  }
}
