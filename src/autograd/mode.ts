import { callback } from "../core/kinds.ts";
import { modes } from "../core/modes.ts";
import { passing } from "../core/signature.ts";
import { refusePromise } from "../tensor/scope.ts";

/** False inside `noGrad()`. */
export function gradEnabled(): boolean {
  return modes.grad;
}

/** Runs `work` so that operations can be differentiated, also inside `noGrad()`. */
export function withGrad<R>(work: () => R): R {
  return inMode("grad", true, work);
}

/**
 * Runs `work`, which must not be asynchronous, without keeping what a backward pass needs: for evaluation and manual
 * updates. Returns the result of `work`. Throws `ValueError` unless `work` is a function that returns no promise, and
 * the errors of `work`.
 *
 * @example
 * ```ts
 * import { mul, noGrad, ones } from "wgrad";
 * const w = ones([2]);
 * w.requiresGrad = true;
 * console.log(mul(w, 2).requiresGrad, noGrad(() => mul(w, 2)).requiresGrad); // true false
 * ```
 */
export const noGrad = /* @__PURE__ */ passing(
  "noGrad",
  { work: callback },
  <R>(work: () => R): R => {
    const result = withoutGrad(work);
    refusePromise("noGrad", result);
    return result;
  },
);

/** `noGrad` for a function whose result the caller checks. */
export function withoutGrad<R>(work: () => R): R {
  return inMode("grad", false, work);
}

/** True inside `autocast()`. */
export function halfEnabled(): boolean {
  return modes.half;
}

/** Runs `work` with `autocast()` on or off. */
export function withHalf<R>(enabled: boolean, work: () => R): R {
  return inMode("half", enabled, work);
}

function inMode<R>(mode: keyof typeof modes, enabled: boolean, work: () => R): R {
  const before = modes[mode];
  modes[mode] = enabled;
  try {
    return work();
  } finally {
    modes[mode] = before;
  }
}
