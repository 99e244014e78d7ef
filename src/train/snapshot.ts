import { type Kind, list, optional } from "../core/kinds.ts";
import { checkArguments, signature } from "../core/signature.ts";
import type { Counter } from "../nn/module/counter.ts";
import type { NamedState } from "../nn/module/load_plan.ts";
import type { AnyModule } from "../nn/module/module.ts";
import { readState, type StateDict } from "../nn/module/state.ts";
import { isTensor } from "../tensor/kinds.ts";
import { keep } from "../tensor/scope.ts";
import { Tensor } from "../tensor/tensor.ts";
import { modelKind } from "./kinds.ts";

const namedTensor: Kind = {
  expected: "a pair [name, tensor]",
  advice: "take some of model.namedTensors()",
  accepts: (value) => Array.isArray(value) && value.length === 2 && isTensor(value[1]),
};

/** A copy of a model's parameters, buffers and counters on the GPU: taken and restored without readback. */
export class ModelSnapshot {
  static readonly signature = /* @__PURE__ */ signature("ModelSnapshot", {
    model: modelKind,
    tensors: optional(list(namedTensor)),
  });

  readonly #tensors: readonly (readonly [name: string, live: Tensor, held: Tensor])[];
  readonly #counters: readonly (readonly [name: string, live: Counter])[];
  /** The model's state under all names. */
  readonly #state: NamedState;
  readonly #counts = new Map<Counter, number>();

  /** Takes the first copy, of all tensors or of the given ones. */
  constructor(model: AnyModule, tensors?: readonly [name: string, Tensor][]) {
    checkArguments(ModelSnapshot.signature, arguments);
    this.#tensors = (tensors ?? model.namedTensors()).map(([name, live]) => [
      name,
      live,
      twin(live),
    ]);
    this.#counters = model.namedCounters();
    this.#state = model.namedState();
    this.take();
  }

  /** Copies the model's current state. */
  take(): void {
    for (const [, live, held] of this.#tensors) live.engine.copy(live.storage, held.storage);
    for (const [, counter] of this.#counters) this.#counts.set(counter, counter.value);
  }

  /** Restores the model to the copy, which is kept. */
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
  stateDict(): Promise<StateDict> {
    const held = new Map(this.#tensors.map(([, live, copy]) => [live, copy]));
    return readState(
      this.#state,
      (live) => (held.get(live) ?? live).read(),
      (counter) => this.#counts.get(counter) ?? 0,
    );
  }

  /** Frees the copy. */
  dispose(): void {
    for (const [, , held] of this.#tensors) held.dispose();
  }
}

/** A tensor of the same size and dtype without content. */
function twin({ engine, shape, dtype, name }: Tensor): Tensor {
  const storage = engine.allocate(name, shape);
  return keep(new Tensor({ engine, storage, shape, dtype, name }));
}

/** Exchanges the contents of two tensors of the same size. */
export function exchange(a: Tensor, b: Tensor): void {
  using passing = twin(a);
  a.engine.copy(a.storage, passing.storage);
  a.engine.copy(b.storage, a.storage);
  a.engine.copy(passing.storage, b.storage);
}
