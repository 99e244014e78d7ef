import shader from "#shaders/shape/transpose.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import type { Transpose } from "./views.ts";

/**
 * `y[b, j, i] = x[b, i, j]`, for x of any shape read as [batch, rows, columns]; y is [batch, columns, rows]. It gives the
 * result of `contiguous`, but reads and writes whole cache lines; `asTranspose` decides when it is used. Throws
 * `ShapeError` if x has another size.
 */
export const transpose = kernel(shader, ({ x }, { batch, rows, columns }: Transpose) => {
  if (size(x) !== batch * rows * columns) {
    throw new ShapeError(
      `transpose: expected x of ${batch} · ${rows} · ${columns} elements, got ${show(x, "x")}; use asTranspose`,
    );
  }
  return {
    outputs: { y: [batch, columns, rows] },
    params: { batch, rows, columns },
    grid: grid1d(batch * Math.ceil(rows / 32) * Math.ceil(columns / 32)),
    flops: 0,
  };
});

export const kinds = () => ({
  batch: required(number),
  rows: required(number),
  columns: required(number),
});

export const reference: Reference<typeof transpose> = ({ x }, { batch, rows, columns }) => {
  const y = new Float64Array(batch * rows * columns);
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        y[(b * columns + j) * rows + i] = x.data[(b * rows + i) * columns + j] as number;
      }
    }
  }
  return { y };
};

const test = (
  name: string,
  batch: number,
  rows: number,
  columns: number,
): Case<typeof transpose> => ({
  name,
  inputs: { x: [batch, rows, columns] },
  options: { batch, rows, columns },
  tolerance: "exact",
});

export const cases: Case<typeof transpose>[] = [
  test("one element", 1, 1, 1),
  test("a tile", 1, 32, 32),
  test("one more than a tile", 1, 33, 33),
  test("a row", 1, 1, 70),
  test("a column", 2, 70, 1),
  test("a batch of odd sizes", 5, 31, 65),
  ...(["i32", "u32"] as const).map(
    (element): Case<typeof transpose> => ({
      ...test("", 2, 9, 33),
      name: `${element} beyond 2²⁴`,
      inputs: {
        x: { shape: [2, 9, 33], fill: (i) => (element === "i32" ? 2 ** 31 : 2 ** 32) - 1 - i },
      },
      dtypes: { element },
    }),
  ),
  test("no batch", 0, 3, 4),
];

export const benches: Case<typeof transpose>[] = [
  {
    name: "NCHW to NHWC",
    inputs: { x: [32, 64, 56, 56] },
    options: { batch: 32, rows: 64, columns: 3136 },
  },
];
