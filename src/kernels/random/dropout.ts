import shader from "#shaders/random/dropout.wgsl";
import { ValueError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { unitInterval } from "../../core/rng.ts";
import { size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { stream } from "../option_kinds.ts";
import { type Stream, streamKey, words } from "./stream.ts";

interface Options extends Stream {
  /** Probability of dropping an element, in 0..1. */
  readonly p: number;
}

/** Throws `ValueError` unless 0 ≤ p ≤ 1. */
export function checkProbability(who: string, p: number): void {
  if (!(p >= 0 && p <= 1)) {
    throw new ValueError(`${who}: expected a probability 0 ≤ p ≤ 1, got ${p}; try 0.5`);
  }
}

/**
 * y[i] = x[i]/(1 − p) where u[i] ≥ p, else 0 (Srivastava et al. 2014), where u are the numbers of random/uniform for the
 * same stream. The same kernel with the same options, applied to dy, gives dx. The mask has the same bits on every device.
 * p = 1 drops everything; a dropped NaN becomes 0. Throws `ValueError`.
 */
export const dropout = kernel(shader, ({ x }, options: Options) => {
  const { p } = options;
  checkProbability("random/dropout", p);
  return {
    outputs: { y: x },
    params: {
      key: streamKey("random/dropout", options),
      count: size(x),
      threshold: Math.ceil(p * 2 ** 24),
      scale: p < 1 ? 1 / (1 - p) : 0,
    },
    grid: grid1d(Math.ceil(size(x) / 128)),
    flops: size(x),
  };
});

export const kinds = () => ({ p: required(number), ...stream() });

export const reference: Reference<typeof dropout> = ({ x }, options) => {
  const { p } = options;
  const bits = words(options, x.data.length);
  const kept = (value: number, i: number) =>
    unitInterval(bits[i] as number) >= p ? value / (1 - p) : 0;
  return { y: Float64Array.from(x.data, kept) };
};

const ones = (...shape: number[]) => ({ shape, fill: () => 1 });

export const cases: Case<typeof dropout>[] = [
  { name: "one element", inputs: { x: [1] }, options: { p: 0.5, seed: 1 } },
  {
    name: "p = 0.5 keeps the reference's elements",
    inputs: { x: ones(33, 31) },
    options: { p: 0.5, seed: 1, offset: 2 },
    tolerance: "exact",
  },
  {
    name: "p = 0 keeps everything as it is",
    inputs: { x: [257] },
    options: { p: 0, seed: 7 },
    tolerance: "exact",
  },
  {
    name: "p = 1 drops everything",
    inputs: { x: [257] },
    options: { p: 1, seed: 7 },
    tolerance: "exact",
  },
  {
    name: "p one step below 1",
    inputs: { x: ones(20000) },
    options: { p: 1 - 2 ** -12, seed: 8 },
    tolerance: "exact",
  },
  { name: "p = 0.1", inputs: { x: [5, 77] }, options: { p: 0.1, seed: 0xffffffff, offset: 1 } },
  {
    name: "p is the first number drawn: u ≥ p keeps it",
    inputs: { x: ones(6) },
    options: { p: unitInterval(words({ seed: 11 }, 1)[0] as number), seed: 11 },
  },
  {
    name: "NaN is kept or dropped, never half",
    inputs: { x: { shape: [64], fill: () => NaN } },
    options: { p: 0.5, seed: 3 },
  },
];

export const benches: Case<typeof dropout>[] = [
  { name: "2²² elements", inputs: { x: [1 << 22] }, options: { p: 0.5, seed: 1 } },
];
