import { ValueError } from "../core/errors.ts";
import { type Kind, record } from "../core/kinds.ts";
import { isA, isPlain } from "../core/realm.ts";
import { size, type TypedArray } from "../core/shape.ts";
import type { LoadableEntry, StateEntry } from "../nn/module/state.ts";

/** State as plain data: JSON values, non-finite numbers, and typed arrays. */
export type State =
  | null
  | boolean
  | number
  | string
  | TypedArray
  | readonly State[]
  | { readonly [name: string]: State | undefined };

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A state without its typed arrays, which are in `tensors` under the names by which `json` refers to them. */
export interface Packed {
  readonly json: Json;
  readonly tensors: Readonly<Record<string, StateEntry>>;
}

/** Parts of a checkpoint by name. A model or an optimiser alone is refused, as its fields would be saved as parts. */
export const savedKind: Kind = {
  expected: "an object of parts",
  advice: "name them: saveCheckpoint({ model, optimizer })",
  accepts: (value) => record.accepts(value) && !("stateDict" in (value as object)),
};

/** Marks for values that JSON cannot represent. */
const [TENSOR, ARRAY, NUMBER] = ["$tensor", "$array", "$number"] as const;

/**
 * Takes the typed arrays out of a state. `{ shape, data }` becomes a tensor of that shape, an array alone one of one axis;
 * each is named by its path: `model.conv1.weight`. Throws `ValueError` for values that are not plain data.
 */
export function packState(state: unknown): Packed {
  const tensors: Record<string, StateEntry> = {};
  const add = (path: string, tensor: StateEntry): string => {
    const name = path in tensors || path === "__metadata__" ? `${path}~` : path;
    if (name !== path) return add(name, tensor);
    tensors[name] = tensor;
    return name;
  };
  const pack = (value: unknown, path: string): Json => {
    if (isTypedArray(value)) return { [ARRAY]: add(path, { shape: [value.length], data: value }) };
    if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) {
      return { [NUMBER]: Object.is(value, -0) ? "-0" : String(value) };
    }
    if (value === null || ["boolean", "number", "string"].includes(typeof value)) {
      return value as Json;
    }
    const below = (key: string) => (path ? `${path}.${key}` : key);
    if (Array.isArray(value)) return value.map((item, i) => pack(item, below(String(i))));
    if (isTensor(value)) return { [TENSOR]: add(path, value) };
    const entries = plainEntries(value, path);
    return Object.fromEntries(entries.map(([key, item]) => [key, pack(item, below(key))]));
  };
  return { json: pack(state, ""), tensors };
}

/** Restores a packed state. Throws `ValueError` for a reference to a missing tensor. */
export function unpackState({
  json,
  tensors,
}: {
  readonly json: Json;
  readonly tensors: Readonly<Record<string, LoadableEntry>>;
}): State {
  const unpack = (value: Json): State => {
    if (typeof value !== "object" || value === null) return value;
    if (isList(value)) return value.map(unpack);
    if (Object.hasOwn(value, NUMBER)) return numberOf(value[NUMBER]);
    const mark = [TENSOR, ARRAY].find((each) => Object.hasOwn(value, each));
    if (mark === undefined) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unpack(item)]));
    }
    const name = String(value[mark]);
    const tensor = Object.hasOwn(tensors, name) ? tensors[name] : undefined;
    if (!tensor || !isTypedArray(tensor.data)) {
      throw new ValueError(
        `checkpoint: expected a tensor '${name}' of F32, I32 or U32, which the file lacks; it is damaged`,
      );
    }
    return mark === TENSOR ? { shape: tensor.shape, data: tensor.data } : tensor.data;
  };
  return unpack(json);
}

/** A non-finite number, by its name. */
function numberOf(name: Json | undefined): number {
  if (["NaN", "Infinity", "-Infinity", "-0"].includes(name as string)) return Number(name);
  throw new ValueError(
    `checkpoint: expected NaN, Infinity, -Infinity or -0 as ${NUMBER}, got ${JSON.stringify(name)}; the file is damaged`,
  );
}

function plainEntries(value: unknown, path: string): [string, unknown][] {
  if (isPlain(value)) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    if (!entries.some(([key]) => [TENSOR, ARRAY, NUMBER].some((mark) => mark === key))) {
      return entries;
    }
  }
  throw new ValueError(
    `saveCheckpoint: expected plain data at '${path}', got ${nameOf(value)}; ` +
      "save numbers, strings, lists, objects and typed arrays",
  );
}

/** The class of an object, or the type of any other value. */
const nameOf = (value: unknown): string =>
  (typeof value === "object" && value?.constructor?.name) || typeof value;

function isTypedArray(value: unknown): value is TypedArray {
  return isA(value, "Float32Array", "Int32Array", "Uint32Array");
}

/** Whether a value is `{ shape, data }`, an entry of a state dict. */
function isTensor(value: unknown): value is StateEntry {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 2) return false;
  const { shape, data } = value as Partial<StateEntry>;
  return Array.isArray(shape) && isTypedArray(data) && size(shape) === data.length;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
