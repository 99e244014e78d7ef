import shader from "#shaders/reduce/argmax.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { boolean, number } from "../../core/kinds.ts";
import { normalizeAxis, type Shape, show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";

/** Up to this length one thread processes a whole row. */
const SHORT = 32;

/** Maximum or minimum, and the axis. */
export interface ArgmaxOptions {
  /** Axis. Default the last. */
  readonly axis?: number | undefined;
  /** Whether the largest element is found; false finds the smallest. Default true. */
  readonly largest?: boolean | undefined;
}

/** The shape as [outer, length, inner] around the axis. */
function around(x: Shape, axis: number) {
  const k = normalizeAxis("argmax", axis, x.length);
  const [outer, inner] = [x.slice(0, k), x.slice(k + 1)];
  return { shape: [...outer, ...inner], length: x[k] ?? 0, inner: size(inner) };
}

/**
 * Index (u32) of the maximum or minimum along an axis: the first of equal elements; NaN counts as the largest and as the
 * smallest, as in PyTorch. Throws `ShapeError` if there is no such axis or it is empty.
 */
export const argmax = kernel(shader, ({ x }, { axis = -1, largest = true }: ArgmaxOptions) => {
  const { shape, length, inner } = around(x, axis);
  if (!length) {
    throw new ShapeError(
      `argmax: expected x with an axis ${axis} that is not empty, got ${show(x, "x")}; choose another axis`,
    );
  }
  const rows = size(shape);
  const lanes = length <= SHORT ? 1 : 64;
  return {
    outputs: { index: shape },
    params: { rows, length, inner },
    grid: grid1d(Math.ceil((rows * lanes) / 64)),
    overrides: { LANES: lanes, LARGEST: largest ? 1 : 0 },
    flops: size(x),
  };
});

export const kinds = () => ({ axis: number, largest: boolean });

export const reference: Reference<typeof argmax> = ({ x }, { axis = -1, largest = true }) => {
  const { shape, length, inner } = around(x.shape, axis);
  const index = new Float64Array(size(shape));
  for (let i = 0; i < index.length; i++) {
    const base = Math.floor(i / inner) * length * inner + (i % inner);
    const row = Array.from({ length }, (_, j) => x.data[base + j * inner] as number);
    const nan = row.findIndex(Number.isNaN);
    index[i] = nan >= 0 ? nan : row.indexOf(largest ? Math.max(...row) : Math.min(...row));
  }
  return { index };
};

const of = (shape: readonly number[], fill: (i: number) => number) => ({ x: { shape, fill } });

export const cases: Case<typeof argmax>[] = [
  { name: "one element", inputs: { x: [1, 1] }, options: {} },
  { name: "a vector gives a scalar", inputs: { x: [129] }, options: {} },
  { name: "ten classes", inputs: { x: [67, 10] }, options: {} },
  { name: "rows of 32", inputs: { x: [3, 32] }, options: {} },
  { name: "rows of 33", inputs: { x: [7, 33] }, options: {} },
  { name: "rows of 1000, three axes", inputs: { x: [2, 3, 1000] }, options: {} },
  { name: "ties go to the first", inputs: of([4, 200], (i) => -((i % 200) % 3)), options: {} },
  { name: "a constant row", inputs: of([2, 70], () => -5), options: {} },
  { name: "all −∞", inputs: of([2, 70], () => -Infinity), options: {} },
  { name: "∞ wins", inputs: of([2, 70], (i) => (i % 70 === 69 ? Infinity : 3e38)), options: {} },
  {
    name: "the first NaN wins over ∞",
    inputs: of([2, 70], (i) => (i % 70 > 60 ? Number.NaN : i % 70 === 9 ? Infinity : 0)),
    options: {},
  },
  { name: "−0 and 0 tie", inputs: of([2, 5], (i) => (i % 5 ? 0 : -0)), options: {} },
  {
    name: "−0 after 0 ties too",
    inputs: of([2, 70], (i) => (i % 70 < 3 ? -1 : i % 70 === 50 ? 0 : -0)),
    options: {},
  },
  {
    name: "neighbouring numbers, the least subnormal among them",
    inputs: of([1, 5], (i) => [0, 1.4e-45, -1.4e-45, 0, 1.4e-45][i] as number),
    options: {},
  },
  { name: "an inner axis", inputs: { x: [3, 33, 5] }, options: { axis: 1 } },
  { name: "the first axis, short", inputs: { x: [7, 3, 5] }, options: { axis: 0 } },
  { name: "smallest", inputs: { x: [7, 33] }, options: { largest: false } },
  {
    name: "smallest of an inner axis",
    inputs: { x: [2, 10, 65] },
    options: { axis: -2, largest: false },
  },
  {
    name: "smallest, ties to the first",
    inputs: of([4, 200], (i) => (i % 200) % 3),
    options: { largest: false },
  },
  {
    name: "smallest, −∞ wins",
    inputs: of([2, 70], (i) => (i % 70 === 69 ? -Infinity : -3e38)),
    options: { largest: false },
  },
  {
    name: "smallest, the first NaN wins over −∞",
    inputs: of([2, 70], (i) => (i % 70 > 60 ? Number.NaN : i % 70 === 9 ? -Infinity : 0)),
    options: { largest: false },
  },
  ...([true, false] as const).flatMap((largest) => [
    {
      name: `signed integers next to each other, largest: ${largest}`,
      inputs: of([3, 40], (i) => 2 ** 30 - ((i * 7) % 40) * (i % 2 ? 1 : 2 ** 25)),
      options: { largest },
      dtypes: { order: "i32" as const },
    },
    {
      name: `unsigned integers beyond 2³¹, largest: ${largest}`,
      inputs: of([3, 40], (i) => 2 ** 32 - 1 - ((i * 7 + 3) % 40)),
      options: { largest },
      dtypes: { order: "u32" as const },
    },
  ]),
  { name: "no rows", inputs: { x: [0, 3] }, options: {} },
];

export const benches: Case<typeof argmax>[] = [
  { name: "[65536, 10]", inputs: { x: [65536, 10] }, options: {} },
  { name: "[4096, 1000]", inputs: { x: [4096, 1000] }, options: {} },
];
