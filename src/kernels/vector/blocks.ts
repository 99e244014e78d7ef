import { ShapeError, ValueError } from "../../core/errors.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import { grid1d } from "../kernel.ts";
import { BLOCK } from "../optim/arena.ts";

/** Table entry that stands for no block of the arena. */
export const NO_BLOCK = 0xffffffff;

/** Beginning of the section of a vector that holds an arena's blocks. */
export interface SectionOptions {
  /** Index of the section's first element, default 0. */
  readonly first?: number;
}

/**
 * The common part of kernels that copy blocks of 64 elements between an arena and a section of a vector, in the order of a
 * table. Throws `ShapeError` for an arena that does not consist of blocks, or vectors shorter than the section.
 */
export function sectionPlan(
  who: string,
  arena: Shape,
  table: Shape,
  vectors: Readonly<Record<string, Shape>>,
  { first = 0 }: SectionOptions,
) {
  const count = BLOCK * size(table);
  if (arena.length !== 1 || size(arena) % BLOCK !== 0) {
    throw new ShapeError(
      `${who}: expected an arena [count] with count a multiple of ${BLOCK}, got ${show(arena)}; pad each parameter`,
    );
  }
  if (!Number.isInteger(first) || first < 0) {
    throw new ValueError(`${who}: expected first an integer ≥ 0, got ${first}; count elements`);
  }
  for (const [name, shape] of Object.entries(vectors)) {
    if (size(shape) >= first + count) continue;
    throw new ShapeError(
      `${who}: expected ${name} of at least ${first + count} elements, got ${show(shape, name)}; check the table`,
    );
  }
  return {
    outputs: {},
    params: { count, first, blocks: size(arena) / BLOCK },
    grid: grid1d(Math.ceil(count / 64)),
  };
}

/** Calls `visit` with the positions, in the vector and in the arena, of every element of the table's blocks. */
export function forEachInSection(
  table: ArrayLike<number>,
  arenaLength: number,
  first: number,
  visit: (inVector: number, inArena: number | undefined) => void,
): void {
  for (let i = 0; i < BLOCK * table.length; i++) {
    const block = table[Math.floor(i / BLOCK)] as number;
    const at = block < arenaLength / BLOCK ? block * BLOCK + (i % BLOCK) : undefined;
    visit(first + i, at);
  }
}

/** A table as a case's input. */
export const tableOf = (...blocks: number[]) => ({
  shape: [blocks.length],
  fill: (i: number) => blocks[i] ?? NO_BLOCK,
});
