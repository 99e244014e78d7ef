import { ShapeError } from "../core/errors.ts";
import { callback, count, type Kind } from "../core/kinds.ts";
import { show, size, type TypedArray, typedArray } from "../core/shape.ts";
import { options, passing } from "../core/signature.ts";
import { Storage } from "../scheduler/storage.ts";
import type { Captured } from "./capture.ts";
import { keep } from "./scope.ts";
import { type Mapped, mapResult, type StepResult, tensorsOf } from "./step_result.ts";
import { Tensor } from "./tensor.ts";

/** Results of consecutive calls: for every scalar of the result, one value per call. */
export interface Logs<R> {
  /** Index of the first call whose results these are, counted from 0. */
  readonly first: number;
  /** Number of calls whose results these are: n, or fewer at the end. */
  readonly count: number;
  /** One number per call, in order, in the structure of the step's result. */
  readonly values: Mapped<R, TypedArray>;
}

/** Options of `readEvery`. */
export interface LogOptions {
  /** Maximum number of reads in flight before a call waits. Default 2. */
  readonly ahead?: number;
}

/** A captured step whose scalar results are read every so many calls. */
export interface Logged<Args extends readonly Tensor[]> {
  /** Submits the step. Waits only while three submits or too many reads are in flight. */
  (...args: Args): Promise<void>;
  /** Reads the remaining values, and resolves when all have been passed on. */
  finish(): Promise<void>;
}

const capturedKind: Kind = {
  expected: "a captured step",
  advice: "make one with capture()",
  accepts: (value) => typeof value === "function" && "prepare" in value,
};

/**
 * Wraps a captured step so that its results, which must be scalars, are collected on the GPU and read together after every
 * `n`th call while the next calls run: losses without stalls. `onValues` gets each value once, in order.
 *
 *     const train = readEvery(step, 50, ({ values }) => losses.push(...values));
 *     for (const { x, y } of data) await train(x, y);
 *     await train.finish();
 *
 * Throws `ValueError` if `step` is not a captured step, or `n` or `ahead` is below 1. A call rejects with the step's
 * errors, and with `ShapeError` for results that are not scalars; an error in `onValues` rejects a later call or
 * `finish()`.
 */
export const readEvery = /* @__PURE__ */ passing(
  "readEvery",
  {
    step: capturedKind,
    n: count,
    onValues: callback,
    options: options<LogOptions>({ ahead: count }),
  },
  logged,
);

function logged<Args extends readonly Tensor[], R extends StepResult>(
  step: Captured<Args, R>,
  n: number,
  onValues: (logs: Logs<R>) => void,
  { ahead = 2 }: LogOptions = {},
): Logged<Args> {
  const log = new Log<R>(n, onValues);
  const call = async (...args: Args): Promise<void> => {
    const result = step(...args);
    await Promise.all([log.take(result, step.copy), log.until(ahead)]);
  };
  return Object.assign(call, { finish: () => log.finish() });
}

/** Results that wait on the GPU, one row for each scalar of the result, and are read after every `n` calls. */
class Log<R extends StepResult> {
  readonly #n: number;
  readonly #onValues: (logs: Logs<R>) => void;
  readonly #reads: Promise<void>[] = [];
  /** One row of n for every scalar; freed when all values have been passed on. */
  #table: Tensor | undefined;
  #last: R | undefined;
  #dtypes: readonly Tensor["dtype"][] = [];
  #first = 0;
  #count = 0;
  /** Reads are passed on one after the other. */
  #tail: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;

  constructor(n: number, onValues: (logs: Logs<R>) => void) {
    this.#n = n;
    this.#onValues = onValues;
  }

  /** Stores a result's scalars; resolves when the step is submitted. */
  take(result: R, owned: boolean): Promise<void> {
    const tensors = tensorsOf(result);
    const [one] = tensors;
    if (!one || tensors.some((tensor) => tensor.size !== 1)) {
      const got = tensors.map(({ shape, name }) => show(shape, name)).join(", ") || "nothing";
      throw new ShapeError(`readEvery: expected scalar results, got ${got}; return mean() of them`);
    }
    const { engine } = one;
    const shape = [tensors.length, this.#n];
    this.#table ??= keep(
      new Tensor({ engine, shape, storage: engine.allocate("readEvery", shape), dtype: "f32" }),
    );
    this.#dtypes = tensors.map(({ dtype }) => dtype);
    for (const [row, { storage }] of tensors.entries()) {
      const cell = new Storage(engine.gpu, 4);
      engine.moveInto(cell, this.#table.storage, 4 * (row * this.#n + this.#count));
      engine.copy(storage, cell);
    }
    this.#last = result;
    if (owned) for (const tensor of tensors) tensor.dispose();
    if (++this.#count === this.#n) this.#read();
    return engine.flush();
  }

  /** Waits until at most `most` reads are in flight; throws errors of `onValues`. */
  async until(most: number): Promise<void> {
    while (this.#reads.length > most) await this.#reads[0];
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) throw failure.error;
  }

  async finish(): Promise<void> {
    if (this.#count > 0) this.#read();
    try {
      await this.until(0);
    } finally {
      this.#table?.dispose();
      this.#table = undefined;
    }
  }

  #read(): void {
    const { engine, storage, shape } = this.#table as Tensor;
    const [first, count, dtypes, result] = [this.#first, this.#count, this.#dtypes, this.#last];
    const bytes = engine.read(storage);
    this.#first += count;
    this.#count = 0;
    const before = this.#tail;
    const work = async () => {
      const all = await bytes;
      await before;
      const rows = Array.from({ length: size(shape) / this.#n }, (_, row) => {
        const start = 4 * row * this.#n;
        return typedArray(dtypes[row] ?? "f32", all.slice(start, start + 4 * count));
      });
      const values = mapResult(result as R, (_, i) => rows[i] as TypedArray);
      this.#onValues({ first, count, values });
    };
    this.#tail = work()
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        this.#reads.shift();
      });
    this.#reads.push(this.#tail);
  }
}
