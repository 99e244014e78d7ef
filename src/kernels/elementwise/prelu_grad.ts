import shader from "#shaders/elementwise/prelu_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number } from "../../core/kinds.ts";
import { type Shape, sameShape, show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { channelsOf } from "./prelu.ts";

interface Options {
  /**
   * Number of parts that the sum over a channel is split into; default: about 4096 elements in each, at most 1024 parts in
   * all.
   */
  readonly pieces?: number;
}

function layout(inputs: Readonly<Record<"dy" | "x" | "slope", Shape>>, { pieces }: Options) {
  const { dy, x, slope } = inputs;
  const { outer, channels, inner } = channelsOf("prelu_grad", x, slope);
  const length = outer * inner;
  if (!sameShape(dy, x) || length === 0) {
    throw new ShapeError(
      `prelu_grad: expected dy of x's shape ${show(x)}, none of it empty, got ${show(dy)}; pass the gradient of prelu(x)`,
    );
  }
  const usual = Math.min(Math.ceil(length / 4096), Math.ceil(1024 / channels));
  const piece = Math.ceil(length / (pieces ?? usual));
  return { channels, inner, length, piece, pieces: Math.ceil(length / piece) };
}

/**
 * Gradient of `prelu`: dx = dy where x > 0, else slope · dy, and partials [pieces, channels] whose sum over pieces
 * (reduce/sum_partials) is dslope = Σ dy·x over x ≤ 0. Throws `ShapeError` if dy, x and slope do not fit together.
 */
export const preluGrad = kernel(shader, (inputs, options: Options) => {
  const { pieces, ...params } = layout(inputs, options);
  const teams = pieces * params.channels;
  return {
    outputs: { dx: inputs.x, partials: [pieces, params.channels] },
    params: { ...params, teams },
    grid: grid1d(teams),
    overrides: { WG: 256 },
    flops: 3 * size(inputs.x),
  };
});

export const kinds = () => ({ pieces: number });

export const reference: Reference<typeof preluGrad> = ({ dy, x, slope }, options) => {
  const shapes = { dy: dy.shape, x: x.shape, slope: slope.shape };
  const { channels, inner, piece, pieces } = layout(shapes, options);
  const partials = new Float64Array(pieces * channels);
  const dx = Float64Array.from(x.data, (value, i) => {
    const upstream = dy.data[i] as number;
    if (value > 0) return upstream;
    const c = Math.floor(i / inner) % channels;
    const m = Math.floor(i / (inner * channels)) * inner + (i % inner);
    const at = Math.floor(m / piece) * channels + c;
    partials[at] = (partials[at] as number) + value * upstream;
    return (slope.data[c] as number) * upstream;
  });
  return { dx, partials };
};

const example = (
  name: string,
  x: Shape,
  slopes: number,
  options: Options = {},
): Case<typeof preluGrad> => ({
  name,
  inputs: { dy: x, x, slope: [slopes] },
  options,
  tolerance: { length: size(x) / slopes },
});

const kinks = [0, -0, 1e-30, -1e-30, 1e4, -1e4, 3, -3];

export const cases: Case<typeof preluGrad>[] = [
  example("one element", [1], 1),
  example("one slope for all", [3, 5, 7], 1),
  example("a slope a channel", [3, 5, 7, 2], 5),
  example("rows of features", [13, 5], 5),
  example("256 elements a channel, every lane one", [2, 2, 128], 2),
  example("257 elements a channel, one over", [1, 3, 257], 3),
  example("3 pieces, the last shorter", [7, 3, 11], 3, { pieces: 3 }),
  example("two pieces of more than 4096", [1, 1, 5000], 1),
  {
    ...example("channels enough for two rows of workgroups", [1, 65537], 65537),
    overrides: { WG: 1 },
  },
  {
    name: "kinks",
    inputs: {
      dy: [2, 2, 8],
      x: { shape: [2, 2, 8], fill: (i) => kinks[i % 8] as number },
      slope: [2],
    },
    options: {},
    tolerance: { length: 16 },
  },
  {
    name: "safety: NaN reaches its own dx and its channel's slope",
    inputs: {
      dy: [2, 2, 4],
      x: { shape: [2, 2, 4], fill: (i) => (i === 5 ? NaN : i - 8) },
      slope: [2],
    },
    options: {},
    tolerance: { length: 8 },
  },
];

export const benches: Case<typeof preluGrad>[] = [
  example("64 channels, 4 Mi elements", [16, 64, 64, 64], 64),
  example("one slope, 4 Mi elements", [16, 64, 64, 64], 1),
];
