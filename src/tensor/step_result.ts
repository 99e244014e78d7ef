import type { Tensor } from "./tensor.ts";

/** What a captured function may return: tensors, alone or in an array or a plain object. */
export type StepResult =
  | Tensor
  | readonly Tensor[]
  | Readonly<Record<string, Tensor>>
  | undefined
  // biome-ignore lint/suspicious/noConfusingVoidType: a step need not return anything
  | void;

/** A result with something else in place of every tensor. */
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

function isTensor(value: object): value is Tensor {
  return "storage" in value && "dtype" in value;
}
