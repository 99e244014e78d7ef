import { ValueError } from "../core/errors.ts";
import { callback } from "../core/kinds.ts";
import { isPlain } from "../core/realm.ts";
import { passing } from "../core/signature.ts";
import { tensorKind } from "./kinds.ts";
import type { Tensor } from "./tensor.ts";

const scopes: Set<Tensor>[] = [];

/** Called for every new tensor: the innermost scope owns it. */
export function enterScope(tensor: Tensor): void {
  scopes.at(-1)?.add(tensor);
}

/** Gradients by leaf: a scope keeps or frees both together at its end. */
const gradients = new WeakMap<Tensor, Tensor>();

const withGradient = (leaf: Tensor) => [leaf, gradients.get(leaf) ?? leaf];

/** Binds the gradient that a backward pass gave a leaf to the scope that owns the leaf, if any. Returns the gradient. */
export function keepWith(leaf: Tensor, gradient: Tensor): Tensor {
  gradients.set(leaf, gradient);
  for (const scope of scopes) {
    if (scope.has(leaf)) scope.add(gradient);
    else scope.delete(gradient);
  }
  return gradient;
}

/**
 * Takes a tensor, and the gradient that a backward pass gave it, out of every open scope: it lives until `dispose()`.
 * Returns the tensor. Throws if it is not a live tensor.
 *
 * @example
 * ```ts
 * import { add, keep, scope, tensor, type Tensor } from "wgrad";
 * const kept: Tensor[] = [];
 * const last = scope(() => {
 *   kept.push(keep(add(tensor([1]), 1)));
 *   return add(tensor([2]), 1); // what is returned lives on, too
 * });
 * console.log(kept[0]?.disposed, await last.item()); // false 3
 * ```
 */
export const keep = /* @__PURE__ */ passing(
  "keep",
  { tensor: tensorKind },
  <T extends Tensor>(tensor: T): T => {
    for (const scope of scopes) for (const each of withGradient(tensor)) scope.delete(each);
    return tensor;
  },
);

/**
 * Runs `work` and disposes of every tensor made inside, gradients of leaves made inside included, except those it returns
 * (alone, or in arrays and plain objects), which move with their gradients to the enclosing scope. `work` must not be
 * asynchronous: read results after the scope. Throws the errors of `work`, and `ValueError` if it is not a function, is
 * asynchronous, or returns an object that contains itself; then all are freed.
 *
 * @example
 * ```ts
 * import { mul, ones, scope, sum } from "wgrad";
 * const total = scope(() => sum(mul(ones([4]), 2))); // all but the result is freed
 * console.log(await total.item()); // 8
 * ```
 */
export const scope = /* @__PURE__ */ passing("scope", { work: callback }, freeing);

function freeing<R>(work: () => R): R {
  const mine = new Set<Tensor>();
  const returned = new Set<Tensor>();
  scopes.push(mine);
  try {
    const result = work();
    refusePromise("scope", result);
    for (const each of tensorsIn(result, refuseCycle).flatMap(withGradient)) returned.add(each);
    return result;
  } finally {
    scopes.pop();
    for (const tensor of mine) {
      if (returned.has(tensor)) scopes.at(-1)?.add(tensor);
      else tensor.dispose();
    }
  }
}

/** Throws `ValueError` for a promise: what `who` does for its function would end before the promise resolves. */
export function refusePromise(who: string, result: unknown): void {
  if (typeof (result as PromiseLike<unknown> | null | undefined)?.then !== "function") return;
  (result as PromiseLike<unknown>).then(undefined, () => undefined);
  throw new ValueError(
    `${who}: expected a synchronous function, got a promise; await outside of it`,
  );
}

function refuseCycle(): never {
  throw new ValueError(
    "scope: expected a result without cycles, got an object that contains itself; return a plain array",
  );
}

/** Marks a tensor that a composed layer passes from one of its layers to the next. Returns it. */
export type PassOn = <T extends Tensor>(h: T) => T;

/** Tensors that the outermost running composed layer has made and passed on, if no scope is open around it. */
let composing: { readonly made: Set<Tensor>; readonly passed: Tensor[] } | undefined;

const pass: PassOn = (h) => {
  composing?.passed.push(h);
  return h;
};

/**
 * Runs the forward pass of a layer that consists of other layers. A scope around it frees everything made in it; without a
 * scope, tensors that `work` marked with `pass` are freed at the end, unless they are the result, existed before, were kept
 * by `keep()`, or were seen by a forward hook.
 */
export function composed<R extends Tensor>(work: (pass: PassOn) => R): R {
  if (composing || scopes.length > 0) return work(pass);
  const made = new Set<Tensor>();
  const passed: Tensor[] = [];
  composing = { made, passed };
  scopes.push(made);
  let result: R | undefined;
  try {
    result = work(pass);
    return result;
  } finally {
    scopes.pop();
    composing = undefined;
    for (const h of passed) if (h !== result && made.has(h)) h.dispose();
  }
}

/**
 * Exempts tensors from being freed by composed layers: code that has seen them may still hold them. Returns the first
 * argument.
 */
export function spare<T>(seen: T, alongside: unknown): T {
  if (composing) for (const tensor of tensorsIn([seen, alongside])) composing.made.delete(tensor);
  return seen;
}

/**
 * The tensors in a value: the value itself, or those in arrays and plain objects, in order. `onCycle` is called for an
 * object that contains itself, which is not walked again.
 */
export function tensorsIn(value: unknown, onCycle?: () => void): Tensor[] {
  if (typeof value !== "object" || value === null) return [];
  if ("storage" in value && "dispose" in value) return [value as Tensor];
  const found: Tensor[] = [];
  const within = new Set<object>();
  const frames = [{ owner: value, parts: [value] as unknown[], at: 0 }]; // no recursion: nesting may exceed the call stack
  for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
    if (frame.at === frame.parts.length) {
      frames.pop();
      within.delete(frame.owner);
      continue;
    }
    const part = frame.parts[frame.at++];
    if (typeof part !== "object" || part === null) continue;
    if ("storage" in part && "dispose" in part) found.push(part as Tensor);
    else if (within.has(part)) onCycle?.();
    else if (Array.isArray(part) || isPlain(part)) {
      within.add(part);
      frames.push({ owner: part, parts: Object.values(part), at: 0 });
    }
  }
  return found;
}
