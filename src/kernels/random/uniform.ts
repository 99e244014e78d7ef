import shader from "#shaders/random/uniform.wgsl";
import { ValueError } from "../../core/errors.ts";
import { unitInterval } from "../../core/rng.ts";
import { checkShape, type Shape, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { type Stream, streamKey, words } from "./stream.ts";

interface Options extends Stream {
  readonly shape: Shape;
  /** Default 0. */
  readonly low?: number;
  /** Default 1; low < high. */
  readonly high?: number;
}

/**
 * Uniform numbers low + u·(high − low), u a multiple of 2⁻²⁴ in [0, 1).
 *
 * With low = 0, and high a power of two, the numbers are exact: the same bits on every device and in the reference.
 * Otherwise devices may differ in the last bit, since a multiply-add is fused on some, and the sum may round up to
 * high. Throws `ShapeError`, `ValueError`.
 */
export const uniform = kernel(shader, (_, options: Options) => {
  const { shape, low = 0, high = 1 } = options;
  checkShape("random/uniform", shape);
  if (!(low < high && high - low < Infinity)) {
    throw new ValueError(`random/uniform: expected finite low < high, got ${low} and ${high}`);
  }
  return {
    outputs: { y: shape },
    params: {
      key: streamKey("random/uniform", options),
      count: size(shape),
      low,
      range: high - low,
    },
    grid: grid1d(Math.ceil(size(shape) / 128)),
    flops: 2 * size(shape),
  };
});

export const reference: Reference<typeof uniform> = (_, options) => {
  const { shape, low = 0, high = 1 } = options;
  const bits = words(options, size(shape));
  return { y: Float64Array.from(bits, (word) => low + unitInterval(word) * (high - low)) };
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
];

export const benches: Case<typeof uniform>[] = [
  { name: "2²² numbers", inputs: {}, options: { shape: [1 << 22], seed: 1 } },
];
