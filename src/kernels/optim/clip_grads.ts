import shader from "#shaders/optim/clip_grads.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid256, type InputSpec, kernel, type Reference } from "../kernel.ts";
import { BLOCK, checkNumbers, copyOf, NO_ROW } from "./arena.ts";
import { checkArena } from "./grad_norm.ts";

/**
 * Clips the gradients of an arena [count] in place: multiplies them by `coefficient`, one number, if it is given, else
 * clamps them to −limit … limit. Blocks whose row in `block_row` [count / 64] is NO_ROW do not change. Throws `ShapeError`
 * and `ValueError`.
 */
export const clipGrads = kernel(
  shader,
  ({ grads, block_row, coefficient }, { limit = 0 }: { readonly limit?: number }) => {
    checkArena("optim/clip_grads", grads, block_row);
    checkNumbers("optim/clip_grads", { limit });
    if (coefficient && size(coefficient) !== 1) {
      throw new ShapeError(
        `optim/clip_grads: expected one number in coefficient, got ${show(coefficient)}; pass clipNorm's`,
      );
    }
    const [count = 0] = grads;
    return {
      outputs: {},
      params: { vectors: count / 4, limit },
      grid: grid256(count / 4),
      slots: { clip: coefficient ? "norm" : "value" },
      flops: count,
      bytes: 8 * count,
    };
  },
);

export const kinds = () => ({ limit: number });

export const reference: Reference<typeof clipGrads> = (
  { grads, block_row, coefficient },
  { limit = 0 },
) => {
  const clipped = copyOf(grads);
  for (let i = 0; i < clipped.length; i++) {
    if (block_row.data[Math.floor(i / BLOCK)] === NO_ROW) continue;
    const g = clipped[i] as number;
    clipped[i] = coefficient
      ? (coefficient.data[0] as number) * g
      : Math.min(limit, Math.max(-limit, g));
  }
  return { grads: clipped };
};

function example(
  name: string,
  blocks: readonly number[],
  { coefficient, limit = 0 }: { coefficient?: number; limit?: number },
  fill?: (i: number) => number,
): Case<typeof clipGrads> {
  const shape = [blocks.length * BLOCK];
  const block_row: InputSpec = { shape: [blocks.length], fill: (i) => blocks[i] ?? NO_ROW };
  const grads: InputSpec = fill ? { shape, fill } : shape;
  const by: { coefficient?: InputSpec } =
    coefficient === undefined ? {} : { coefficient: { shape: [], fill: () => coefficient } };
  return { name, inputs: { grads, block_row, ...by }, options: { limit } };
}

const blocks = [0, NO_ROW, 0xfffffffe, 2, NO_ROW];
const special = (i: number) => [NaN, 1, -Infinity, Infinity, -0, 0.5][i % 6] ?? 0;
const exact = { tolerance: "exact" } as const;

export const cases: Case<typeof clipGrads>[] = [
  example("times a coefficient, skipped blocks", blocks, { coefficient: 0.3 }),
  { ...example("times 1", blocks, { coefficient: 1 }), ...exact },
  { ...example("times 0", blocks, { coefficient: 0 }), ...exact },
  { ...example("to limits, skipped blocks", blocks, { limit: 0.5 }), ...exact },
  { ...example("to limits, at them", [0], { limit: 0.5 }, (i) => (i % 3) / 2 - 0.5), ...exact },
  { ...example("to nothing", [0], { limit: 0 }), ...exact },
  { ...example("no elements", [], { limit: 1 }), ...exact },
  { ...example("safety: to limits, NaN stays", blocks, { limit: 0.75 }, special), ...exact },
  example("safety: a NaN coefficient spreads", blocks, { coefficient: NaN }),
];
