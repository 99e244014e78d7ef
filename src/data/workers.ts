import { ValueError } from "../core/errors.ts";
import { callback, count } from "../core/kinds.ts";
import { isA, messageOf } from "../core/realm.ts";
import { checkArguments, checked, describe, options, signature } from "../core/signature.ts";
import { isTensor } from "../tensor/kinds.ts";

/** Options of a pool. */
export interface WorkerPoolOptions {
  /** Number of workers. Default: one less than the number of processor cores, from 1 to 4. */
  readonly size?: number;
}

interface Request {
  readonly id: number;
  readonly item: unknown;
  readonly index: number;
}

type WorkerAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly name: string; readonly message: string } };

interface Waiting {
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}

/** A worker and its pending requests. */
interface Seat {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
  failed?: ValueError;
}

const coresLess = (): number =>
  Math.min(Math.max((globalThis.navigator?.hardwareConcurrency ?? 2) - 1, 1), 4);

/**
 * Web Workers that make samples in parallel, so that decoding does not delay the step: torch's num_workers. The function is
 * in a separate module, since functions cannot be sent to a worker:
 *
 *     // decode.ts
 *     import { exposeMap } from "wgrad/data";
 *     exposeMap(async (file: File) => ({ x: await pixelsOf(file), y: labelOf(file) }));
 *
 *     // the page
 *     const pool = new WorkerPool(() => new Worker(new URL("./decode.ts", import.meta.url), { type: "module" }));
 *     const photos = new MapDataset(files, pool.map);
 *     const loader = new DataLoader(photos, { batchSize: 32, prefetch: 2 });
 *
 * Samples arrive in the order of the loader with the same bits as without workers, and its position can be saved as usual.
 * A worker can return numbers, arrays and typed arrays (these without a copy), but not tensors, which belong to the page.
 */
export class WorkerPool {
  static readonly signature = /* @__PURE__ */ signature("WorkerPool", {
    make: callback,
    options: options<WorkerPoolOptions>({ size: count }),
  });

  /** Number of workers. */
  readonly size: number;
  readonly #seats: Seat[];
  #next = 0;
  #disposed = false;

  /**
   * `make` starts one worker; it is called once for each. Throws `ValueError` if there are no Web Workers, as in Node, and
   * for a size of 0.
   */
  constructor(make: () => Worker, given: WorkerPoolOptions = {}) {
    checkArguments(WorkerPool.signature, arguments);
    if (typeof Worker === "undefined") {
      throw new ValueError(
        "WorkerPool: expected Web Workers, which are not there in this environment; give MapDataset the function itself",
      );
    }
    this.size = given.size ?? coresLess();
    this.#seats = Array.from({ length: this.size }, () => this.#seat(make()));
  }

  /**
   * Lets a worker make a sample; rejects with the error of its function. It is bound, so that it can be passed as a
   * function.
   */
  readonly map = (item: unknown, index = 0): Promise<never> => {
    if (this.#disposed) return Promise.reject(gone());
    const free = this.#seats.reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a));
    if (free.failed) return Promise.reject(free.failed);
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      try {
        free.worker.postMessage({ id, item, index } satisfies Request);
        free.waiting.set(id, { resolve: resolve as Waiting["resolve"], reject });
      } catch (cause) {
        reject(
          new ValueError(
            `WorkerPool: expected an item that can be sent to a worker, got ${cause}; send a file, a URL or numbers`,
            { cause },
          ),
        );
      }
    });
  };

  /** Terminates the workers. Pending samples reject. */
  dispose(): void {
    this.#disposed = true;
    for (const { worker, waiting } of this.#seats) {
      worker.terminate();
      for (const { reject } of waiting.values()) reject(gone());
      waiting.clear();
    }
  }

  #seat(worker: Worker): Seat {
    if (typeof worker?.postMessage !== "function") {
      throw new ValueError(
        `WorkerPool: expected a function that gives a Worker, got ${describe(worker)} of it; write () => new Worker(…)`,
      );
    }
    const seat: Seat = { worker, waiting: new Map() };
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerAnswer>) => {
      const waiting = seat.waiting.get(data.id);
      seat.waiting.delete(data.id);
      if ("error" in data) waiting?.reject(new WorkerError(data.error));
      else waiting?.resolve(data.value);
    });
    const fail = (event: Event) => {
      const why = "message" in event && event.message ? event.message : event.type;
      seat.failed = new ValueError(
        `WorkerPool: expected a worker that runs exposeMap, got "${why}"; does its module load?`,
      );
      for (const { reject } of seat.waiting.values()) reject(seat.failed);
      seat.waiting.clear();
    };
    worker.addEventListener("error", fail);
    worker.addEventListener("messageerror", fail);
    return seat;
  }
}

const gone = () =>
  new ValueError("WorkerPool: expected a pool in use, got one that was disposed of; make another");

/** An error of a worker's function, with its original name. */
class WorkerError extends Error {
  constructor({ name, message }: { readonly name: string; readonly message: string }) {
    super(message);
    this.name = name;
  }
}

/** Buffers of the typed arrays in a sample, which are transferred to the page without a copy. */
function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (isTensor(value)) {
    throw new ValueError(
      "exposeMap: expected a sample of numbers, arrays and typed arrays, got a tensor; the page makes tensors of batches",
    );
  }
  if (ArrayBuffer.isView(value)) {
    if (isA(value.buffer, "ArrayBuffer")) found.add(value.buffer);
  } else if (typeof value === "object" && value !== null) {
    for (const each of Object.values(value)) buffersOf(each, found);
  }
  return found;
}

/**
 * Makes this worker answer a `WorkerPool`: `map` is called with an item and its index, like the function of a `MapDataset`.
 * Throws `ValueError` outside a worker.
 */
export const exposeMap = /* @__PURE__ */ checked(
  "exposeMap",
  { map: callback },
  <Item>(map: (item: Item, index: number) => unknown): void => {
    const here = globalThis as typeof globalThis & {
      postMessage(message: unknown, transfer: Transferable[]): void;
    };
    if (!("WorkerGlobalScope" in here)) {
      throw new ValueError(
        "exposeMap: expected to be called in a Web Worker, got a page; start its module by new Worker(…), see WorkerPool",
      );
    }
    here.addEventListener("message", async ({ data }: MessageEvent<Request>) => {
      const { id, item, index } = data;
      try {
        const value = await map(item as Item, index);
        here.postMessage({ id, value } satisfies WorkerAnswer, [...buffersOf(value)]);
      } catch (thrown) {
        const { name = "Error" } = Object(thrown) as Partial<Error>;
        const message = messageOf(thrown);
        here.postMessage({ id, error: { name, message } } satisfies WorkerAnswer, []);
      }
    });
  },
);
