/** How far a training is. */
export interface Progress {
  /** Steps whose loss is known, those of a run it resumed included. */
  readonly step: number;
  /** Steps in all. */
  readonly steps: number;
  /** Epochs finished by this step. */
  readonly epoch: number;
  /** Of this step's batch. */
  readonly loss: number;
  /** Estimated from the steps of this run, validations included; undefined until two steps are done. */
  readonly secondsLeft: number | undefined;
  /** Over the steps of this run after its first, validations left out; undefined until two are done. */
  readonly samplesPerSecond: number | undefined;
}

/**
 * Measures a training's speed. The first step compiles the kernels, so the clock starts when it is done.
 */
export class Pace {
  readonly #now: () => number;
  #start = 0;
  #steps = 0;
  #samples = 0;
  #paused = 0;

  /** `now` gives milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** One more step of this many samples is done. */
  stepped(samples: number): void {
    if (this.#steps++ === 0) this.#start = this.#now();
    else this.#samples += samples;
  }

  /** Time spent in `work` does not count as training. */
  async pause<R>(work: () => Promise<R>): Promise<R> {
    const begin = this.#now();
    try {
      return await work();
    } finally {
      if (this.#steps > 0) this.#paused += this.#now() - begin;
    }
  }

  /** Time that `steps` more steps take if all goes on as it did. */
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
