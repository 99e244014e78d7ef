import { ValueError } from "../core/errors.ts";
import { callback } from "../core/kinds.ts";
import { passing } from "../core/signature.ts";
import { tensorKind } from "./kinds.ts";
import type { Tensor } from "./tensor.ts";

const scopes: Set<Tensor>[] = [];

/** Called by every new tensor: the innermost scope owns it. */
export function enterScope(tensor: Tensor): void {
  scopes.at(-1)?.add(tensor);
}

/** Gradients by their leaves: the end of a scope keeps or frees both together. */
const gradients = new WeakMap<Tensor, Tensor>();

const withGradient = (leaf: Tensor) => [leaf, gradients.get(leaf) ?? leaf];

/** The gradient that a backward pass gave a leaf is freed by the scope that frees the leaf, if there is one. Returns it. */
export function keepWith(leaf: Tensor, gradient: Tensor): Tensor {
  gradients.set(leaf, gradient);
  for (const scope of scopes) {
    if (scope.has(leaf)) scope.add(gradient);
    else scope.delete(gradient);
  }
  return gradient;
}

/**
 * Takes a tensor, and the gradient that a backward pass gave it, out of every open scope: it lives until it is disposed of.
 * Returns it. Throws for what is no live tensor.
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
 * (alone, or in arrays and plain objects), which pass with their gradients to the scope around it. `work` must not be asynchronous: read results after the scope. Throws what `work`
 * throws, and `ValueError` if it is no function, is asynchronous, or returns what contains itself; then all are freed.
 */
export const scope = /* @__PURE__ */ passing("scope", { work: callback }, freeing);

function freeing<R>(work: () => R): R {
  const mine = new Set<Tensor>();
  const returned = new Set<Tensor>();
  scopes.push(mine);
  try {
    const result = work();
    refusePromise(result);
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

/** Throws `ValueError` for a promise, which would not be awaited then: it most likely fails on a freed tensor. */
function refusePromise(result: unknown): void {
  if (typeof (result as PromiseLike<unknown> | null | undefined)?.then !== "function") return;
  (result as PromiseLike<unknown>).then(undefined, () => undefined);
  throw new ValueError(
    "scope: expected a synchronous function, got a promise; await outside of it",
  );
}

function refuseCycle(): never {
  throw new ValueError(
    "scope: expected a result whose arrays and objects do not contain themselves, got one that does; return " +
      "tensors in a plain array or object",
  );
}

/** Names a tensor that a composed layer hands from one of its layers to the next. Returns it. */
export type Pass = <T extends Tensor>(h: T) => T;

/** What the outermost composed layer that is running has made and handed on, where no scope is open around it. */
let composing: { readonly made: Set<Tensor>; readonly passed: Tensor[] } | undefined;

const pass: Pass = (h) => {
  composing?.passed.push(h);
  return h;
};

/**
 * Runs the forward pass of a layer that consists of others, outside of every scope as within one. A scope frees all that is
 * made in it; without one, what `work` names by `pass` is freed at the end, unless it is the result, was there before, was
 * kept by `keep()`, or was seen by a forward hook.
 */
export function composed<R extends Tensor>(work: (pass: Pass) => R): R {
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

/** Whoever has seen these tensors may still hold them: composed layers do not free them. Returns the first. */
export function spare<T>(seen: T, alongside: unknown): T {
  if (composing) for (const tensor of tensorsIn([seen, alongside])) composing.made.delete(tensor);
  return seen;
}

/**
 * A tensor alone, or those in arrays and plain objects, in their order. `onCycle` is called for what is within itself, which
 * is not walked again.
 */
export function tensorsIn(value: unknown, onCycle?: () => void): Tensor[] {
  if (typeof value !== "object" || value === null) return [];
  if ("storage" in value && "dispose" in value) return [value as Tensor];
  const found: Tensor[] = [];
  const within = new Set<object>();
  const frames = [{ owner: value, parts: [value] as unknown[], at: 0 }]; // no calls: it may be deeper than they go
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
    else if (Array.isArray(part) || Object.getPrototypeOf(part) === Object.prototype) {
      within.add(part);
      frames.push({ owner: part, parts: Object.values(part), at: 0 });
    }
  }
  return found;
}
