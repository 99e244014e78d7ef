import { checked } from "../core/signature.ts";
import type { Tensor } from "./tensor.ts";

/** Tensors that were garbage-collected without `dispose()`: their GPU memory stays allocated. */
export interface LeakReport {
  /** Number of leaked tensors so far. */
  readonly count: number;
  /** Bytes of those tensors. */
  readonly bytes: number;
  /** Names of the first few leaked tensors. */
  readonly names: readonly string[];
}

interface Lost {
  readonly name: string;
  readonly bytes: number;
}

/**
 * Counts leaked tensors. It frees nothing: the time of garbage collection is unpredictable. It warns once, when a program that
 * lost more than a few small ones makes another tensor: what is left of a program that has ended leaks no more.
 */
class LeakWatch {
  #count = 0;
  #bytes = 0;
  #names: string[] = [];
  /** 1 MiB, or 64 tensors of any size: a loop that loses them comes to that. */
  #limit = 2 ** 20;
  readonly #registry = new FinalizationRegistry<Lost>(({ name, bytes }) => {
    this.#count++;
    this.#bytes += bytes;
    if (this.#names.length < 10) this.#names.push(name);
  });

  watch(tensor: Tensor): void {
    if (this.#bytes + this.#count * 2 ** 14 > this.#limit) {
      this.#limit = Infinity; // it warns once
      console.warn(`wgrad: tensors (${this.#names}) were collected without dispose(); use scope()`);
    }
    this.#registry.register(tensor, { name: tensor.name, bytes: tensor.storage.bytes }, tensor);
  }

  forget(tensor: Tensor): void {
    this.#registry.unregister(tensor);
  }

  report(): LeakReport {
    return { count: this.#count, bytes: this.#bytes, names: [...this.#names] };
  }
}

export const leaks = new LeakWatch();

/** How many tensors were garbage-collected without `dispose()` so far, as far as the collector has reported. */
export const leakReport = /* @__PURE__ */ checked(
  "leakReport",
  {},
  (): LeakReport => leaks.report(),
);
