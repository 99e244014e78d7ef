import { ValueError } from "../core/errors.ts";
import { isPlain } from "../core/realm.ts";
import { describe } from "../core/signature.ts";
import { isTensor } from "./kinds.ts";
import { refusePromise } from "./scope.ts";
import type { Tensor } from "./tensor.ts";

/** What a captured function may return: tensors, alone or in an array or a plain object. */
export type StepResult =
  | Tensor
  | readonly Tensor[]
  | Readonly<Record<string, Tensor>>
  | undefined
  // biome-ignore lint/suspicious/noConfusingVoidType: a step need not return anything
  | void;

/** A result with another type in place of every tensor. */
export type Mapped<R, T> = R extends Tensor
  ? T
  : R extends readonly Tensor[]
    ? readonly T[]
    : R extends Readonly<Record<string, Tensor>>
      ? { readonly [Name in keyof R]: T }
      : undefined;

export function tensorsOf(result: StepResult): Tensor[] {
  if (!result) return [];
  return isTensor(result) ? [result] : Object.values(result);
}

/** The same result with `f(tensor)` in place of every tensor. */
export function mapResult<R extends StepResult, T>(
  result: R,
  f: (tensor: Tensor, index: number) => T,
): Mapped<R, T> {
  return mapped(result, f) as Mapped<R, T>;
}

function mapped<T>(result: StepResult, f: (tensor: Tensor, index: number) => T) {
  if (!result) return undefined;
  if (isTensor(result)) return f(result, 0);
  if (Array.isArray(result)) return (result as readonly Tensor[]).map(f);
  return Object.fromEntries(
    Object.entries(result).map(([name, tensor], i) => [name, f(tensor as Tensor, i)]),
  );
}

/** Returns a function that puts tensors in the places of those of a result. */
export function rebuilder(result: StepResult): (tensors: readonly Tensor[]) => StepResult {
  if (!result) return () => undefined;
  if (isTensor(result)) return ([only]) => only;
  if (Array.isArray(result)) return (tensors) => [...tensors];
  const names = Object.keys(result);
  return (tensors) => Object.fromEntries(names.map((name, i) => [name, tensors[i] as Tensor]));
}

/** The result of a captured function. Throws `ValueError` for a result of another kind, and for a freed tensor. */
export function checkResult(result: unknown): StepResult {
  refusePromise("capture", result);
  const plain = Array.isArray(result) || isPlain(result);
  const all = plain ? Object.values(result as object) : result === undefined ? [] : [result];
  for (const each of all) {
    if (isTensor(each)) {
      each.checkUsable("capture");
      continue;
    }
    throw new ValueError(
      `capture: expected tensors as the result, alone, in an array or object, got ${describe(each)}; ` +
        "compute it outside",
    );
  }
  return result as StepResult;
}
