import { ValueError } from "../core/errors.ts";
import type { Values } from "../shader/shader.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Memory } from "./groups.ts";

/** How far one parameter has come: bias corrections count its own steps, as in PyTorch. */
export interface Progress {
  readonly group: number;
  readonly steps: number;
  readonly memory: Memory;
}

/** What one step needs: a row of numbers for all parameters of a group that have come equally far. */
export interface Rows {
  readonly rows: readonly Values[];
  /** Of the parameters that are updated. */
  readonly rowOf: ReadonlyMap<Tensor, number>;
  readonly next: ReadonlyMap<Tensor, Progress>;
  /** How far they had come, in the order of `next`. */
  readonly before: readonly Progress[];
}

/** Rows in the order in which the updated parameters first need them, so that steady steps share their block table. */
export function rowsOf(
  updated: readonly Tensor[],
  progress: ReadonlyMap<Tensor, Progress>,
  advance: (before: Progress) => Progress,
  row: (now: Progress) => Values,
): Rows {
  const rows: Values[] = [];
  const known = new Map<string, number>();
  const rowOf = new Map<Tensor, number>();
  const next = new Map<Tensor, Progress>();
  const before: Progress[] = [];
  for (const p of updated) {
    const last = progress.get(p) as Progress;
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

/** Throws `ValueError` if a captured step would give a parameter the row of another one. */
export function checkSameRows(who: string, captured: Rows, now: Rows): void {
  if ([...captured.rowOf].every(([p, row]) => now.rowOf.get(p) === row)) return;
  throw new ValueError(
    `${who}: expected parameters whose steps differ as they did when this step was captured, got others; dispose of the ` +
      "captured step and capture it again",
  );
}

/** Takes back that the parameters have come as far as these rows say, where none has come further since. */
export function retreat(progress: Map<Tensor, Progress>, { next, before }: Rows): void {
  let i = 0;
  for (const [p, now] of next) {
    const last = before[i++] as Progress;
    if (progress.get(p) === now) progress.set(p, last);
  }
}
