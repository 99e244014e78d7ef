import type { Storage } from "../storage.ts";
import type { Interval } from "./liveness.ts";
import type { Step } from "./steps.ts";

/**
 * Lifetime of each storage that the step owns: from the first command that uses it to the last. `early` storages have
 * content before the step begins, `late` ones keep it after the step ends.
 */
export function lifetimes(
  steps: readonly Step[],
  storages: readonly Storage[],
  { early, late }: Readonly<Record<"early" | "late", ReadonlySet<Storage>>>,
): Interval[] {
  const uses = new Map<Storage, [first: number, last: number]>();
  steps.forEach((step, i) => {
    for (const { root } of step.storages) uses.set(root, [uses.get(root)?.[0] ?? i, i]);
  });
  return storages.map((storage) => {
    const [first, last] = uses.get(storage) ?? [0, 0];
    return {
      first: early.has(storage) ? -1 : first,
      last: late.has(storage) ? steps.length : last,
      bytes: Math.max(256, Math.ceil(storage.bytes / 256) * 256),
    };
  });
}
