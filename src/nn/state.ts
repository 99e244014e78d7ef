import { ShapeError, ValueError } from "../core/errors.ts";
import { anything, record } from "../core/kinds.ts";
import { inMemory, sameShape, show, type TypedArray, typedArray } from "../core/shape.ts";
import { checkArguments, checked, describe, signature } from "../core/signature.ts";
import { tensorKind } from "../tensor/kinds.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Counter } from "./counter.ts";

/** Tensors by PyTorch's names: `layer1.0.bn1.running_mean`. */
export type StateDict = Readonly<Record<string, StateEntry>>;

/** One tensor of a state dict, on the host. */
export interface StateEntry {
  readonly shape: readonly number[];
  readonly data: TypedArray;
}

/** What `loadStateDict` takes: also 64-bit integers, as which PyTorch saves `num_batches_tracked`. */
export type LoadableState = Readonly<
  Record<string, Pick<StateEntry, "shape"> & { readonly data: TypedArray | BigInt64Array }>
>;

/** A part of a model's state, by its name. */
export type NamedState = readonly (readonly [name: string, value: Tensor | Counter])[];

/** Reads a state; a tensor with several names once. */
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

const loaded = /* @__PURE__ */ signature("loadStateDict", { state: record });

/** Overwrites a state, once everything was checked. Throws `ValueError`, `ShapeError`. */
export function loadState(own: NamedState, state: LoadableState): void {
  checkArguments(loaded, [state]);
  const names = new Set(own.map(([name]) => name));
  const missing = own.flatMap(([name, value]) =>
    Object.hasOwn(state, name) || value instanceof Counter ? [] : [name],
  );
  const unknown = Object.keys(state).filter((name) => !names.has(name));
  if (missing.length || unknown.length) {
    throw new ValueError(
      `loadStateDict: expected the names of this model, got ${missing.length} missing [${missing.slice(0, 5).join(", ")}] ` +
        `and ${unknown.length} unknown [${unknown.slice(0, 5).join(", ")}]; build the model the state was saved from`,
    );
  }
  for (const [name, value] of own) {
    if (value instanceof Counter) countOf(name, state);
    else checkEntry(name, value, state[name]);
  }
  for (const [name, value] of own) {
    if (value instanceof Counter) value.value = countOf(name, state);
    else assign(value, state[name]?.data as TypedArray);
  }
}

/**
 * Overwrites a tensor's content from the host, in the order of the queue; outside of captured steps without another copy on
 * the GPU. Throws `ShapeError` for another length.
 */
export const assign = /* @__PURE__ */ checked(
  "assign",
  { target: tensorKind, data: anything },
  (target: Tensor, data: TypedArray): void => {
    if (!ArrayBuffer.isView(data) || data.length !== target.size) {
      throw new ShapeError(
        `assign: expected a typed array of ${target.size} numbers for ${show(target.shape, target.name)}, got ` +
          `${describe(data)}; pass one for each element`,
      );
    }
    const { engine, storage, dtype } = target;
    engine.write(storage, inMemory(dtype, typedArray(dtype, data))); // a copy
  },
);

function checkEntry(
  name: string,
  { shape, size }: Tensor,
  entry: LoadableState[string] | undefined,
): void {
  const { shape: given, data } = entry ?? {};
  if (!Array.isArray(given) || !ArrayBuffer.isView(data) || data instanceof BigInt64Array) {
    throw new ValueError(
      `loadStateDict: ${name} expects { shape, data } with numbers as data, got ${describe(data ?? entry)}; ` +
        "pass what stateDict() or loadSafetensors() gave",
    );
  }
  if (sameShape(given, shape) && data.length === size) return;
  throw new ShapeError(
    `loadStateDict: ${name} expects ${show(shape)}, got ${show(given)} with ${data.length} numbers; ` +
      "build the model with the same sizes",
  );
}

/** 0 where the state has none, as files written before PyTorch counted. */
function countOf(name: string, state: LoadableState): number {
  if (!Object.hasOwn(state, name)) return 0;
  const data = state[name]?.data;
  const count = Number(data?.[0]);
  if (data?.length === 1 && Number.isSafeInteger(count) && count >= 0) return count;
  throw new ValueError(
    `loadStateDict: ${name} expects one integer ≥ 0, got ${describe(data && Array.from<number | bigint>(data))}; ` +
      "pass the number of batches seen so far",
  );
}
