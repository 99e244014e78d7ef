import type { Shape } from "../../core/shape.ts";
import { rowOf } from "../../shader/pack.ts";
import type { Values } from "../../shader/shader.ts";
import type { InputSpec } from "../kernel.ts";
import { type ArenaShader, BLOCK, NO_ROW, numbersOf } from "./arena.ts";

/** Case inputs: blocks of the given rows, and the rows. */
export function layout<Row>(
  shader: ArenaShader<Row>,
  blocks: readonly number[],
  given: readonly NoInfer<Row>[],
) {
  const numbers = given.flatMap((row) => numbersOf(shader, row as Values));
  const arena: Shape = [blocks.length * BLOCK];
  const block_row: InputSpec = { shape: [blocks.length], fill: (i) => blocks[i] ?? NO_ROW };
  const shape = [given.length, rowOf(shader, "rows").stride / 4];
  const rows: InputSpec = { shape, fill: (i) => numbers[i] ?? 0 };
  return { arena, common: { p: arena, grads: arena, block_row, rows } };
}

/** A negative coefficient: the update is skipped, as by GradScaler if a gradient is not finite. */
export const refused: InputSpec = { shape: [], fill: () => -1 };

/** A quarter, for the cases of clipped gradients. */
export const quarter: InputSpec = { shape: [1], fill: () => 0.25 };

/** Extreme gradients that a kernel must handle, repeated to fill two blocks. */
export const extreme = (values: readonly number[]): InputSpec => ({
  shape: [2 * BLOCK],
  fill: (i) => values[i % values.length] ?? 0,
});

/** The case with some of its inputs replaced. */
export function withInputs<C extends { readonly inputs: object }>(
  test: C,
  inputs: Partial<C["inputs"]>,
): C {
  return { ...test, inputs: { ...test.inputs, ...inputs } };
}

/**
 * Cases for every optimiser: clipped gradients, gradients that are not finite, blocks without a row or with a row number
 * that is out of range. `example` makes a case of `rows` rows.
 */
export function commonCases<C extends { readonly inputs: object }>(
  rows: number,
  example: (name: string, blocks?: number[]) => C,
): C[] {
  return [
    withInputs(example("clipped gradients"), { clip: quarter } as Partial<C["inputs"]>),
    withInputs(example("gradients that are not finite"), { clip: refused } as Partial<C["inputs"]>),
    { ...example("every block skipped", [NO_ROW, rows, 0xffff]), tolerance: "exact" },
  ];
}
