import { checked } from "../core/signature.ts";
import type { Tensor } from "./tensor.ts";

/** Tensors that were garbage collected without `dispose()`: their GPU bytes stay taken. */
export interface LeakReport {
  /** Tensors lost so far. */
  readonly count: number;
  /** Bytes of those tensors. */
  readonly bytes: number;
  /** Names of the first few. */
  readonly names: readonly string[];
}

interface Lost {
  readonly name: string;
  readonly bytes: number;
}

/** Reports what leaked; it frees nothing, since nothing says when the collector runs. */
class LeakWatch {
  #count = 0;
  #bytes = 0;
  #names: string[] = [];
  readonly #registry = new FinalizationRegistry<Lost>(({ name, bytes }) => {
    if (this.#count === 0) {
      console.warn(
        `wgrad: a tensor ('${name}', ${bytes} bytes) was collected without dispose(); ` +
          "wrap the step in scope(), see leakReport()",
      );
    }
    this.#count++;
    this.#bytes += bytes;
    if (this.#names.length < 10) this.#names.push(name);
  });

  watch(tensor: Tensor): void {
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

/** How many tensors were lost without `dispose()` so far, as far as the garbage collector has told. */
export const leakReport = /* @__PURE__ */ checked(
  "leakReport",
  {},
  (): LeakReport => leaks.report(),
);
