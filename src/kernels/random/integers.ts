import shader from "#shaders/random/integers.wgsl";
import { ValueError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { checkShape, type Shape, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { sizes, stream } from "../option_kinds.ts";
import { type Stream, streamKey, words } from "./stream.ts";

interface Options extends Stream {
  readonly shape: Shape;
  /** Lower bound, an integer in −2³¹..2³²−1; a negative one is written as i32. */
  readonly low: number;
  /** Upper bound, excluded: low < high ≤ low + 2³². */
  readonly high: number;
}

/**
 * Integers in [low, high) as 32 bits, the same on every device: ⌊u·(high − low)⌋ + low with u of 32 bits, so that
 * probabilities of two numbers differ by at most (high − low) / 2³², relatively. Throws `ShapeError`, `ValueError`.
 */
export const randomIntegers = kernel(shader, (_, options: Options) => {
  const { shape, low, high } = options;
  checkShape("random/integers", shape);
  const range = high - low;
  const whole = Number.isInteger(low) && Number.isInteger(high);
  if (!whole || low < -(2 ** 31) || high > 2 ** 32 || range < 1 || range > 2 ** 32) {
    throw new ValueError(
      `random/integers: expected integers low < high of 32 bits, got ${low} and ${high}; high is not drawn`,
    );
  }
  return {
    outputs: { y: shape },
    params: {
      key: streamKey("random/integers", options),
      count: size(shape),
      low: low >>> 0,
      range: range >>> 0,
    },
    grid: grid1d(Math.ceil(size(shape) / 128)),
    flops: 0,
  };
});

export const kinds = () => ({
  shape: required(sizes),
  low: required(number),
  high: required(number),
  ...stream(),
});

export const reference: Reference<typeof randomIntegers> = (_, options) => {
  const { shape, low, high } = options;
  const drawn = (word: number) => low + Number((BigInt(word) * BigInt(high - low)) >> 32n);
  return { y: Float64Array.from(words(options, size(shape)), (word) => drawn(word) >>> 0) };
};

const test = (name: string, options: Options): Case<typeof randomIntegers> => ({
  name,
  inputs: {},
  options,
  tolerance: "exact",
});

export const cases: Case<typeof randomIntegers>[] = [
  test("a die", { shape: [7, 37], seed: 1, offset: 3, low: 1, high: 7 }),
  test("one number only", { shape: [9], seed: 2, low: 5, high: 6 }),
  test("below 0", { shape: [99], seed: 3, low: -3, high: 4 }),
  test("every word", { shape: [99], seed: 0xffffffff, offset: 7, low: 0, high: 2 ** 32 }),
  test("all of i32", { shape: [99], seed: 4, low: -(2 ** 31), high: 2 ** 31 }),
  test("nearly every word", { shape: [99], seed: 5, low: 1, high: 2 ** 32 }),
  test("no element", { shape: [0], seed: 1, low: 0, high: 2 }),
];
