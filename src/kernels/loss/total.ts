import shader from "#shaders/loss/total.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { boolean, number } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import type { Coarse } from "../coarse.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { checkOptional, pieces, sumPieces } from "./labels.ts";

interface Options extends Coarse {
  /** Factor known on the host. Default 1. */
  readonly scale?: number;
}

/**
 * Σ x · scale / denominator over pieces of 4096 elements, always in the same order: one number for up to 4096 elements;
 * otherwise run it again on the result. `scale` (default 1) is a factor known on the host, `denominator` [1] a divisor
 * known only on the GPU; pass each to only one of the runs. A denominator of 0 gives NaN: a mean of no elements. Throws
 * `ShapeError` for an empty x.
 */
export const lossTotal = kernel(
  shader,
  ({ x, denominator }, { scale = 1, coarse = false }: Options) => {
    if (size(x) === 0) {
      throw new ShapeError(
        `loss/total: expected at least one element, got ${show(x)}; skip empty batches`,
      );
    }
    checkOptional("loss/total", "denominator", denominator, [1]);
    const { count, grid, overrides } = pieces(size(x));
    const { PIECE, WG } = overrides;
    return {
      outputs: { y: [count] },
      params: { count: size(x), scale },
      grid: coarse ? grid1d(Math.ceil(count / WG)) : grid,
      overrides: { PIECE, WG, ALONE: coarse ? 1 : 0 },
      slots: { denominator: denominator ? "given" : "none" },
      flops: size(x),
    };
  },
);

export const kinds = () => ({ scale: number, coarse: boolean });

export const reference: Reference<typeof lossTotal> = ({ x, denominator }, { scale = 1 }) => {
  const divisor = denominator ? (denominator.data[0] as number) || NaN : 1;
  const sums = sumPieces(x.data.length, (i) => x.data[i] as number);
  return { y: sums.map((sum) => (sum * scale) / divisor) };
};

const denominator = { shape: [1], fill: () => 12.5 };

export const cases: Case<typeof lossTotal>[] = [
  { name: "one element", inputs: { x: [1] }, options: {} },
  { name: "a mean over 67", inputs: { x: [67] }, options: { scale: 1 / 67 } },
  {
    name: "257 over 12.5",
    inputs: { x: [257], denominator },
    options: {},
    tolerance: { length: 257 },
  },
  {
    name: "one more than a piece",
    inputs: { x: [17, 241] },
    options: {},
    tolerance: { length: 4096 },
  },
  {
    name: "three pieces",
    inputs: { x: [9000], denominator },
    options: {},
    tolerance: { length: 4096 },
  },
  {
    name: "coarse: three pieces, a thread each",
    inputs: { x: [9000], denominator },
    options: { scale: 0.5, coarse: true },
    tolerance: { length: 4096 },
  },
  {
    name: "coarse: two whole pieces",
    inputs: { x: [8192] },
    options: { coarse: true },
    tolerance: { length: 4096 },
  },
  {
    name: "over a weight of 1",
    inputs: { x: [3], denominator: { shape: [1], fill: () => 1 } },
    options: {},
  },
  {
    name: "over a weight of 0",
    inputs: { x: { shape: [3], fill: () => 2 }, denominator: { shape: [1], fill: () => 0 } },
    options: {},
  },
  {
    name: "a mean over nothing",
    inputs: { x: { shape: [5], fill: () => 0 }, denominator: { shape: [1], fill: () => 0 } },
    options: {},
  },
  {
    name: "NaN",
    inputs: { x: { shape: [300], fill: (i) => (i === 256 ? NaN : 1) } },
    options: {},
  },
];
