import shader from "#shaders/roofline/multiply_add.wgsl";
import { ValueError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { quarters } from "./quarters.ts";

/** Number of chains of multiply-adds that a thread computes at the same time. */
const CHAINS = 8;

/** The multiply-add that every chain repeats. */
export interface MultiplyAddOptions {
  /** Number of multiply-adds in a chain, an integer ≥ 0. */
  readonly rounds: number;
  /** Factor of every multiply-add. */
  readonly scale: number;
  /** Summand of every multiply-add. */
  readonly shift: number;
}

/**
 * y = Σⱼ aⱼ of eight chains that start at aⱼ = x + j and are replaced `rounds` times by aⱼ·scale + shift: measures the
 * arithmetic throughput that other kernels are compared with. Throws `ShapeError` unless the size is a multiple of 4,
 * `ValueError` for invalid rounds.
 */
export const rooflineMultiplyAdd = kernel(shader, ({ x }, options: MultiplyAddOptions) => {
  const { rounds, scale, shift } = options;
  const count = quarters("roofline/multiply_add", x);
  if (!Number.isInteger(rounds) || rounds < 0) {
    throw new ValueError(
      `roofline/multiply_add: expected rounds an integer ≥ 0, got ${rounds}; round it`,
    );
  }
  return {
    outputs: { y: x },
    params: { count, rounds, scale, shift },
    grid: grid1d(Math.ceil(count / 256)),
    flops: 2 * CHAINS * rounds * size(x),
  };
});

export const kinds = () => ({
  rounds: required(number),
  scale: required(number),
  shift: required(number),
});

export const reference: Reference<typeof rooflineMultiplyAdd> = ({ x }, options) => {
  const { rounds, scale, shift } = options;
  const y = Float64Array.from(x.data, (start) => {
    let sum = 0;
    for (let j = 0; j < CHAINS; j++) {
      let a = start + j;
      for (let round = 0; round < rounds; round++) a = a * scale + shift;
      sum += a;
    }
    return sum;
  });
  return { y };
};

const tolerance = { length: CHAINS };
const halve = { scale: 0.5, shift: 1 };

export const cases: Case<typeof rooflineMultiplyAdd>[] = [
  { name: "four elements, once", inputs: { x: [4] }, options: { rounds: 1, ...halve }, tolerance },
  { name: "not at all", inputs: { x: [8] }, options: { rounds: 0, ...halve }, tolerance },
  {
    name: "a workgroup and four elements, three times",
    inputs: { x: [257, 4] },
    options: { rounds: 3, scale: -0.75, shift: 0.3 },
    tolerance,
  },
  { name: "no elements", inputs: { x: [0] }, options: { rounds: 2, ...halve } },
  {
    name: "NaN and infinities stay where they are",
    inputs: { x: { shape: [4], fill: (i) => [Number.NaN, Infinity, -Infinity, 1][i] as number } },
    options: { rounds: 2, ...halve },
    tolerance,
  },
];

export const benches: Case<typeof rooflineMultiplyAdd>[] = [
  {
    name: "1 Mi elements, 512 rounds",
    inputs: { x: [1 << 20] },
    options: { rounds: 512, scale: 0.999, shift: 0.001 },
  },
];
