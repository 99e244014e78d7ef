/** What a part of a step that is computed twice drew, counted and moved on the first time. */
export class Tape {
  readonly #items: unknown[] = [];
  #next = 0;
  #again = false;

  /** Runs `work` for the first time. */
  record<R>(work: () => R): R {
    return this.#run(work);
  }

  /** Runs `work` again: what was drawn is drawn again, what has moved on stays. */
  repeat<R>(work: () => R): R {
    this.#again = true;
    this.#next = 0;
    return this.#run(work);
  }

  get again(): boolean {
    return this.#again;
  }

  /** What was made the first time; `make` makes it then. */
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

/** The innermost last. */
const tapes: Tape[] = [];

/** Called for what must happen once where a part of a step is computed twice: returns what `make` gave the first time. */
export function once<T>(make: () => T): T {
  // what is recorded within a repetition is itself a repetition
  return [...tapes].reduce((inner, tape) => () => tape.take(inner), make)();
}

/** Whether something is being computed again, so that state must not move on with it. */
export function recomputing(): boolean {
  return tapes.some(({ again }) => again);
}
