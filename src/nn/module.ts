import { once } from "../autograd/recompute.ts";
import { ShapeError, ValueError } from "../core/errors.ts";
import { sameShape, show, type TypedArray } from "../core/shape.ts";
import { inFrame } from "../scheduler/place.ts";
import { onReplay } from "../scheduler/recording.ts";
import { tensor } from "../tensor/create.ts";
import { keep } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Tensors by PyTorch's names: `layer1.0.bn1.running_mean`. */
export type StateDict = Readonly<Record<string, StateEntry>>;

/** One tensor of a state dict, on the host. */
export interface StateEntry {
  readonly shape: readonly number[];
  readonly data: TypedArray;
}

/** A tensor that training updates: a leaf that requires a gradient and belongs to no scope. */
export function parameter(value: Tensor): Tensor {
  value.requiresGrad = true;
  return keep(value);
}

/** A whole number in a state dict that no kernel reads: `num_batches_tracked`. */
export class Counter {
  value = 0;

  /** One more; and one more whenever a captured step that did this is replayed. */
  advance(): void {
    const up = () => {
      this.value++;
    };
    const down = () => {
      this.value--;
    };
    once(() => {
      up();
      onReplay(up, down);
    });
  }
}

/** A tensor that belongs to a module but is not trained, for example a running mean. */
export function buffer(value: Tensor): Tensor {
  return keep(value);
}

/**
 * Called after a module's forward with its first input and its result; what it returns, if anything, takes the result's
 * place.
 */
export type ForwardHook = (module: Module, x: Tensor, y: Tensor) => Tensor | undefined;

/**
 * Base of every layer and model. Tensors, modules and arrays of modules assigned to fields are found by themselves; a
 * field's name in snake_case is its name in the state dict, so PyTorch's names come out. Tensors that require a gradient
 * are parameters, the others are buffers.
 */
export abstract class Module {
  /** True in training, false in evaluation: what `train()` and `eval()` set. */
  training = true;

  readonly #hooks = new Set<{ readonly hook: ForwardHook }>();
  /** The forward that callers get; undefined for a moment in the constructor. */
  #entrance: Module["forward"] | undefined;

  constructor() {
    this.#enter();
  }

  abstract forward(x: Tensor): Tensor;

  /** Calls `hook` after every forward of this module, in the order of registration. Returns what ends that. */
  registerForwardHook(hook: ForwardHook): () => void {
    if (this.forward !== this.#entrance) this.#enter(); // a field of the class has taken its place
    const entry = { hook };
    this.#hooks.add(entry);
    return () => {
      this.#hooks.delete(entry);
    };
  }

  /** Puts before the class's own forward one that says which layer is running, and calls the hooks. */
  #enter(): void {
    const plain = this.forward;
    const value = (x: Tensor, ...rest: unknown[]): Tensor =>
      inFrame(this, () => {
        let y: Tensor = Reflect.apply(plain, this, [x, ...rest]);
        for (const { hook } of [...this.#hooks]) y = hook(this, x, y) ?? y;
        return y;
      });
    Object.defineProperty(this, "forward", { value, configurable: true, writable: true });
    this.#entrance = value;
  }

  /** Direct children by name. */
  namedChildren(): [name: string, child: Module][] {
    return Object.entries(this).flatMap(([field, value]: [string, unknown]) => {
      if (value instanceof Module) return [[stateName(field), value] as [string, Module]];
      if (!Array.isArray(value)) return [];
      return value.flatMap((item: unknown, i) =>
        item instanceof Module ? [[`${stateName(field)}.${i}`, item] as [string, Module]] : [],
      );
    });
  }

  /** This module and everything below it, by path; its own path is "". */
  namedModules(prefix = ""): [name: string, module: Module][] {
    const below = this.namedChildren().flatMap(([name, child]) =>
      child.namedModules(prefix ? `${prefix}.${name}` : name),
    );
    return [[prefix, this], ...below];
  }

  /** Parameters and buffers, by their names in the state dict. */
  namedTensors(): [name: string, value: Tensor][] {
    return this.#named(isTensor);
  }

  /** Whole numbers of the state dict that no kernel reads, by name. */
  namedCounters(): [name: string, counter: Counter][] {
    return this.#named((value) => value instanceof Counter);
  }

  /** Fields of this module and of all below it that `wanted` accepts, by path. */
  #named<T>(wanted: (value: unknown) => value is T): [name: string, value: T][] {
    return this.namedModules().flatMap(([path, module]) =>
      Object.entries(module).flatMap(([field, value]: [string, unknown]) => {
        if (!wanted(value)) return [];
        const name = stateName(field);
        return [[path ? `${path}.${name}` : name, value] as [string, T]];
      }),
    );
  }

  namedParameters(): [name: string, parameter: Tensor][] {
    return this.namedTensors().filter(([, value]) => value.requiresGrad);
  }

  parameters(): Tensor[] {
    return this.namedParameters().map(([, value]) => value);
  }

  namedBuffers(): [name: string, buffer: Tensor][] {
    return this.namedTensors().filter(([, value]) => !value.requiresGrad);
  }

  /** Number of trained scalars. */
  parameterCount(): number {
    return this.parameters().reduce((sum, p) => sum + p.size, 0);
  }

  /** Training mode: batch statistics, dropout. Returns the module. */
  train(training = true): this {
    for (const [, module] of this.namedModules()) module.training = training;
    return this;
  }

  /** Evaluation mode: running statistics, no dropout. Returns the module. */
  eval(): this {
    return this.train(false);
  }

  /** Forgets every parameter's gradient. */
  zeroGrad(): void {
    for (const p of this.parameters()) clearGrad(p);
  }

  /** Reads every parameter and buffer. */
  async stateDict(): Promise<StateDict> {
    const counters = this.namedCounters().map(([name, { value }]): [string, StateEntry] => [
      name,
      { shape: [], data: Int32Array.of(value) },
    ]);
    const entries = await Promise.all(
      this.namedTensors().map(async ([name, value]) => {
        const entry: StateEntry = { shape: value.shape, data: await value.read() };
        return [name, entry] as [string, StateEntry];
      }),
    );
    return Object.fromEntries([...entries, ...counters]);
  }

  /**
   * Replaces every parameter and buffer. Throws `ValueError` for missing or unknown names and `ShapeError` for other
   * shapes, before anything is changed.
   */
  loadStateDict(state: StateDict): void {
    const own = new Map(this.namedTensors());
    const counters = new Map(this.namedCounters());
    const missing = [...own.keys()].filter((name) => !(name in state));
    const unknown = Object.keys(state).filter((name) => !own.has(name) && !counters.has(name));
    if (missing.length || unknown.length) {
      throw new ValueError(
        `loadStateDict: expected the names of this model, got ${missing.length} missing [${missing.slice(0, 5).join(", ")}] ` +
          `and ${unknown.length} unknown [${unknown.slice(0, 5).join(", ")}]; build the model the state was saved from`,
      );
    }
    for (const [name, value] of own) {
      const { shape, data } = state[name] as StateEntry;
      if (sameShape(shape, value.shape) && data.length === value.size) continue;
      throw new ShapeError(
        `loadStateDict: ${name} expects ${show(value.shape)}, got ${show(shape)} with ${data.length} numbers; ` +
          "build the model with the same sizes",
      );
    }
    for (const [name, value] of own) assign(value, (state[name] as StateEntry).data);
    for (const [name, counter] of counters) counter.value = state[name]?.data[0] ?? 0;
  }

  /** Frees every parameter, buffer and gradient. */
  dispose(): void {
    for (const [, value] of this.namedTensors()) {
      clearGrad(value);
      value.gradTarget?.dispose();
      value.dispose();
    }
  }
}

/** Forgets a leaf's gradient; its place in the arena stays. */
export function clearGrad(leaf: Tensor): void {
  if (leaf.grad && leaf.grad !== leaf.gradTarget) leaf.grad.dispose();
  leaf.grad = null;
}

/** Overwrites a tensor's content from the host, in the order of the queue. */
export function assign(target: Tensor, data: TypedArray): void {
  using source = tensor(data, { dtype: target.dtype, engine: target.engine });
  target.engine.copy(source.storage, target.storage);
}

function isTensor(value: unknown): value is Tensor {
  return typeof value === "object" && value !== null && "storage" in value && "dtype" in value;
}

/** `runningMean` → `running_mean`; `conv1` stays. */
function stateName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
