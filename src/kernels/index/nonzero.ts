import shader from "#shaders/index/nonzero.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";
import { coordinatesOf, MAX_AXES } from "../shape/walk.ts";

/** Maximum number of elements: beyond, f32 cannot count them. */
const MOST = 2 ** 24;

/**
 * y[rows, rank] (u32) = coordinates of the first `rows` elements of x that are not 0 (NaN is not), in row-major order;
 * 0xffffffff in the remaining rows. `places` are the cumulative sums of x ≠ 0. Throws `ShapeError` for more than eight axes
 * or 2²⁴ elements.
 */
export const nonzero = kernel(shader, ({ x, places }, { rows }: { rows: number }) => {
  const count = size(x);
  if (x.length > MAX_AXES || count > MOST || size(places) !== count) {
    throw new ShapeError(
      `index/nonzero: expected x of at most ${MAX_AXES} axes and 2²⁴ elements and as many places, ` +
        `got ${show(x, "x")} and ${show(places, "places")}; work in parts`,
    );
  }
  return {
    outputs: { y: [rows, x.length] },
    params: {
      count,
      rows,
      rank: x.length,
      axes: x.toReversed().map((n) => ({ size: n, strides: [0, 0, 0] })),
    },
    grid: grid256(Math.max(count, rows)),
    flops: 0,
  };
});

export const kinds = () => ({ rows: required(number) });

export const reference: Reference<typeof nonzero> = ({ x }, { rows }) => {
  const rank = x.shape.length;
  const y = new Float64Array(rows * rank).fill(0xffffffff);
  let row = 0;
  for (let i = 0; i < x.data.length && row < rows; i++) {
    if (x.data[i] === 0) continue;
    y.set(coordinatesOf(i, x.shape), row * rank);
    row++;
  }
  return { y };
};

/** Inputs with every third element 0, and the cumulative count. */
const inputs = (...shape: number[]) => ({
  x: { shape, fill: (i: number) => (i % 3 === 0 ? 0 : i % 3 === 1 ? Number.NaN : -i) },
  places: { shape, fill: (i: number) => i - Math.floor(i / 3) },
});

const test = (name: string, shape: readonly number[], rows: number): Case<typeof nonzero> => ({
  name,
  inputs: inputs(...shape),
  options: { rows },
  tolerance: "exact",
});

export const cases: Case<typeof nonzero>[] = [
  test("room for all", [7, 5, 3], 90),
  test("exactly as many", [6], 4),
  test("room for three", [4, 5], 3),
  test("more rows than elements", [3], 700),
  test("no elements", [0, 3], 4),
  test("no rows", [5], 0),
];
