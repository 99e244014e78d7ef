import { reference as dropoutReference } from "../../kernels/random/dropout.ts";
import { reference as normalReference } from "../../kernels/random/normal.ts";
import { reference as uniformReference } from "../../kernels/random/uniform.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { dropout, manualSeed, normal, uniform } from "./random.ts";

const seed = 5;

/** The first two draws after manualSeed, each with its own stream. */
function draws<O extends object>(
  name: string,
  draw: (shape: readonly number[], options?: O) => Tensor,
  reference: (options: O & { shape: readonly number[]; seed: number; offset: number }) => {
    readonly y: ArrayLike<number>;
  },
  options: O,
): OpCase {
  const shape = [7, 9];
  return {
    name,
    inputs: [],
    run: () => {
      manualSeed(seed);
      return [draw(shape, options), draw(shape, options)];
    },
    reference: () => [0, 1].map((offset) => reference({ ...options, shape, seed, offset }).y),
    shape,
  };
}

const drop = (name: string, p: number | undefined): OpCase => ({
  name,
  inputs: [{ shape: [5, 7] }],
  run: (x) => {
    manualSeed(seed);
    return dropout(x, p);
  },
  reference: (x) => dropoutReference({ x }, { p: p ?? 0.5, seed, offset: 0 }).y,
  shape: [5, 7],
});

export const cases: OpCases = {
  uniform: [
    draws("0 to 1", uniform, (options) => uniformReference({}, options), {}),
    draws("−3 to 0.5", uniform, (options) => uniformReference({}, options), {
      low: -3,
      high: 0.5,
    }),
  ],
  normal: [
    draws("standard", normal, (options) => normalReference({}, options), {}),
    draws("mean 3, deviation 0.1", normal, (options) => normalReference({}, options), {
      mean: 3,
      std: 0.1,
    }),
  ],
  dropout: [drop("default p", undefined), drop("p 0", 0), drop("p 0.4", 0.4), drop("p 1", 1)],
};
