import shader from "#shaders/random/pick.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { unitInterval } from "../../core/rng.ts";
import { sameShape, show } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { stream } from "../option_kinds.ts";
import { type Stream, streamKey, words } from "./stream.ts";

interface Options extends Stream {
  /** Number of indices to draw for each row. */
  readonly samples: number;
}

/**
 * index[rows, samples] (u32): indices into rows of weights[rows, length], each drawn with the probability of its weight,
 * with replacement. `sums` are the weights' cumulative sums along a row. An index of weight 0 is never drawn, unless all
 * weights of the row are 0. Throws `ShapeError`.
 */
export const randomPick = kernel(shader, ({ weights, sums }, options: Options) => {
  const [rows = 0, length = 0] = weights;
  if (weights.length !== 2 || length === 0 || !sameShape(weights, sums)) {
    throw new ShapeError(
      `random/pick: expected weights[rows, length] and their running sums, got ${show(weights, "weights")} and ${show(sums, "sums")}; scan the weights along rows`,
    );
  }
  const { samples } = options;
  const count = rows * samples;
  return {
    outputs: { index: [rows, samples] },
    params: { key: streamKey("random/pick", options), count, samples, length },
    grid: grid1d(Math.ceil(count / 128)),
    flops: 0,
  };
});

export const kinds = () => ({ samples: required(number), ...stream() });

export const reference: Reference<typeof randomPick> = ({ weights, sums }, options) => {
  const [rows = 0, length = 0] = weights.shape;
  const { samples } = options;
  const bits = words(options, rows * samples);
  const index = Float64Array.from(bits, (word, i) => {
    const row = Math.floor(i / samples) * length;
    const total = sums.data[row + length - 1] as number;
    const wanted = Math.fround(unitInterval(word) * total);
    let j = 0;
    while (j < length - 1 && !((sums.data[row + j] as number) > wanted)) j++;
    while (j > 0 && weights.data[row + j] === 0) j--;
    while (j < length - 1 && weights.data[row + j] === 0) j++;
    return j;
  });
  return { index };
};

/** Weights that are small integers, some of them 0; their cumulative sums are exact in f32. */
const weight = (j: number, period: number) => (j % period === 0 ? 0 : j % 5);
function inputs(rows: number, length: number, period: number) {
  const sum = (j: number) => {
    let total = 0;
    for (let k = 0; k <= j; k++) total += weight(k, period);
    return total;
  };
  const shape = [rows, length];
  return {
    weights: { shape, fill: (i: number) => weight(i % length, period) },
    sums: { shape, fill: (i: number) => sum(i % length) },
  };
}

export const cases: Case<typeof randomPick>[] = [
  {
    name: "three rows of nine",
    inputs: inputs(3, 9, 4),
    options: { samples: 50, seed: 1 },
    tolerance: "exact",
  },
  {
    name: "a long row, mostly of weight",
    inputs: inputs(1, 1000, 7),
    options: { samples: 301, seed: 2, offset: 5 },
    tolerance: "exact",
  },
  {
    name: "one weight, at the end",
    inputs: {
      weights: { shape: [2, 6], fill: (i) => (i % 6 === 5 ? 3 : 0) },
      sums: { shape: [2, 6], fill: (i) => (i % 6 === 5 ? 3 : 0) },
    },
    options: { samples: 20, seed: 3 },
    tolerance: "exact",
  },
  {
    name: "sums that step where there is no weight",
    inputs: {
      weights: { shape: [1, 4], fill: (i) => (i === 1 ? 5 : 0) },
      sums: { shape: [1, 4], fill: (i) => [0, 4, 4.5, 5][i] as number },
    },
    options: { samples: 40, seed: 4 },
    tolerance: "exact",
  },
  { name: "no samples", inputs: inputs(2, 3, 4), options: { samples: 0, seed: 5 } },
];
