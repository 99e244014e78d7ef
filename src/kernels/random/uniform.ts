import shader from "#shaders/random/uniform.wgsl";
import { ValueError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { unitInterval } from "../../core/rng.ts";
import { checkShape, type Shape, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { sizes, stream } from "../option_kinds.ts";
import { type Stream, streamKey, words } from "./stream.ts";

interface Options extends Stream {
  readonly shape: Shape;
  /** Lower bound. Default 0. */
  readonly low?: number;
  /** Upper bound, excluded: low < high. Default 1. */
  readonly high?: number;
}

/** The largest float32 number below `high`. */
function below(high: number): number {
  const value = Math.fround(high);
  if (value < high) return value;
  const bits = Uint32Array.of(0);
  const real = new Float32Array(bits.buffer);
  real[0] = value;
  bits[0] = value === 0 ? 0x80000001 : (bits[0] as number) + (value > 0 ? -1 : 1);
  return real[0] as number;
}

/**
 * Uniform numbers low + u·(high − low), u a multiple of 2⁻²⁴ in [0, 1), excluding high: a number that would be rounded to
 * high becomes the float32 number below it.
 *
 * With low = 0, and high a power of two, the numbers are exact: the same bits on every device and in the reference.
 * Otherwise devices may differ in the last bit, since a multiply-add is fused on some. Throws `ShapeError`, `ValueError`
 * unless low < high, with a float32 number in between, and high − low is a float32 number.
 */
export const uniform = kernel(shader, (_, options: Options) => {
  const { shape, low = 0, high = 1 } = options;
  checkShape("random/uniform", shape);
  if (!(Math.fround(low) <= below(high) && Math.fround(high - low) < Infinity)) {
    throw new ValueError(
      `random/uniform: expected finite low < high, a float32 number apart, got ${low} and ${high}; move them`,
    );
  }
  return {
    outputs: { y: shape },
    params: {
      key: streamKey("random/uniform", options),
      count: size(shape),
      low,
      range: high - low,
      last: below(high),
    },
    grid: grid1d(Math.ceil(size(shape) / 128)),
    flops: 2 * size(shape),
  };
});

export const kinds = () => ({ shape: required(sizes), low: number, high: number, ...stream() });

export const reference: Reference<typeof uniform> = (_, options) => {
  const { shape, low = 0, high = 1 } = options;
  const bits = words(options, size(shape));
  const drawn = (word: number) => low + unitInterval(word) * (high - low);
  return { y: Float64Array.from(bits, (word) => Math.min(drawn(word), below(high))) };
};

export const cases: Case<typeof uniform>[] = [
  { name: "no element", inputs: {}, options: { shape: [0, 3], seed: 1 }, tolerance: "exact" },
  { name: "one element", inputs: {}, options: { shape: [1], seed: 0 }, tolerance: "exact" },
  {
    name: "odd count, another offset",
    inputs: {},
    options: { shape: [7, 37], seed: 1, offset: 3 },
    tolerance: "exact",
  },
  {
    name: "the largest seed and offset",
    inputs: {},
    options: { shape: [1000], seed: 0xffffffff, offset: 0xffffffff },
    tolerance: "exact",
  },
  {
    name: "from -1 to 1, still exact",
    inputs: {},
    options: { shape: [500], seed: 5, low: -1, high: 1 },
    tolerance: "exact",
  },
  {
    name: "from -0.3 to 100.7",
    inputs: {},
    options: { shape: [500], seed: 5, low: -0.3, high: 100.7 },
  },
  {
    name: "two numbers a step apart: only the lower one",
    inputs: {},
    options: { shape: [99], seed: 5, low: 1, high: 1 + 2 ** -23 },
    tolerance: "exact",
  },
  {
    name: "the last step rounds up to 2²⁴ and is held below",
    inputs: {},
    options: { shape: [99], seed: 5, low: 2 ** 24 - 1, high: 2 ** 24 },
    tolerance: "exact",
  },
  {
    name: "below 0",
    inputs: {},
    options: { shape: [99], seed: 5, low: -(2 ** -100), high: 0 },
    tolerance: "exact",
  },
];

export const benches: Case<typeof uniform>[] = [
  { name: "2²² numbers", inputs: {}, options: { shape: [1 << 22], seed: 1 } },
];
