import shader from "#shaders/random/rrelu.wgsl";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { number } from "../../core/kinds.ts";
import { sameShape, show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { stream } from "../option_kinds.ts";
import { type Stream, streamKey, words } from "./stream.ts";

interface Options extends Stream {
  /** Bounds of the slopes; default 1/8 and 1/3. */
  readonly lower?: number;
  readonly upper?: number;
}

/** Slopes as multiples of `unit`, a power of two for which both bounds have at most 24 bits. */
function fixedPoint({ lower = 1 / 8, upper = 1 / 3 }: Options) {
  if (!(Number.isFinite(lower) && Number.isFinite(upper) && lower <= upper)) {
    throw new ValueError(
      `random/rrelu: expected finite bounds lower ≤ upper, got ${lower} and ${upper}; swap them`,
    );
  }
  const exponent = Math.ceil(Math.log2(Math.max(Math.abs(lower), Math.abs(upper), 2 ** -60)));
  const unit = 2 ** (exponent - 24);
  const low = Math.round(lower / unit);
  return { low, range: Math.round(upper / unit) - low, unit };
}

/**
 * y = v where x > 0, else a·v, with a slope a in [lower, upper) for every element (Xu, Wang, Chen, Li 2015). With v = x it
 * is the randomised rectifier; with the same options and v = dy it gives dx, so slopes need not be stored. The slopes have
 * the same bits on every device. Throws `ShapeError` unless x and v have the same shape, `ValueError` unless lower ≤ upper.
 */
export const rrelu = kernel(shader, ({ x, v }, options: Options) => {
  if (!sameShape(x, v)) {
    throw new ShapeError(
      `random/rrelu: expected v of x's shape ${show(x)}, got ${show(v)}; pass x itself or the gradient of y`,
    );
  }
  return {
    outputs: { y: x },
    params: { key: streamKey("random/rrelu", options), count: size(x), ...fixedPoint(options) },
    grid: grid1d(Math.ceil(size(x) / 128)),
    flops: size(x),
  };
});

export const kinds = () => ({ lower: number, upper: number, ...stream() });

export const reference: Reference<typeof rrelu> = ({ x, v }, options) => {
  const { low, range, unit } = fixedPoint(options);
  const bits = words(options, x.data.length);
  const slope = (word: number) => (low + Number((BigInt(word) * BigInt(range)) >> 32n)) * unit;
  const leaked = (value: number, i: number) =>
    (v.data[i] as number) * (value <= 0 ? slope(bits[i] as number) : 1);
  return { y: Float64Array.from(x.data, leaked) };
};

const filled = (value: number, ...shape: number[]) => ({ shape, fill: () => value });
const slopes = (name: string, n: number, options: Options): Case<typeof rrelu> => ({
  name,
  inputs: { x: filled(-1, n), v: filled(1, n) },
  options,
  tolerance: "exact",
});
const hostile = [0, -0, 1e-30, -1e-30, 1e4, -1e4, Infinity, -Infinity, NaN];
const points = { shape: [9], fill: (i: number) => hostile[i] as number };

export const cases: Case<typeof rrelu>[] = [
  { name: "one element", inputs: { x: [1], v: [1] }, options: { seed: 1 } },
  slopes("the reference's slopes to the bit", 1001, { seed: 1, offset: 2 }),
  slopes("−1..1", 500, { seed: 2, lower: -1, upper: 1 }),
  slopes("0..5, the largest seed", 500, { seed: 0xffffffff, lower: 0, upper: 5 }),
  slopes("all alike", 129, { seed: 3, lower: 0.25, upper: 0.25 }),
  { name: "dy through both halves", inputs: { x: [5, 77], v: [5, 77] }, options: { seed: 4 } },
  { name: "safety: limits and NaN", inputs: { x: points, v: points }, options: { seed: 5 } },
  {
    name: "the sign of x decides, not that of v",
    inputs: { x: points, v: filled(-2, 9) },
    options: { seed: 6 },
  },
  { name: "no elements", inputs: { x: [0], v: [0] }, options: { seed: 7 } },
];
