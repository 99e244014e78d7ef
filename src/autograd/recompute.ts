/** Random draws, counts and state changes of the first of two runs of a function. */
export class Tape {
  readonly #items: unknown[] = [];
  #next = 0;
  #again = false;

  /** Runs `work` for the first time. */
  record<R>(work: () => R): R {
    return this.#run(work);
  }

  /** Runs `work` again: random draws are the same, and state does not advance. */
  repeat<R>(work: () => R): R {
    this.#again = true;
    this.#next = 0;
    return this.#run(work);
  }

  get again(): boolean {
    return this.#again;
  }

  /** The value made in the first run; `make` makes it then. */
  take<T>(make: () => T): T {
    if (this.#again) return this.#items[this.#next++] as T;
    const made = make();
    this.#items.push(made);
    return made;
  }

  #run<R>(work: () => R): R {
    tapes.push(this);
    try {
      return work();
    } finally {
      tapes.pop();
    }
  }
}

/** Running tapes, the innermost last. */
const tapes: Tape[] = [];

/** Called for work that must happen once although its function runs twice: returns the result of `make` from the first run. */
export function once<T>(make: () => T): T {
  // within a repetition, the first run of an inner function is itself a repetition
  return [...tapes].reduce((inner, tape) => () => tape.take(inner), make)();
}

/** Whether a function is running for the second time, so that state must not advance. */
export function recomputing(): boolean {
  return tapes.some(({ again }) => again);
}
