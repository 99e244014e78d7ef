import { keep, tensorsIn } from "../tensor/scope.ts";
import type { LoaderPlace } from "./loader_options.ts";
import { freeTensors } from "./sets.ts";

/** That a stream has no further batch. */
export const END = Symbol("end");

/** A batch that is made or being made. */
export interface Job<Raw> {
  /** Its samples; undefined where they have no indices. */
  readonly indices: Uint32Array<ArrayBuffer> | undefined;
  /** Gives it, or throws what making it threw. */
  readonly result: () => Raw | Promise<Raw | typeof END>;
}

/** Begins to make a batch. What that throws waits for whoever asks for the batch. */
export function begin<Raw>(
  indices: Uint32Array<ArrayBuffer> | undefined,
  make: () => Raw | Promise<Raw | typeof END>,
): Job<Raw> {
  try {
    const raw = make();
    if (raw instanceof Promise)
      raw.catch(() => undefined); // whoever takes it is told
    else for (const each of tensorsIn(raw)) keep(each);
    return { indices, result: () => raw };
  } catch (error) {
    return {
      indices,
      result: () => {
        throw error;
      },
    };
  }
}

/** The batches of one epoch from a place on, of which at most `depth` are made before they are asked for. */
export class Ahead<Raw> {
  readonly #epoch: number;
  readonly #jobs: Iterator<Job<Raw>>;
  readonly #depth: number;
  readonly #begun: Job<Raw>[] = [];
  #position: number;
  #ended = false;

  constructor({ epoch, position }: LoaderPlace, jobs: Iterator<Job<Raw>>, depth: number) {
    this.#epoch = epoch;
    this.#position = position;
    this.#jobs = jobs;
    this.#depth = depth;
  }

  /** Whether the next batch is that of a place. */
  isAt({ epoch, position }: LoaderPlace): boolean {
    return !this.#ended && this.#epoch === epoch && this.#position === position;
  }

  /** The next batch; those behind it are begun. */
  take(): Job<Raw> | undefined {
    this.#fill(1);
    const job = this.#begun.shift();
    this.#position++;
    this.#fill(this.#depth);
    return job;
  }

  /** Begins no more, and frees what was begun: what is not there yet when it comes. */
  close(): void {
    this.#ended = true;
    this.#jobs.return?.();
    for (const { result } of this.#begun.splice(0)) free(result);
  }

  #fill(depth: number): void {
    while (!this.#ended && this.#begun.length < depth) {
      const { done, value } = this.#jobs.next();
      if (done) return;
      this.#begun.push(value);
    }
  }
}

function free<Raw>(result: Job<Raw>["result"]): void {
  try {
    const raw = result();
    if (raw instanceof Promise) raw.then(freeTensors, () => undefined);
    else freeTensors(raw);
  } catch {
    // nothing was made, and nothing waits for it
  }
}
