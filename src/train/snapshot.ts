import type { Counter, Module, StateDict } from "../nn/module.ts";
import { keep } from "../tensor/scope.ts";
import { Tensor } from "../tensor/tensor.ts";

/** A copy of a model's parameters, buffers and counters that stays on the GPU: taken and put back without reading. */
export class ModelSnapshot {
  readonly #tensors: readonly (readonly [name: string, live: Tensor, held: Tensor])[];
  readonly #counters: readonly (readonly [name: string, live: Counter])[];
  readonly #counts = new Map<Counter, number>();

  /** Takes the first copy, of all tensors or of those given. */
  constructor(model: Module, tensors: readonly [name: string, Tensor][] = model.namedTensors()) {
    this.#tensors = tensors.map(([name, live]) => [name, live, twin(live)]);
    this.#counters = model.namedCounters();
    this.take();
  }

  /** Copies the model as it is now. */
  take(): void {
    for (const [, live, held] of this.#tensors) live.engine.copy(live.storage, held.storage);
    for (const [, counter] of this.#counters) this.#counts.set(counter, counter.value);
  }

  /** Makes the model what it was when the copy was taken. The copy stays. */
  restore(): void {
    for (const [, live, held] of this.#tensors) live.engine.copy(held.storage, live.storage);
    for (const [, counter] of this.#counters) counter.value = this.#counts.get(counter) ?? 0;
  }

  /** Exchanges the model and the copy. */
  swap(): void {
    for (const [, live, held] of this.#tensors) exchange(live, held);
    for (const [, counter] of this.#counters) {
      const { value } = counter;
      counter.value = this.#counts.get(counter) ?? 0;
      this.#counts.set(counter, value);
    }
  }

  /** The copy as the model's state dict. */
  async stateDict(): Promise<StateDict> {
    const counters = this.#counters.map(([name, counter]) => {
      const data = Int32Array.of(this.#counts.get(counter) ?? 0);
      return [name, { shape: [], data }] as const;
    });
    const entries = this.#tensors.map(async ([name, , held]) => {
      return [name, { shape: held.shape, data: await held.read() }] as const;
    });
    return Object.fromEntries([...(await Promise.all(entries)), ...counters]);
  }

  /** Frees the copy. */
  dispose(): void {
    for (const [, , held] of this.#tensors) held.dispose();
  }
}

/** A tensor of the same size and type with nothing in it yet. */
function twin({ engine, shape, dtype, name }: Tensor): Tensor {
  const storage = engine.allocate(name, shape);
  return keep(new Tensor({ engine, storage, shape, dtype, name }));
}

/** Exchanges the contents of two tensors of one size. */
export function exchange(a: Tensor, b: Tensor): void {
  using passing = twin(a);
  a.engine.copy(a.storage, passing.storage);
  a.engine.copy(b.storage, a.storage);
  a.engine.copy(passing.storage, b.storage);
}
