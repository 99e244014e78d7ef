import shader from "#shaders/sort/blocks.wgsl";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { sameShape, show } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";

/** Number of elements that a workgroup sorts. */
export const TILE = 1024;

/** How many keys of each block are kept. */
export interface SortBlocksOptions {
  /** Number of smallest keys kept of every block; at most its length and 1,024. */
  readonly keep: number;
}

/** Blocks of a row: one block, of a power of two, for a row of up to 1,024; otherwise several of 1,024. */
function blocksOf(length: number) {
  if (length > TILE) return { blocks: Math.ceil(length / TILE), padded: TILE };
  return { blocks: 1, padded: Math.max(2, 2 ** Math.ceil(Math.log2(length))) };
}

/**
 * Sorts keys[rows, length] (u32) in blocks of up to 1,024 neighbours, together with ids, and keeps the smallest: a complete
 * sort for rows of up to 1,024, a step of a top-k for longer ones. Equal keys are ordered by their ids. Both results are
 * [rows, blocks · keep]; a last block with fewer elements is filled with 4294967295. Throws `ShapeError` unless keys and
 * ids have the same shape, `ValueError` if keep exceeds the length of a block.
 */
export const sortBlocks = kernel(shader, ({ keys, ids }, { keep }: SortBlocksOptions) => {
  const [rows, length] = keys;
  if (rows === undefined || !length || keys.length !== 2 || !sameShape(keys, ids)) {
    throw new ShapeError(
      `sort/blocks: expected keys and ids [rows, length] with length ≥ 1, got ${show(keys, "keys")} and ${show(ids, "ids")}; ` +
        "make them with sort/keys",
    );
  }
  const { blocks, padded } = blocksOf(length);
  if (!Number.isInteger(keep) || keep < 1 || keep > Math.min(length, TILE)) {
    throw new ValueError(
      `sort/blocks: expected keep in 1..${Math.min(length, TILE)} for rows of ${length}, got ${keep}; sort by radix for more`,
    );
  }
  const shape = [rows, blocks * keep];
  const steps = Math.log2(padded);
  return {
    outputs: { sorted_keys: shape, sorted_ids: shape },
    params: { rows, length, blocks, padded, keep },
    grid: grid1d(Math.ceil((rows * blocks * padded) / TILE)),
    flops: (rows * blocks * padded * steps * (steps + 1)) / 4,
  };
});

export const kinds = () => ({ keep: required(number) });

const LAST = 0xffffffff;

export const reference: Reference<typeof sortBlocks> = ({ keys, ids }, { keep }) => {
  const [rows = 0, length = 0] = keys.shape;
  const { blocks, padded } = blocksOf(length);
  const sorted_keys: number[] = [];
  const sorted_ids: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let b = 0; b < blocks; b++) {
      const pairs: [key: number, id: number][] = [];
      for (let j = b * padded; j < Math.min((b + 1) * padded, length); j++) {
        pairs.push([keys.data[row * length + j] as number, ids.data[row * length + j] as number]);
      }
      pairs.sort((p, q) => p[0] - q[0] || p[1] - q[1]);
      for (let place = 0; place < keep; place++) {
        const [key, id] = pairs[place] ?? [LAST, LAST];
        sorted_keys.push(key);
        sorted_ids.push(id);
      }
    }
  }
  return { sorted_keys, sorted_ids };
};

/** Keys with many equal ones, in a scattered order, including the maximum. */
const some = (levels: number) => (_: number, random: () => number) =>
  random() < 0.05 ? LAST : Math.floor(random() * levels) * 1_000_003;
const inputs = (rows: number, length: number, levels = 2 ** 12) => ({
  keys: { shape: [rows, length], fill: some(levels) },
  ids: { shape: [rows, length], fill: (i: number) => ((i % length) * 7 + 5) % 8191 },
});
const tolerance = "exact";

export const cases: Case<typeof sortBlocks>[] = [
  { name: "one element", inputs: inputs(3, 1), options: { keep: 1 }, tolerance },
  ...[2, 3, 4, 5, 31, 64, 65].map((n) => ({
    name: `rows of ${n}`,
    inputs: inputs(5, n),
    options: { keep: n },
    tolerance: "exact" as const,
  })),
  {
    name: "more rows of 10 than a workgroup takes",
    inputs: inputs(67, 10),
    options: { keep: 10 },
    tolerance,
  },
  { name: "rows of 513", inputs: inputs(2, 513), options: { keep: 513 }, tolerance },
  { name: "a whole tile", inputs: inputs(2, 1024), options: { keep: 1024 }, tolerance },
  { name: "few different keys", inputs: inputs(3, 200, 3), options: { keep: 200 }, tolerance },
  {
    name: "equal keys go by their ids",
    inputs: inputs(1, 300, 1),
    options: { keep: 300 },
    tolerance,
  },
  {
    name: "already sorted, and the other way round",
    inputs: {
      keys: { shape: [2, 100], fill: (i) => (i < 100 ? i : 200 - i) },
      ids: { shape: [2, 100], fill: (i) => i % 100 },
    },
    options: { keep: 100 },
    tolerance,
  },
  { name: "the five smallest of each row", inputs: inputs(9, 40), options: { keep: 5 }, tolerance },
  {
    name: "the three smallest of three blocks",
    inputs: inputs(2, 2100),
    options: { keep: 3 },
    tolerance,
  },
  {
    name: "a last block that is filled up",
    inputs: inputs(2, 1026),
    options: { keep: 7 },
    tolerance,
  },
  { name: "no rows", inputs: inputs(0, 4), options: { keep: 4 } },
];

export const benches: Case<typeof sortBlocks>[] = [
  { name: "ten smallest of blocks of 1 Mi", inputs: inputs(1, 1 << 20), options: { keep: 10 } },
  { name: "[1024, 1024]", inputs: inputs(1024, 1024), options: { keep: 1024 } },
];
