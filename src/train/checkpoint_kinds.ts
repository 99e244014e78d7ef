import { ValueError } from "../core/errors.ts";
import { type Kind, record } from "../core/kinds.ts";
import { describe } from "../core/signature.ts";

/** An object whose state can be saved and loaded: models, optimisers, schedules, loaders, your own. */
export interface Stateful {
  /** Returns its whole state: plain data and typed arrays, or a promise of these. */
  stateDict(): unknown;
  /** Restores a state. Throws, and changes nothing, if the state does not fit. */
  loadStateDict(state: never): unknown;
}

export const fileKind: Kind = {
  expected: "an ArrayBuffer",
  advice: "pass what saveCheckpoint() gave: await response.arrayBuffer(), or bytes.buffer",
  accepts: (value) => Object.prototype.toString.call(value) === "[object ArrayBuffer]",
};

export const partsKind: Kind = {
  ...record,
  check: (value, who) => {
    for (const [name, part] of Object.entries(value as object)) {
      if (part === undefined || isStateful(part)) continue;
      throw new ValueError(
        `${who}: expected something with stateDict() and loadStateDict() as ${name}, got ${describe(part)}; plain data ` +
          "is in what loadCheckpoint() resolves to",
      );
    }
  },
};

export function isStateful(value: unknown): value is Stateful {
  return (
    typeof value === "object" &&
    value !== null &&
    "stateDict" in value &&
    typeof value.stateDict === "function" &&
    "loadStateDict" in value
  );
}
