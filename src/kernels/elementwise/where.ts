import shader from "#shaders/elementwise/where.wgsl";
import { broadcastShapes, size } from "../../core/shape.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";
import { broadcastStrides, collapse, coordinatesOf, offsetOf, packAxes } from "../shape/walk.ts";

/**
 * `y = a` where condition is not 0, else `b`; all three broadcast as in NumPy. A NaN in condition counts as true. Throws
 * `ShapeError` if they do not broadcast, or if more than eight axes remain after merging neighbouring axes.
 */
export const where = kernel(shader, ({ condition, a, b }, _options: Record<never, never>) => {
  const shape = broadcastShapes("where", broadcastShapes("where", condition, a), b);
  const axes = collapse(shape, ...[condition, a, b].map((each) => broadcastStrides(each, shape)));
  return {
    outputs: { y: shape },
    params: { count: size(shape), rank: axes.length, axes: packAxes("where", shape, axes) },
    grid: grid256(size(shape)),
    flops: size(shape),
    pointwise: { shape },
  };
});

export const reference: Reference<typeof where> = ({ condition, a, b }) => {
  const pair = broadcastShapes("where", condition.shape, a.shape);
  const shape = broadcastShapes("where", pair, b.shape);
  const y = new Float64Array(size(shape));
  for (let i = 0; i < y.length; i++) {
    const at = coordinatesOf(i, shape);
    const [c, left, right] = [condition, a, b].map(
      (each) => each.data[offsetOf(at, broadcastStrides(each.shape, shape))] as number,
    );
    y[i] = (c === 0 ? right : left) as number;
  }
  return { y };
};

const third = (i: number) => (i % 3 === 0 ? 1 : 0);
const tolerance = "exact";

export const cases: Case<typeof where>[] = [
  {
    name: "equal shapes",
    inputs: { condition: { shape: [3, 65], fill: third }, a: [3, 65], b: [3, 65] },
    options: {},
    tolerance,
  },
  {
    name: "zeros of both signs are false, all else is true, NaN and 1e-30 too",
    inputs: {
      condition: {
        shape: [7],
        fill: (i) => [0, -0, Number.NaN, 1e-30, -1, Infinity, -Infinity][i] as number,
      },
      a: [7],
      b: [7],
    },
    options: {},
    tolerance,
  },
  {
    name: "what is not chosen may be NaN or infinite",
    inputs: {
      condition: { shape: [4], fill: (i) => i & 1 },
      a: { shape: [4], fill: (i) => [Number.NaN, 2, Infinity, Number.NaN][i] as number },
      b: { shape: [4], fill: (i) => [5, Number.NaN, Infinity, 7][i] as number },
    },
    options: {},
    tolerance,
  },
  {
    name: "a scalar each way",
    inputs: { condition: { shape: [5, 13], fill: third }, a: [], b: [1] },
    options: {},
    tolerance,
  },
  {
    name: "each broadcast along another axis",
    inputs: { condition: { shape: [9, 1, 7], fill: third }, a: [1, 5, 7], b: [9, 5, 1] },
    options: {},
    tolerance,
  },
  {
    name: "a condition for every row",
    inputs: { condition: { shape: [9, 1], fill: third }, a: [9, 33], b: [33] },
    options: {},
    tolerance,
  },
  ...(["i32", "u32"] as const).map((element) => ({
    name: `integers beyond 2²⁴, ${element}`,
    inputs: {
      condition: { shape: [5, 1], fill: third },
      a: { shape: [5, 3], fill: (i: number) => 2 ** 30 + i },
      b: { shape: [3], fill: (i: number) => 2 ** 29 + i },
    },
    options: {},
    dtypes: { element },
    tolerance: "exact" as const,
  })),
  {
    name: "no elements",
    inputs: { condition: [0, 3], a: [1, 3], b: [] },
    options: {},
  },
];

export const benches: Case<typeof where>[] = [
  {
    name: "equal shapes, 16 Mi",
    inputs: { condition: { shape: [4096, 4096], fill: third }, a: [4096, 4096], b: [4096, 4096] },
    options: {},
  },
];
