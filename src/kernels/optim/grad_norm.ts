import shader from "#shaders/optim/grad_norm.wgsl";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { type Shape, show } from "../../core/shape.ts";
import { type Case, type InputSpec, kernel, type Reference } from "../kernel.ts";
import { BLOCK, NO_ROW } from "./arena.ts";

/** Order p of the norm of all gradients as one vector: 1 is Σ |g|, 2 is √Σ g², Infinity is max |g|. */
export type NormType = number;

const WORKGROUP = 256;
/** Maximum number of parts: enough to fill a GPU, few enough for one workgroup to sum. */
const MOST_PIECES = 256;
/** Minimum number of vectors per lane before another workgroup is used. */
const VECTORS = 4;

/** The file of a norm under shaders/optim/power. Throws `ValueError`. */
export function powerOf(who: string, normType: NormType): "l1" | "l2" | "max" {
  if (normType === 1) return "l1";
  if (normType === 2) return "l2";
  if (normType === Infinity) return "max";
  throw new ValueError(
    `${who}: expected normType 1, 2 or Infinity, got ${normType}; 2 is the default`,
  );
}

/** Throws `ShapeError` unless grads is an arena and block_row has a row for each of its blocks. */
export function checkArena(who: string, grads: Shape, blockRow: Shape): void {
  const [count = 0] = grads;
  if (grads.length === 1 && count % BLOCK === 0 && show(blockRow) === show([count / BLOCK])) {
    return;
  }
  throw new ShapeError(
    `${who}: expected grads [count] and block_row [count / ${BLOCK}] with whole blocks, got ${show(grads, "grads")} and ` +
      `${show(blockRow, "block_row")}; pad each parameter`,
  );
}

/**
 * The first half of a norm of all gradients in an arena [count]: norms of parts of them [pieces], at most 256, without the
 * blocks whose row in `block_row` [count / 64] is NO_ROW. `clip_norm` computes the total. Squares neither overflow nor
 * underflow: the norm is correct if f32 can represent it. Throws `ShapeError` and `ValueError`.
 */
export const gradNorm = kernel(
  shader,
  ({ grads, block_row }, { normType }: { readonly normType: NormType }) => {
    checkArena("optim/grad_norm", grads, block_row);
    const [count = 0] = grads;
    const wanted = Math.ceil(count / 4 / (WORKGROUP * VECTORS));
    const pieces = Math.min(Math.max(wanted, 1), MOST_PIECES);
    return {
      outputs: { partials: [pieces] },
      params: { vectors: count / 4, pieces },
      grid: [pieces],
      slots: { power: powerOf("optim/grad_norm", normType) },
      flops: 2 * count,
    };
  },
);

export const kinds = () => ({ normType: required(number) });

/** |g| or g², how two of them are combined, and the norm of the result. */
export const powers = {
  l1: { power: Math.abs, join: (a: number, b: number) => a + b, root: (x: number) => x },
  l2: { power: (x: number) => x * x, join: (a: number, b: number) => a + b, root: Math.sqrt },
  max: { power: Math.abs, join: Math.max, root: (x: number) => x },
};

export const reference: Reference<typeof gradNorm> = ({ grads, block_row }, { normType }) => {
  const { power, join, root } = powers[powerOf("", normType)];
  const pieces = gradNorm.plan({ grads: grads.shape, block_row: block_row.shape }, { normType })
    .params.pieces;
  const partials = new Float64Array(pieces);
  for (let i = 0; i < grads.data.length; i++) {
    if (block_row.data[Math.floor(i / BLOCK)] === NO_ROW) continue;
    const piece = Math.floor(i / (4 * WORKGROUP)) % pieces;
    partials[piece] = join(partials[piece] as number, power(grads.data[i] as number));
  }
  return { partials: partials.map(root) };
};

function example(
  name: string,
  blocks: readonly number[],
  normType: NormType,
  fill?: (i: number) => number,
): Case<typeof gradNorm> {
  const shape = [blocks.length * BLOCK];
  const block_row: InputSpec = { shape: [blocks.length], fill: (i) => blocks[i] ?? NO_ROW };
  return {
    name: `${name}, norm ${normType}`,
    inputs: { grads: fill ? { shape, fill } : shape, block_row },
    options: { normType },
    tolerance: { length: Math.max(1, blocks.length) },
  };
}

const many = (n: number) => Array.from({ length: n }, (_, i) => (i % 3 === 1 ? NO_ROW : i % 2));
const norms: readonly NormType[] = [1, 2, Infinity];
/** Gradients whose block 1 is skipped and holds stale numbers, which must not affect the norm. */
const stale = (i: number) => (i >= BLOCK && i < 2 * BLOCK ? NaN : -1 - (i % 5));

export const cases: Case<typeof gradNorm>[] = norms.flatMap((normType) => [
  example("one block", [0], normType),
  example("no elements", [], normType),
  example("all but one piece's worth, and one block more", many(65), normType),
  example("two pieces, the second short", many(70), normType),
  example("rows past the last lane", many(64 * 6 + 1), normType),
  example("a block without gradient holds NaN", [3, NO_ROW, 0xfffffffe], normType, stale),
  example("every block skipped", [NO_ROW, NO_ROW], normType),
  ...[0, 1, 2, 3].map((at) =>
    example(`the greatest is at ${at} of four`, [0], normType, (i) => (i === 40 + at ? -9 : 0.5)),
  ),
  example("tiny and huge", [0], normType, (i) => [0, 1e-15, -1e15, 3][i % 4] ?? 0),
  example("squares beyond f32", many(70), normType, (i) => (i % 2 ? -1e20 : 2.5e20)),
  example("squares that vanish", many(70), normType, (i) => (i % 3 ? 1e-30 : -3e-30)),
  example(
    "squares beyond f32, beside others",
    [0],
    normType,
    (i) => [1e15, 3e14, 2e14][i % 3] ?? 0,
  ),
  example("squares that vanish, beside others", [0], normType, (i) => [2e-15, 4e-15][i % 2] ?? 0),
  example("as large as the norm can be", [0], normType, (i) => (i === 7 ? 3e38 : i ? 1 : -1e37)),
  example("safety: ∞ beside tiny ones", [0], normType, (i) => (i === 9 ? -Infinity : 1e-30)),
  ...[2, 39, 61].map((at) =>
    example(`safety: NaN at ${at}`, [0], normType, (i) => (i === at ? NaN : 1)),
  ),
]);

export const benches: Case<typeof gradNorm>[] = [
  example("1,048,576 gradients", new Array(2 ** 14).fill(0), 2),
];
