import { callback, string } from "../../core/kinds.ts";
import { passing } from "../../core/signature.ts";

/** Which part of a training step a dispatch belongs to; what is in no other part counts as forward. */
export type Phase = "forward" | "backward" | "optimizer";

/** A layer or a named part of a step that is running, and the one around it. */
export interface Frame {
  /** The layer itself, or the name of the part. */
  readonly owner: object | string;
  /** The layer or part around it; undefined for the outermost. */
  readonly parent: Frame | undefined;
}

/** Where in a training step something happens. */
export interface Place {
  /** Part of the step: "forward", "backward" or "optimizer". */
  readonly phase: Phase;
  /** The innermost layer or part; undefined outside of all. */
  readonly frame: Frame | undefined;
}

let here: Place = { phase: "forward", frame: undefined };

/** Where the step is now. */
export function currentPlace(): Place {
  return here;
}

/** Runs `work` as a part of the step: what it dispatches, and the backward of what it computes, belong there. */
export function inPlace<R>(place: Partial<Place>, work: () => R): R {
  const before = here;
  here = { ...before, ...place };
  try {
    return work();
  } finally {
    here = before;
  }
}

/** Runs `work` within a layer or a named part. A layer that calls itself (`super.forward`) stays one. */
export function inFrame<R>(owner: Frame["owner"], work: () => R): R {
  const { frame } = here;
  return frame?.owner === owner ? work() : inPlace({ frame: { owner, parent: frame } }, work);
}

/**
 * Gives a part of a training step a name in its profile, like torch.profiler.record_function. Its backward has the same
 * name. `work` must not be asynchronous: what it does after an await would belong elsewhere.
 *
 *     const loss = recordFunction("loss", () => crossEntropy(logits, y));
 */
export const recordFunction = /* @__PURE__ */ passing(
  "recordFunction",
  { name: string, work: callback },
  <R>(name: string, work: () => R): R => inFrame(name, work),
);
