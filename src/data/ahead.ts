import { isA } from "../core/realm.ts";
import { keep, tensorsIn } from "../tensor/scope.ts";
import type { LoaderPlace } from "./loader_options.ts";
import { freeTensors } from "./sets.ts";

/** Marks the end of a stream: there is no further batch. */
export const END = Symbol("end");

/** A batch that is finished or being made. */
export interface Job<Raw> {
  /** Indices of its samples; undefined for samples without indices. */
  readonly indices: Uint32Array<ArrayBuffer> | undefined;
  /** Returns the batch, or throws the error of making it. */
  readonly result: () => Raw | Promise<Raw | typeof END>;
}

/** Begins to make a batch. An error is kept until the batch is taken. */
export function begin<Raw>(
  indices: Uint32Array<ArrayBuffer> | undefined,
  make: () => Raw | Promise<Raw | typeof END>,
): Job<Raw> {
  try {
    const raw = make();
    if (isA(raw, "Promise"))
      raw.catch(() => undefined); // take() reports the rejection; without a handler here the browser would, too
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

/** The batches of one epoch from a position on; at most `depth` of them are made in advance. */
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

  /** Whether the next batch is the one at this place. */
  isAt({ epoch, position }: LoaderPlace): boolean {
    return !this.#ended && this.#epoch === epoch && this.#position === position;
  }

  /** Returns the next batch and begins the following ones. */
  take(): Job<Raw> | undefined {
    this.#fill(1);
    const job = this.#begun.shift();
    this.#position++;
    this.#fill(this.#depth);
    return job;
  }

  /** Begins no further batches, and frees those in progress when they are finished. */
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
    if (isA(raw, "Promise")) raw.then(freeTensors, () => undefined);
    else freeTensors(raw);
  } catch {
    // nothing was made: there is nothing to free or to report
  }
}
