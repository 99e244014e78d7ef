import shader from "#shaders/reduce/reduce.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import type { OnSoftware } from "../on_software.ts";
import { coordinatesOf, offsetOf } from "../shape/walk.ts";
import {
  packSteps,
  pieceLength,
  planReduction,
  type ReduceAxes,
  type Reduction,
  spread,
  WORKGROUP,
  walkOf,
} from "./axes.ts";

/** Names of the files in shaders/reduce/reduce_op. */
export type ReduceOp = NonNullable<typeof shader.signature>["slots"]["op"];

/** What to reduce and how; `reducePasses` writes these. */
export interface ReduceOptions extends ReduceAxes, OnSoftware {
  readonly op: ReduceOp;
  /** The result is multiplied by this; default 1. */
  readonly scale?: number;
  /**
   * Cuts what each output reduces into this many pieces, reduced apart: the result is [pieces, ...shape]. Default: whole.
   */
  readonly pieces?: number;
}

/**
 * `y = scale · (x ∘ x ∘ …)` over some axes: sum, max or min. NaN gives NaN. An empty sum is 0; an empty max or min is a
 * `ShapeError`. One run is right for every shape; `reducePasses` gives the runs that are also fast.
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

/** How a thread walks, the elements it takes at a time, and the elements of a piece. */
function cutOf(who: string, reduction: Reduction, pieces: number) {
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

const sum = { op: "sum" } as const;
const special = [1, -0, Infinity, -Infinity, Number.NaN, -3e38];
const holed = {
  shape: [6, 40],
  fill: (i: number) => (i % 41 === 0 ? (special[i / 41] ?? i) : i / 100),
};

export const cases: Case<typeof reduce>[] = [
  { name: "one element", inputs: { x: [1] }, options: sum },
  { name: "a scalar", inputs: { x: [] }, options: sum },
  { name: "no axes", inputs: { x: [3, 5] }, options: { op: "sum", axes: [] } },
  ...[7, 8, 9, 512, 513, 1023].map((n) => ({
    name: `rows of ${n}`,
    inputs: { x: [5, n] },
    options: { op: "sum" as const, axes: [-1] },
    tolerance: { length: n },
  })),
  {
    name: "fours in pieces, the last one shorter",
    inputs: { x: [3, 516] },
    options: { op: "sum", axes: [1], pieces: 9 },
    tolerance: { length: 60 },
  },
  { name: "greatest of fours", inputs: { x: [7, 68] }, options: { op: "max", axes: [1] } },
  ...(
    [
      [130, 36],
      [130, 37],
    ] as const
  ).map((x) => ({
    name: `on software: a thread a row of ${x[1]}`,
    inputs: { x },
    options: { op: "sum" as const, axes: [1], software: true },
    tolerance: { length: x[1] },
  })),
  {
    name: "on software: a thread a column",
    inputs: { x: [70, 131] },
    options: { op: "sum", axes: [0], software: true },
    tolerance: { length: 70 },
  },
  ...[63, 65, 300].map((n) => ({
    name: `columns of ${n}`,
    inputs: { x: [n, 37] },
    options: { op: "sum" as const, axes: [0], keepDims: true },
    tolerance: { length: n },
  })),
  {
    name: "everything, long",
    inputs: { x: [37, 1000] },
    options: sum,
    tolerance: { length: 37000 },
  },
  {
    name: "everything, 9 pieces",
    inputs: { x: [37, 1000] },
    options: { op: "sum", pieces: 9 },
    tolerance: { length: 4112 },
  },
  {
    name: "columns, 7 pieces",
    inputs: { x: [400, 10] },
    options: { op: "sum", axes: [0], pieces: 7 },
    tolerance: { length: 58 },
  },
  {
    name: "channels",
    inputs: { x: [4, 8, 49] },
    options: { op: "sum", axes: [0, 2] },
    tolerance: { length: 196 },
  },
  {
    name: "channels, pieces",
    inputs: { x: [4, 8, 49] },
    options: { op: "sum", axes: [0, 2], pieces: 3 },
    tolerance: { length: 66 },
  },
  {
    name: "many outputs of columns",
    inputs: { x: [3, 40000] },
    options: { op: "sum", axes: [0] },
    tolerance: { length: 3 },
  },
  {
    name: "alternate axes of six",
    inputs: { x: [2, 3, 4, 5, 3, 2] },
    options: { op: "sum", axes: [0, 2, 4] },
    tolerance: { length: 24 },
  },
  {
    name: "a scale",
    inputs: { x: [9, 11] },
    options: { op: "sum", axes: [1], scale: 1 / 11 },
    tolerance: { length: 11 },
  },
  { name: "an empty sum is 0", inputs: { x: [4, 0] }, options: { op: "sum", axes: [1] } },
  { name: "no outputs", inputs: { x: [0, 4] }, options: { op: "max", axes: [1] } },
  ...(["sum", "max", "min"] as const).map((op) => ({
    name: `${op}, infinities and NaN`,
    inputs: { x: holed },
    options: { op, axes: [1] },
    tolerance: { length: 40 },
  })),
  ...(["max", "min"] as const).flatMap((op) => [
    {
      name: `${op} of rows`,
      inputs: { x: [5, 700] },
      options: { op, axes: [1] },
      tolerance: "exact" as const,
    },
    {
      name: `${op} of columns`,
      inputs: { x: [70, 19] },
      options: { op, axes: [0] },
      tolerance: "exact" as const,
    },
    {
      name: `${op}, pieces`,
      inputs: { x: [700] },
      options: { op, pieces: 5 },
      tolerance: "exact" as const,
    },
  ]),
];

export const benches: Case<typeof reduce>[] = [
  {
    name: "1 Mi elements, first pass",
    inputs: { x: [1 << 20] },
    options: { op: "sum", pieces: 256 },
  },
  {
    name: "[64, 64, 3136] over (0, 2), first pass",
    inputs: { x: [64, 64, 3136] },
    options: { op: "sum", axes: [0, 2], pieces: 8 },
  },
  {
    name: "[8192, 10] over 0, first pass",
    inputs: { x: [8192, 10] },
    options: { op: "sum", axes: [0], pieces: 32 },
  },
  { name: "[8192, 1024] over 1", inputs: { x: [8192, 1024] }, options: { op: "sum", axes: [1] } },
];
