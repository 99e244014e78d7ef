import { ShapeError, ValueError } from "../../core/errors.ts";
import { fitted, type HostArray, isHostArray } from "../../core/host_array.ts";
import { anything, type Kind, optional } from "../../core/kinds.ts";
import { isPlain } from "../../core/realm.ts";
import { inMemory, sameShape, show, size, type TypedArray, typedArray } from "../../core/shape.ts";
import { checkArguments, checked, describe, signature } from "../../core/signature.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { Counter } from "./counter.ts";
import {
  type Loading,
  type LoadOptions,
  type LoadReport,
  loadOptions,
  type NamedState,
  planLoad,
} from "./load_plan.ts";

/** Tensors by PyTorch's names: `layer1.0.bn1.running_mean`. */
export type StateDict = Readonly<Record<string, StateEntry>>;

/** One tensor of a state dict, on the host. */
export interface StateEntry {
  /** Sizes of its axes; [] for a scalar. */
  readonly shape: readonly number[];
  /** Elements of the tensor, row-major. */
  readonly data: TypedArray;
}

/** One tensor that `loadStateDict` takes. */
export interface LoadableEntry {
  /** Sizes of its axes; [] for a scalar. */
  readonly shape: readonly number[];
  /** Elements of the tensor, row-major; converted to the dtype of the model's tensor. */
  readonly data: HostArray;
}

/** A state for `loadStateDict`: like a state dict, but elements may have any type that files contain. */
export type LoadableState = Readonly<Record<string, LoadableEntry>>;

/** Reads a state to the host; a tensor with several names is read once. */
export async function readState(
  state: NamedState,
  read: (value: Tensor) => Promise<TypedArray>,
  count: (counter: Counter) => number,
): Promise<StateDict> {
  const reading = new Map<Tensor, Promise<TypedArray>>();
  const entries = state.map(async ([name, value]): Promise<[string, StateEntry]> => {
    if (value instanceof Counter) return [name, { shape: [], data: Int32Array.of(count(value)) }];
    const data = reading.get(value) ?? read(value);
    reading.set(value, data);
    return [name, { shape: value.shape, data: await data }];
  });
  return Object.fromEntries(await Promise.all(entries));
}

const stateKind: Kind = {
  expected: "a state dict",
  advice: "pass await model.stateDict(), or a file by wgrad/io",
  accepts: isPlain,
};

const loaded = /* @__PURE__ */ signature("loadStateDict", {
  state: stateKind,
  options: /* @__PURE__ */ optional(loadOptions),
});

/** Overwrites a state after checking everything. Throws `ValueError`, `ShapeError`. */
export function loadState(own: NamedState, state: LoadableState, options: LoadOptions): LoadReport {
  checkArguments(loaded, [state, options]);
  const shapes = Object.keys(state).map((name) => [name, shapeOf(name, state[name])] as const);
  const { loading, report } = planLoad(own, shapes, options);
  for (const { name, value, from } of loading) checkEntry(name, value, state[from]);
  if (options.strict !== false) resetCounters(own, loading);
  for (const { name, value, from } of loading) {
    loadEntry(name, value, state[from] as LoadableEntry);
  }
  return report;
}

/** Sets counters that a state lacks to 0: the state was saved before PyTorch had them. */
export function resetCounters(own: NamedState, loading: readonly Loading[]): void {
  const counted = new Set(loading.map(({ value }) => value));
  for (const [, value] of own) {
    if (value instanceof Counter && !counted.has(value)) value.value = 0;
  }
}

/** Throws unless this entry can overwrite a value of a model. */
export function checkEntry(
  name: string,
  value: Tensor | Counter,
  entry: LoadableEntry | undefined,
): void {
  shapeOf(name, entry);
  if (value instanceof Counter) countOf(name, entry as LoadableEntry);
  else {
    if (value.storage.packed) throw value.storage.failure;
    converted(name, value, entry as LoadableEntry);
  }
}

/** Overwrites a value of a model with an entry that `checkEntry` has accepted. */
export function loadEntry(name: string, value: Tensor | Counter, entry: LoadableEntry): void {
  if (value instanceof Counter) value.value = countOf(name, entry);
  else write(value, converted(name, value, entry));
}

/**
 * Overwrites a tensor's content in queue order, as `p.copy_(data)` and `p.fill_(number)` of PyTorch: from a typed array
 * with a number for each element, from another tensor of the same shape and dtype, without waiting for it, or with one
 * number. No gradient is passed on. Throws `ShapeError` for another length or shape, `ValueError` for another dtype or
 * engine.
 *
 * @example
 * ```ts
 * import { add, mul } from "wgrad";
 * import * as nn from "wgrad/nn";
 * const [online, target] = [new nn.Linear(2, 1), new nn.Linear(2, 1)];
 * nn.assign(online.weight, Float32Array.of(10, 20));
 * nn.assign(target.weight, 0);
 * nn.assign(target.weight, add(mul(target.weight, 0.9), mul(online.weight, 0.1))); // a moving average
 * console.log(await target.weight.read()); // [1, 2]
 * ```
 */
export const assign = /* @__PURE__ */ checked(
  "assign",
  { target: tensorKind, data: anything },
  (target: Tensor, data: TypedArray | Tensor | number): void => {
    if (target.disposed) target.checkUsable("assign"); // one that was lost with its device gets its content anew
    if (data instanceof Tensor) copyTensor(target, data);
    else write(target, typeof data === "number" ? new Float64Array(target.size).fill(data) : data);
  },
);

function copyTensor(target: Tensor, data: Tensor): void {
  data.checkUsable("assign");
  const { dtype, engine, shape } = target;
  if (!sameShape(shape, data.shape)) {
    throw new ShapeError(
      `assign: expected a tensor of the target's shape ${show(shape)}, got ${data}; reshape or expand it`,
    );
  }
  if (dtype !== data.dtype || engine !== data.engine) {
    throw new ValueError(
      `assign: expected ${dtype} on the engine of ${target}, got ${data}; convert it with cast(x, "${dtype}")`,
    );
  }
  const storage = engine.allocate("assign", shape, { dtype });
  using between = new Tensor({ engine, storage, shape, dtype }); // parameters of an optimiser share a buffer, in which WebGPU copies nothing
  engine.copy(data.storage, between.storage);
  engine.copy(between.storage, target.storage);
}

function write(target: Tensor, data: TypedArray | Float64Array): void {
  if (!ArrayBuffer.isView(data) || data.length !== target.size) {
    throw new ShapeError(
      `assign: expected a typed array of ${target.size} numbers for ${show(target.shape, target.name)}, got ` +
        `${describe(data)}; pass one for each element, a tensor of this shape, or one number`,
    );
  }
  const { engine, storage, dtype } = target;
  engine.write(storage, inMemory(dtype, typedArray(dtype, data))); // typedArray copies the data
}

function shapeOf(name: string, entry: LoadableEntry | undefined): readonly number[] {
  const { shape, data } = entry ?? {};
  if (!Array.isArray(shape) || !isHostArray(data)) {
    throw new ValueError(
      `loadStateDict: ${name} expects { shape, data } with numbers as data, got ${describe(data ?? entry)}; ` +
        "pass what stateDict() gave, or read a file with wgrad/io",
    );
  }
  if (size(shape) === data.length) return shape;
  throw new ShapeError(
    `loadStateDict: ${name} expects ${size(shape)} numbers for ${show(shape)}, got ${show(shape)} with ${data.length} ` +
      "numbers; build the model with the same sizes",
  );
}

function converted(name: string, { dtype }: Tensor, { data }: LoadableEntry): TypedArray {
  return fitted(dtype, data, (value, index) => {
    throw new ValueError(
      `loadStateDict: ${name} expects numbers that ${dtype} holds, got ${value} at element ${index}; ` +
        "convert it before, or give the model another type",
    );
  });
}

function countOf(name: string, { data }: LoadableEntry): number {
  const count = Number(data[0]);
  if (data.length === 1 && Number.isSafeInteger(count) && count >= 0) return count;
  throw new ValueError(
    `loadStateDict: ${name} expects one integer ≥ 0, got ${describe(Array.from<number | bigint>(data.slice(0, 9)))}; ` +
      "pass the number of batches seen so far",
  );
}
