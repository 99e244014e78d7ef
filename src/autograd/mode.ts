import { callback } from "../core/kinds.ts";
import { modes } from "../core/modes.ts";
import { passing } from "../core/signature.ts";

/** False inside `noGrad()`. */
export function gradEnabled(): boolean {
  return modes.grad;
}

/** Runs `work` recording, also inside `noGrad()`. */
export function withGrad<R>(work: () => R): R {
  return inMode("grad", true, work);
}

/**
 * Runs `work`, which must not be asynchronous, without recording what a backward pass would need: for evaluation and for
 * updates by hand. Returns what it returns. Throws `ValueError` unless `work` is a function, and what `work` throws.
 */
export const noGrad = /* @__PURE__ */ passing(
  "noGrad",
  { work: callback },
  <R>(work: () => R): R => inMode("grad", false, work),
);

/** True inside `autocast()`. */
export function halfEnabled(): boolean {
  return modes.half;
}

/** Runs `work` inside `autocast()`, or outside of it. */
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
