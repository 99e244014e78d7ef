import shader from "#shaders/reduce/argmax.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";

/** Up to this length a thread takes a row of its own. */
const SHORT = 32;

/**
 * Index (u32) of the greatest element along the last axis: the first of ties, and NaN counts as the greatest, as in PyTorch.
 * Throws `ShapeError` if x has no axes or its last one is empty.
 */
export const argmax = kernel(shader, ({ x }, _options: Record<never, never>) => {
  const length = x.at(-1);
  if (!length) {
    throw new ShapeError(
      `argmax: expected x with a last axis that is not empty, got ${show(x, "x")}; reshape it to [..., n]`,
    );
  }
  const shape = x.slice(0, -1);
  const rows = size(shape);
  const lanes = length <= SHORT ? 1 : 64;
  return {
    outputs: { index: shape },
    params: { rows, length },
    grid: grid1d(Math.ceil((rows * lanes) / 64)),
    overrides: { LANES: lanes },
    flops: size(x),
  };
});

export const reference: Reference<typeof argmax> = ({ x }) => {
  const length = x.shape.at(-1) ?? 1;
  const index = new Float64Array(size(x.shape) / length);
  for (let i = 0; i < index.length; i++) {
    const row = Array.from({ length }, (_, j) => x.data[i * length + j] as number);
    const nan = row.findIndex(Number.isNaN);
    index[i] = nan >= 0 ? nan : row.indexOf(Math.max(...row));
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
  { name: "no rows", inputs: { x: [0, 3] }, options: {} },
];

export const benches: Case<typeof argmax>[] = [
  { name: "[65536, 10]", inputs: { x: [65536, 10] }, options: {} },
  { name: "[4096, 1000]", inputs: { x: [4096, 1000] }, options: {} },
];
