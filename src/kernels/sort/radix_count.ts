import shader from "#shaders/sort/radix_count.wgsl";
import { size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { countDigits, DIGITS, type RadixOptions, radixGeometry, scattered } from "./radix.ts";

/**
 * First step of a pass of the radix sort: how often each of the 16 values of a digit occurs in each block of 1,024 keys;
 * counts are [rows, 16, blocks], so that their cumulative sums over a row are the positions of each block's keys. Throws
 * the errors of `radixGeometry`.
 */
export const radixCount = kernel(shader, ({ keys }, options: RadixOptions) => {
  const geometry = radixGeometry("sort/radix_count", keys, options);
  const { rows, blocks } = geometry;
  return {
    outputs: { counts: [rows, DIGITS, blocks] },
    params: geometry,
    grid: grid1d(rows * blocks),
    flops: size(keys),
  };
});

export const reference: Reference<typeof radixCount> = ({ keys }, options) => ({
  counts: countDigits(keys.data, keys.shape, options),
});

const inputs = (rows: number, length: number, fill = scattered) => ({
  keys: { shape: [rows, length], fill },
});
const tolerance = "exact";

export const cases: Case<typeof radixCount>[] = [
  { name: "one key", inputs: inputs(1, 1), options: { shift: 0 }, tolerance },
  { name: "the lowest digit", inputs: inputs(3, 77), options: { shift: 0 }, tolerance },
  { name: "the highest digit", inputs: inputs(3, 77), options: { shift: 28 }, tolerance },
  ...[1023, 1024, 1025, 2100].map((n) => ({
    name: `two rows of ${n}`,
    inputs: inputs(2, n),
    options: { shift: 8 },
    tolerance: "exact" as const,
  })),
  {
    name: "all keys alike",
    inputs: inputs(1, 1500, () => 0xffffffff),
    options: { shift: 12 },
    tolerance,
  },
  { name: "no rows", inputs: inputs(0, 5), options: { shift: 0 } },
];

export const benches: Case<typeof radixCount>[] = [
  { name: "1 Mi keys", inputs: inputs(1, 1 << 20), options: { shift: 8 } },
];

export { kinds } from "./radix_move.ts";
