import { ValueError } from "../core/errors.ts";
import type { Values } from "../shader/shader.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Memory } from "./groups.ts";

/** Step count and memory of one parameter: bias corrections count a parameter's own steps, as in PyTorch. */
export interface StepsTaken {
  readonly group: number;
  readonly steps: number;
  readonly memory: Memory;
}

/** The rows of one step: parameters of a group with equal progress share a row. */
export interface ProgressRows {
  readonly rows: readonly Values[];
  /** For the parameters that are updated. */
  readonly rowOf: ReadonlyMap<Tensor, number>;
  readonly next: ReadonlyMap<Tensor, StepsTaken>;
  /** StepsTaken before the step, in the order of `next`. */
  readonly before: readonly StepsTaken[];
}

/**
 * Rows numbered in the order in which the updated parameters first need them, so that steps in which nothing changes use
 * the same block table.
 */
export function rowsOf(
  updated: readonly Tensor[],
  progress: ReadonlyMap<Tensor, StepsTaken>,
  advance: (before: StepsTaken) => StepsTaken,
  row: (now: StepsTaken) => Values,
): ProgressRows {
  const rows: Values[] = [];
  const known = new Map<string, number>();
  const rowOf = new Map<Tensor, number>();
  const next = new Map<Tensor, StepsTaken>();
  const before: StepsTaken[] = [];
  for (const p of updated) {
    const last = progress.get(p) as StepsTaken;
    const now = advance(last);
    before.push(last);
    const key = [now.group, now.steps, ...Object.values(now.memory)].join();
    const at = known.get(key) ?? rows.push(row(now)) - 1;
    known.set(key, at);
    rowOf.set(p, at);
    next.set(p, now);
  }
  return { rows, rowOf, next, before };
}

/** Throws `ValueError` if a captured step would give a parameter another parameter's row. */
export function checkSameRows(who: string, captured: ProgressRows, now: ProgressRows): void {
  if ([...captured.rowOf].every(([p, row]) => now.rowOf.get(p) === row)) return;
  throw new ValueError(
    `${who}: expected parameters whose steps differ as when captured, got others; capture the ` +
      "step again",
  );
}

/** Undoes the progress of these rows for parameters that have not advanced further since. */
export function retreat(progress: Map<Tensor, StepsTaken>, { next, before }: ProgressRows): void {
  let i = 0;
  for (const [p, now] of next) {
    const last = before[i++] as StepsTaken;
    if (progress.get(p) === now) progress.set(p, last);
  }
}
