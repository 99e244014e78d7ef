import shader from "#shaders/reduce/reduce.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { boolean, number, numbers, oneOf, required } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import type { Coarse } from "../coarse.ts";
import { grid1d, kernel, type Reference } from "../kernel.ts";
import { coordinatesOf, offsetOf } from "../shape/walk.ts";
import {
  packSteps,
  pieceLength,
  planReduction,
  type ReduceAxes,
  type ReductionSizes,
  spread,
  WORKGROUP,
  walkOf,
} from "./axes.ts";

/** Names of the files in shaders/reduce/reduce_op. */
export type ReduceOp = NonNullable<typeof shader.signature>["slots"]["op"];

/** Axes, operation and pieces; `reducePasses` returns these. */
export interface ReduceOptions extends ReduceAxes, Coarse {
  /** "sum", "max" or "min". */
  readonly op: ReduceOp;
  /** Factor of the result; default 1. */
  readonly scale?: number;
  /**
   * Number of pieces that the elements of each output are split into and reduced separately: the result is [pieces,
   * ...shape]. Default: not split.
   */
  readonly pieces?: number;
}

/**
 * `y = scale · (x ∘ x ∘ …)` over some axes: sum, max or min. NaN gives NaN. An empty sum is 0; an empty max or min is a
 * `ShapeError`. One run gives the correct result for every shape; `reducePasses` returns the fastest sequence of runs.
 */
export const reduce = kernel(shader, ({ x }, options: ReduceOptions) => {
  const who = `reduce ${options.op}`;
  const reduction = planReduction(who, x, options);
  const { shape, length, kept, reduced } = reduction;
  if (length === 0 && options.op !== "sum") {
    throw new ShapeError(
      `${who}: expected at least one element to reduce, got ${show(x, "x")}; choose axes that are not empty`,
    );
  }
  const { pieces = 1, scale = 1 } = options;
  const { lanes, along } = spread(reduction, options);
  const { walk, pack, piece } = cutOf(who, reduction, pieces);
  return {
    outputs: { y: options.pieces === undefined ? shape : [pieces, ...shape] },
    params: {
      outputs: size(shape),
      length: length / pack,
      piece: piece / pack,
      pieces,
      scale,
      kept_rank: kept.length,
      reduced_rank: reduced.length,
      kept: packSteps(kept),
      reduced: packSteps(reduced),
    },
    grid: grid1d(Math.ceil((size(shape) * pieces * lanes) / WORKGROUP)),
    overrides: { WG: WORKGROUP, LANES: lanes, ALONG: along ? 1 : 0 },
    slots: { op: options.op, walk },
    flops: size(x),
  };
});

export const kinds = () => ({
  op: required(oneOf("sum", "max", "min")),
  scale: number,
  pieces: number,
  axes: numbers,
  keepDims: boolean,
  coarse: boolean,
});

/** How a thread iterates, the number of elements it reads at a time, and the number of elements of a piece. */
function cutOf(who: string, reduction: ReductionSizes, pieces: number) {
  const walk = walkOf(reduction);
  const pack = walk === "line4" ? 4 : 1;
  const packs = reduction.length / pack;
  const piece = pieces === 1 ? packs : Math.ceil(pieceLength(who, reduction.length, pieces) / pack);
  return { walk, pack, piece: piece * pack };
}

const combine: Readonly<Record<ReduceOp, { start: number; of: (a: number, b: number) => number }>> =
  {
    sum: { start: 0, of: (a, b) => a + b },
    max: { start: -Infinity, of: (a, b) => Math.max(a, b) },
    min: { start: Infinity, of: (a, b) => Math.min(a, b) },
  };

export const reference: Reference<typeof reduce> = ({ x }, options) => {
  const reduction = planReduction("reduce", x.shape, options);
  const { shape, length, kept, reduced } = reduction;
  const { pieces = 1, scale = 1, op } = options;
  const { piece } = cutOf("reduce", reduction, pieces);
  const sizes = (steps: typeof kept) => steps.map((step) => step.size);
  const steps = [...kept, ...reduced].map((step) => step.stride);
  const outputs = size(shape);
  const y = new Float64Array(pieces * outputs).fill(combine[op].start);
  for (let o = 0; o < outputs; o++) {
    const at = coordinatesOf(o, sizes(kept));
    for (let r = 0; r < length; r++) {
      const from = offsetOf([...at, ...coordinatesOf(r, sizes(reduced))], steps);
      const to = Math.floor(r / piece) * outputs + o;
      y[to] = combine[op].of(y[to] as number, x.data[from] as number);
    }
  }
  return { y: y.map((value) => value * scale) };
};

export { benches, cases } from "./reduce_cases.ts";
