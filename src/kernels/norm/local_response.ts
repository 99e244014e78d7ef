import shader from "#shaders/norm/local_response.wgsl";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import { type Case, grid1d, type HostTensor, kernel, type Reference } from "../kernel.ts";

/** Range of local response norm, and parameters of its divisor (k + alpha/size · Σ x²)^beta. */
export interface LocalResponseOptions {
  /** Number of channels that are summed: size/2 before an element's own, rounded down, and (size − 1)/2 after it. ≥ 1. */
  readonly size: number;
  /** α ≥ 0. Default 1e-4. */
  readonly alpha?: number | undefined;
  /** Exponent β. Default 0.75. */
  readonly beta?: number | undefined;
  /** k > 0. Default 1. */
  readonly k?: number | undefined;
}

/** Options with their defaults, and the number of channels before and after. Throws `ValueError`. */
function local(who: string, { size, alpha = 1e-4, beta = 0.75, k = 1 }: LocalResponseOptions) {
  if (!Number.isInteger(size) || size < 1) {
    throw new ValueError(`${who}: expected an integer size ≥ 1, got ${size}; try 5`);
  }
  if (!(alpha >= 0 && k > 0 && Number.isFinite(alpha + beta + k))) {
    throw new ValueError(
      `${who}: expected finite alpha ≥ 0, beta and k > 0, got ${alpha}, ${beta} and ${k}; try 1e-4, 0.75 and 1`,
    );
  }
  const [before, after] = [Math.floor(size / 2), Math.floor((size - 1) / 2)];
  return { before, after, share: alpha / size, beta, k };
}

/** The common part of both kernels' plans. Throws `ShapeError` unless x has a channel axis. */
export function planLocal(who: string, x: Shape, options: LocalResponseOptions) {
  const [, channels = 1, ...plane] = x;
  if (x.length < 2) {
    throw new ShapeError(`${who}: expected x [N, C, ...], got ${show(x, "x")}; reshape x`);
  }
  const params = { count: size(x), channels, inner: size(plane), ...local(who, options) };
  return { params, grid: grid1d(Math.ceil(size(x) / 64)) };
}

/** Local response norm over neighbouring channels of x [N, C, ...]. Throws `ShapeError`, `ValueError`. */
export const localResponse = kernel(shader, ({ x }, options: LocalResponseOptions) => ({
  outputs: { y: x },
  ...planLocal("norm/local_response", x, options),
  flops: size(x) * (2 * options.size + 8),
}));

export const kinds = () => ({ size: required(number), alpha: number, beta: number, k: number });

/** b = k + alpha/size · Σ x² of every element, in plain loops. */
export function bases({ shape, data }: HostTensor, options: LocalResponseOptions) {
  const { before, after, share, beta, k } = local("norm/local_response", options);
  const [, channels = 1, ...plane] = shape;
  const inner = size(plane);
  const base = Float64Array.from(data, (_, i) => {
    const c = Math.floor(i / inner) % channels;
    let sum = 0;
    for (let j = Math.max(0, c - before); j <= Math.min(channels - 1, c + after); j++) {
      sum += (data[i + (j - c) * inner] as number) ** 2;
    }
    return k + share * sum;
  });
  return { base, beta, share, before, after, channels, inner };
}

export const reference: Reference<typeof localResponse> = ({ x }, options) => {
  const { base, beta } = bases(x, options);
  return { y: Float64Array.from(x.data, (value, i) => value * (base[i] as number) ** -beta) };
};

/** Cases of both kernels: x and options. */
export const localCases = [
  { name: "one element", x: [1, 1], options: { size: 1 } },
  { name: "no plane, PyTorch's defaults", x: [3, 7], options: { size: 5 } },
  { name: "an even size reaches further back", x: [2, 5, 3], options: { size: 4, alpha: 1 } },
  { name: "planes, AlexNet's constants", x: [2, 9, 3, 5], options: { size: 5, k: 2 } },
  { name: "wider than there are channels", x: [2, 3, 2], options: { size: 11, alpha: 2 } },
  { name: "beta −1, k small", x: [1, 4, 5], options: { size: 3, alpha: 1, beta: -1, k: 0.01 } },
  { name: "beta 0 leaves x", x: [1, 4, 5], options: { size: 3, alpha: 1, beta: 0 } },
  { name: "alpha 0: a constant factor", x: [2, 3, 4], options: { size: 3, alpha: 0, k: 3 } },
  { name: "more than one workgroup", x: [3, 17, 7, 5], options: { size: 3, alpha: 0.5 } },
] as const;

/** Errors of exp(−β·ln b) in units of 2⁻²⁴: three from exp, two from ln times β, four from the sums. */
export const localTolerance = { atol: 1e-6, rtol: 2e-6 };

export const cases: Case<typeof localResponse>[] = [
  ...localCases.map(({ name, x, options }) => ({
    ...{ name, inputs: { x: [...x] }, options, tolerance: localTolerance },
  })),
  {
    name: "NaN spoils its neighbours alone",
    inputs: { x: { shape: [1, 9, 2], fill: (i) => (i === 8 ? NaN : i) } },
    options: { size: 3, alpha: 1 },
    tolerance: localTolerance,
  },
  {
    name: "large numbers, whose squares are just below the largest f32",
    inputs: { x: { shape: [1, 3, 4], fill: (i) => 1e18 * (i - 5) } },
    options: { size: 3, alpha: 1, beta: 0.5 },
    tolerance: { atol: 1e-6, rtol: 1e-5 }, // exp of 43: an error of 3 + 2·43 units
  },
];

export const benches: Case<typeof localResponse>[] = [
  { name: "GoogLeNet's first", inputs: { x: [8, 64, 56, 56] }, options: { size: 5 } },
];
