import { ShapeError } from "../../core/errors.ts";
import { type Shape, show } from "../../core/shape.ts";
import type { HostTensor } from "../kernel.ts";
import { BLOCK, NO_ROW } from "../optim/arena.ts";
import { checkOptional } from "./labels.ts";

export interface PenaltyOptions {
  /** λ₁, the factor of |p|; for a count, the threshold of |p|. Default 0. */
  readonly first?: number;
  /** λ₂, the factor of p². Default 0. */
  readonly second?: number;
  /** Mode of every block without `block_mode`: 0 or 1 for `penaltyGrad`. Default 0. */
  readonly mode?: number;
}

/** The common part of both plans. An arena is [count] with count a multiple of 64. */
export function penaltyPlan(
  who: string,
  p: Shape,
  modes: Shape | undefined,
  { first = 0, second = 0, mode = 0 }: PenaltyOptions,
) {
  const [count = 0] = p;
  if (p.length !== 1 || count % BLOCK !== 0 || count === 0) {
    throw new ShapeError(
      `${who}: expected an arena p [count] with count a multiple of ${BLOCK}, got ${show(p)}; pad each parameter`,
    );
  }
  checkOptional(who, "block_mode", modes, [count / BLOCK]);
  return {
    params: { count, mode, first, second },
    slots: { member: modes ? "listed" : "all" },
    flops: 4 * count,
  } as const;
}

/** Mode of an element; NO_ROW excludes it. */
export const modeOf = (modes: HostTensor | undefined, i: number, { mode = 0 }: PenaltyOptions) =>
  modes ? (modes.data[Math.floor(i / BLOCK)] as number) : mode;

/** Modes for a case, one per block. */
export const modes = (...list: number[]) => ({
  shape: [list.length],
  fill: (i: number) => list[i] ?? NO_ROW,
});
