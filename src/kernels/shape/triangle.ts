import shader from "#shaders/shape/triangle.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";

/** Diagonals to keep: 0 is the main one, those above it are positive. */
export interface TriangleOptions {
  /** First diagonal kept. Default: the lowest. */
  readonly low?: number;
  /** Last diagonal kept. Default: the highest. */
  readonly high?: number;
}

const FAR = 2 ** 31 - 1;
const held = (diagonal: number) => Math.min(Math.max(diagonal, -FAR), FAR);

/**
 * `y` = the matrices x[..., rows, columns] with zeros outside some diagonals. Applied to dy it gives the gradient. Throws
 * `ShapeError` for fewer than two axes.
 */
export const triangle = kernel(shader, ({ x }, options: TriangleOptions) => {
  const [rows, columns] = x.slice(-2);
  if (rows === undefined || columns === undefined) {
    throw new ShapeError(
      `triangle: expected x[..., rows, columns], got ${show(x, "x")}; reshape it to a matrix`,
    );
  }
  const { low = -FAR, high = FAR } = options;
  return {
    outputs: { y: x },
    params: { count: size(x), rows, columns, low: held(low), high: held(high) },
    grid: grid256(size(x)),
    flops: 0,
  };
});

export const kinds = () => ({ low: number, high: number });

export const reference: Reference<typeof triangle> = (
  { x },
  { low = -Infinity, high = Infinity },
) => {
  const [rows = 0, columns = 0] = x.shape.slice(-2);
  const inside = (i: number) => {
    const diagonal = (i % columns) - (Math.floor(i / columns) % rows);
    return diagonal >= low && diagonal <= high;
  };
  return { y: Float64Array.from(x.data, (value, i) => (inside(i) ? value : 0)) };
};

const test = (
  name: string,
  x: readonly number[],
  options: TriangleOptions,
): Case<typeof triangle> => ({ name, inputs: { x }, options, tolerance: "exact" });

export const cases: Case<typeof triangle>[] = [
  test("lower, square", [9, 9], { high: 0 }),
  test("upper, wide", [5, 13], { low: 0 }),
  test("a batch, below the diagonal", [2, 3, 6, 4], { high: -1 }),
  test("three diagonals", [7, 8], { low: -1, high: 1 }),
  test("beyond the matrix", [3, 4], { low: 9 }),
  test("diagonals further than i32 counts", [3, 4], { low: -1e12, high: 1e12 }),
  {
    name: "safety: NaN outside is 0",
    inputs: { x: { shape: [5, 5], fill: (i) => (i % 5 > i / 5 ? Number.NaN : i) } },
    options: { high: 0 },
    tolerance: "exact",
  },
  test("no elements", [2, 0, 3], { low: 0 }),
];
