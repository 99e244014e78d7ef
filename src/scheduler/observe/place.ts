import { callback, string } from "../../core/kinds.ts";
import { passing } from "../../core/signature.ts";

/** The part of a training step that a dispatch belongs to; outside backward and optimizer it is "forward". */
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
  /** The innermost layer or part; undefined outside any of them. */
  readonly frame: Frame | undefined;
}

let here: Place = { phase: "forward", frame: undefined };

/** The place in the step that is running now. */
export function currentPlace(): Place {
  return here;
}

/** Runs `work` with this place: its dispatches, and the backward of its operations, belong to it. */
export function inPlace<R>(place: Partial<Place>, work: () => R): R {
  const before = here;
  here = { ...before, ...place };
  try {
    return work();
  } finally {
    here = before;
  }
}

/** Runs `work` within a layer or a named part. A layer that calls itself (`super.forward`) gets one frame only. */
export function inFrame<R>(owner: Frame["owner"], work: () => R): R {
  const { frame } = here;
  return frame?.owner === owner ? work() : inPlace({ frame: { owner, parent: frame } }, work);
}

/**
 * Gives a part of a training step a name in its profile, like torch.profiler.record_function. Its backward gets the same
 * name. `work` must not be asynchronous: dispatches after an await would not get the name.
 *
 *     const loss = recordFunction("loss", () => crossEntropy(logits, y));
 */
export const recordFunction = /* @__PURE__ */ passing(
  "recordFunction",
  { name: string, work: callback },
  <R>(name: string, work: () => R): R => inFrame(name, work),
);
