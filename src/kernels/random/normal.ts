import shader from "#shaders/random/normal.wgsl";
import { ValueError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { checkShape, type Shape, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { sizes, stream } from "../option_kinds.ts";
import { type Stream, streamKey, words } from "./stream.ts";

interface Options extends Stream {
  readonly shape: Shape;
  /** Mean. Default 0. */
  readonly mean?: number;
  /** Standard deviation, ≥ 0; default 1. */
  readonly std?: number;
}

/**
 * Normal numbers by Box and Muller (1958), two from two words: elements 2t and 2t + 1 are mean + std·√(−2 ln u)·(cos 2πv,
 * sin 2πv) with u in (0, 1] and v in [0, 1) multiples of 2⁻²⁴. No number is further than
 * 5.77 std from the mean. Devices agree within a few units in the last place. Throws `ShapeError`, `ValueError`.
 */
export const normal = kernel(shader, (_, options: Options) => {
  const { shape, mean = 0, std = 1 } = options;
  checkShape("random/normal", shape);
  if (!(Number.isFinite(mean) && std >= 0 && std < Infinity)) {
    throw new ValueError(
      `random/normal: expected finite mean and std ≥ 0, got ${mean} and ${std}; the defaults are 0 and 1`,
    );
  }
  return {
    outputs: { y: shape },
    params: { key: streamKey("random/normal", options), count: size(shape), mean, deviation: std },
    grid: grid1d(Math.ceil(size(shape) / 128)),
    flops: 25 * size(shape),
  };
});

export const kinds = () => ({ shape: required(sizes), mean: number, std: number, ...stream() });

/** Two normal numbers from two words, for references: shaders/lib/box_muller.wgsl. */
export function normalPair([a, b]: readonly [number, number]): readonly [number, number] {
  const radius = Math.sqrt(-2 * Math.log(((a >>> 8) + 1) / 2 ** 24));
  const angle = (2 * Math.PI * (b >>> 8)) / 2 ** 24;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

export const reference: Reference<typeof normal> = (_, options) => {
  const { shape, mean = 0, std = 1 } = options;
  const count = size(shape);
  const bits = words(options, count + (count % 2));
  const y = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const first = i - (i % 2);
    y[i] =
      mean + std * normalPair([bits[first] as number, bits[first + 1] as number])[(i % 2) as 0 | 1];
  }
  return { y };
};

export const cases: Case<typeof normal>[] = [
  { name: "no element", inputs: {}, options: { shape: [0], seed: 1 } },
  { name: "one element", inputs: {}, options: { shape: [1], seed: 1 } },
  { name: "60,001 elements", inputs: {}, options: { shape: [60001], seed: 2, offset: 9 } },
  {
    name: "mean 3, deviation 0.1",
    inputs: {},
    options: { shape: [77], seed: 3, mean: 3, std: 0.1 },
  },
  {
    name: "deviation 0",
    inputs: {},
    options: { shape: [70], seed: 4, mean: -2, std: 0 },
    tolerance: "exact",
  },
];

export const benches: Case<typeof normal>[] = [
  { name: "2²² numbers", inputs: {}, options: { shape: [1 << 22], seed: 1 } },
];
