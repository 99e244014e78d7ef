import shader from "#shaders/random/alpha_dropout.wgsl";
import { boolean, number, required } from "../../core/kinds.ts";
import { unitInterval } from "../../core/rng.ts";
import { size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { stream } from "../option_kinds.ts";
import { checkProbability } from "./dropout.ts";
import { type Stream, streamKey, words } from "./stream.ts";

interface Options extends Stream {
  /** Probability of dropping an element, in 0..1. */
  readonly p: number;
  /** Whether x is the gradient of y, and y receives the gradient of x. Default false. */
  readonly gradient?: boolean;
}

/** λα of selu: a dropped element becomes its limit at −∞, −λα, before the affine map. */
const ALPHA = 1.0507009873554805 * 1.6732632423543772;

function affine({ p, gradient = false }: Options) {
  if (p === 1) return { scale: 0, shift: 0, dropped: 0 };
  const scale = 1 / Math.sqrt((1 - p) * (1 + ALPHA ** 2 * p));
  const shift = ALPHA * scale * p;
  return gradient
    ? { scale, shift: 0, dropped: 0 }
    : { scale, shift, dropped: shift - ALPHA * scale };
}

/**
 * Alpha dropout (Klambauer et al. 2017): where u[i] < p, x[i] becomes the lower limit of selu, and all elements are scaled
 * and shifted so that mean 0 and variance 1 are preserved; u are the numbers of random/uniform for the same stream. p = 1
 * gives zeros. The same options with `gradient` on dy give dx. Throws `ValueError`.
 */
export const alphaDropout = kernel(shader, ({ x }, options: Options) => {
  checkProbability("random/alpha_dropout", options.p);
  return {
    outputs: { y: x },
    params: {
      key: streamKey("random/alpha_dropout", options),
      count: size(x),
      threshold: Math.ceil(options.p * 2 ** 24),
      ...affine(options),
    },
    grid: grid1d(Math.ceil(size(x) / 128)),
    flops: 2 * size(x),
  };
});

export const kinds = () => ({ p: required(number), gradient: boolean, ...stream() });

export const reference: Reference<typeof alphaDropout> = ({ x }, options) => {
  const { scale, shift, dropped } = affine(options);
  const bits = words(options, x.data.length);
  const moved = (value: number, i: number) =>
    unitInterval(bits[i] as number) >= options.p ? scale * value + shift : dropped;
  return { y: Float64Array.from(x.data, moved) };
};

export const cases: Case<typeof alphaDropout>[] = [
  { name: "one element", inputs: { x: [1] }, options: { p: 0.5, seed: 1 } },
  { name: "p = 0.5", inputs: { x: [33, 31] }, options: { p: 0.5, seed: 1, offset: 2 } },
  { name: "p = 0.1 on dy", inputs: { x: [5, 77] }, options: { p: 0.1, seed: 9, gradient: true } },
  { name: "p = 0 keeps all", inputs: { x: [129] }, options: { p: 0, seed: 7 }, tolerance: "exact" },
  { name: "p = 1 drops all", inputs: { x: [129] }, options: { p: 1, seed: 7 }, tolerance: "exact" },
  {
    name: "p is the first number drawn: u ≥ p keeps it",
    inputs: { x: [6] },
    options: { p: unitInterval(words({ seed: 11 }, 1)[0] as number), seed: 11 },
  },
  {
    name: "NaN is kept or dropped, never half",
    inputs: { x: { shape: [64], fill: () => NaN } },
    options: { p: 0.5, seed: 3 },
  },
];
