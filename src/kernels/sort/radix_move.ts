import shader from "#shaders/sort/radix_move.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { sameShape, show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import {
  BLOCK,
  countDigits,
  DIGITS,
  digitOf,
  type RadixOptions,
  radixGeometry,
  scattered,
  startsOf,
} from "./radix.ts";

/**
 * Last step of a pass of the radix sort: moves every row of keys, together with ids, into the order of one digit; equal
 * keys keep their order. starts[rows, 16, blocks] are the exclusive cumulative sums of the counts of sort/radix_count.
 * Throws `ShapeError` if ids or starts do not fit, and the errors of `radixGeometry`.
 */
export const radixMove = kernel(shader, ({ keys, ids, starts }, options: RadixOptions) => {
  const geometry = radixGeometry("sort/radix_move", keys, options);
  const { rows, blocks } = geometry;
  if (!sameShape(keys, ids) || !sameShape(starts, [rows, DIGITS, blocks])) {
    throw new ShapeError(
      `sort/radix_move: expected ids${show(keys)} and starts${show([rows, DIGITS, blocks])} for ${show(keys, "keys")}, ` +
        `got ${show(ids, "ids")} and ${show(starts, "starts")}; scan the counts of sort/radix_count`,
    );
  }
  return {
    outputs: { moved: keys, moved_ids: keys },
    params: geometry,
    grid: grid1d(rows * blocks),
    flops: 2 * size(keys),
  };
});

export const kinds = () => ({ shift: required(number) });

export const reference: Reference<typeof radixMove> = ({ keys, ids, starts }, { shift }) => {
  const [, length = 0] = keys.shape;
  const [, , blocks = 0] = starts.shape;
  const next = Float64Array.from(starts.data);
  const moved = new Float64Array(keys.data.length);
  const moved_ids = new Float64Array(keys.data.length);
  for (let e = 0; e < moved.length; e++) {
    const row = Math.floor(e / length);
    const block = Math.floor((e % length) / BLOCK);
    const bin = (row * DIGITS + digitOf(keys.data[e] as number, shift)) * blocks + block;
    const to = row * length + (next[bin] as number);
    next[bin] = (next[bin] as number) + 1;
    moved[to] = keys.data[e] as number;
    moved_ids[to] = ids.data[e] as number;
  }
  return { moved, moved_ids };
};

/** Keys, and the starts computed from them. */
function inputs(
  rows: number,
  length: number,
  shift: number,
  fill: (i: number) => number = scattered,
) {
  const shape = [rows, length];
  const keys = Array.from({ length: rows * length }, (_, i) => fill(i));
  const blocks = Math.ceil(length / BLOCK);
  const starts = startsOf(countDigits(keys, shape, { shift }), DIGITS * blocks);
  return {
    keys: { shape, fill },
    ids: { shape, fill: (i: number) => i + 7 },
    starts: { shape: [rows, DIGITS, blocks], fill: (i: number) => starts[i] as number },
  };
}

const test = (
  name: string,
  rows: number,
  length: number,
  shift: number,
  fill?: (i: number) => number,
): Case<typeof radixMove> => ({
  name,
  inputs: inputs(rows, length, shift, fill),
  options: { shift },
  tolerance: "exact",
});

export const cases: Case<typeof radixMove>[] = [
  test("one key", 1, 1, 0),
  test("fewer keys than lanes", 1, 15, 0),
  test("the lowest digit", 3, 77, 0),
  test("the highest digit", 3, 77, 28),
  ...[1023, 1024, 1025, 2100].map((n) => test(`two rows of ${n}`, 2, n, 8)),
  test("all keys alike keep their order", 1, 1500, 12, () => 0xffffffff),
  test("digits from high to low", 1, 1100, 0, (i) => 15 - (i % 16)),
  test("no rows", 0, 5, 0),
];

export const benches: Case<typeof radixMove>[] = [test("1 Mi keys", 1, 1 << 20, 8)];
