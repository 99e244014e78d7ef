import { isA, isPlain } from "../../core/realm.ts";
import { isTensor } from "../../tensor/kinds.ts";
import { isResult, roleOf } from "../../tensor/roles.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Counter } from "./counter.ts";

/** Tensors, counters and modules that a module itself holds, by their names in the state dict. */
export interface Members<M> {
  /** Parameters, then buffers and counters. */
  readonly state: [name: string, value: Tensor | Counter][];
  readonly children: [name: string, child: M][];
}

/** A container whose keys are complete names: the name of its field is not prepended in the state dict. */
export class WholeNames<T> extends Map<string, T> {}

/**
 * Finds tensors, counters and modules in a module's fields: directly, or in arrays, plain objects and Maps, nested to any
 * depth. Members of a container are named by their index or key: `layers.0`, `heads.left`. Private fields (`#x`) cannot be
 * seen.
 */
export function membersOf<M extends object>(
  owner: object,
  isModule: (value: unknown) => value is M,
): Members<M> {
  const state: [string, Tensor | Counter][] = [];
  const children: [string, M][] = [];
  const around = new Set<object>();
  const visit = (name: string, value: unknown): void => {
    if (typeof value !== "object" || value === null || around.has(value)) return;
    if (isModule(value)) children.push([name, value]);
    else if (value instanceof Counter) state.push([name, value]);
    else if (isTensor(value)) isResult(value) || state.push([name, value]);
    else {
      around.add(value);
      const prefix = value instanceof WholeNames ? "" : `${name}.`;
      for (const [key, item] of entriesOf(value)) visit(`${prefix}${key}`, item);
      around.delete(value);
    }
  };
  for (const [field, value] of Object.entries(owner)) visit(stateName(field), value);
  const trained = ([, value]: [string, Tensor | Counter]) => isParameter(value);
  return {
    state: [...state.filter(trained), ...state.filter((entry) => !trained(entry))],
    children,
  };
}

/** Replaces `old` by `next` everywhere in a module's fields and their containers; returns whether it was found. */
export function replaceIn<M extends object>(owner: object, old: M, next: M): boolean {
  const around = new Set<object>();
  const visit = (holder: object, entries: Iterable<readonly [unknown, unknown]>): boolean => {
    around.add(holder);
    let found = false;
    for (const [key, value] of [...entries]) {
      if (value === old) {
        put(holder, key, next);
        found = true;
      } else if (typeof value === "object" && value !== null && !around.has(value)) {
        if (visit(value, entriesOf(value))) found = true;
      }
    }
    return found;
  };
  return visit(owner, isA(owner, "Map") ? owner : Object.entries(owner));
}

function put(holder: object, key: unknown, value: unknown): void {
  if (isA(holder, "Map")) holder.set(key, value);
  else Reflect.set(holder, key as string, value);
}

/** Whether an entry of a state is a parameter, frozen or not. */
export function isParameter(value: Tensor | Counter): value is Tensor {
  return !(value instanceof Counter) && roleOf(value) === "parameter";
}

/** Entries of a container; empty for other values, and for arrays of numbers or strings. */
function entriesOf(value: object): Iterable<readonly [unknown, unknown]> {
  if (isA(value, "Map")) return value;
  const holds = Array.isArray(value) ? typeof value[0] !== "number" : isPlain(value);
  return holds ? Object.entries(value) : [];
}

/** `runningMean` → `running_mean`; `conv1` stays. */
function stateName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
