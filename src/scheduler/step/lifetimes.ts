import type { Storage } from "../storage.ts";
import type { StepCommand } from "./commands.ts";
import type { Interval } from "./liveness.ts";

/**
 * Lifetime of each storage that the step owns: from the first command that uses it to the last. `early` storages have
 * content before the step begins, `late` ones keep it after the step ends.
 */
export function lifetimes(
  commands: readonly StepCommand[],
  storages: readonly Storage[],
  { early, late }: Readonly<Record<"early" | "late", ReadonlySet<Storage>>>,
): Interval[] {
  const uses = new Map<Storage, [first: number, last: number]>();
  commands.forEach((command, i) => {
    for (const { root } of command.storages) uses.set(root, [uses.get(root)?.[0] ?? i, i]);
  });
  return storages.map((storage) => {
    const [first, last] = uses.get(storage) ?? [0, 0];
    return {
      first: early.has(storage) ? -1 : first,
      last: late.has(storage) ? commands.length : last,
      bytes: Math.max(256, Math.ceil(storage.bytes / 256) * 256),
    };
  });
}
