import shader from "#shaders/shape/contiguous.wgsl";
import { size } from "../../core/shape.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";
import { checkView, expanded, permuted, sliced, type View } from "./views.ts";
import { collapse, coordinatesOf, offsetOf, packAxes } from "./walk.ts";

/**
 * `y` = the view of x made contiguous; `permuted`, `sliced` and `expanded` make views. Throws `ShapeError` if the view
 * exceeds x, or has more than eight axes that cannot be merged.
 */
export const contiguous = kernel(shader, ({ x }, options: View) => {
  checkView("contiguous", options, x);
  const axes = collapse(options.shape, options.strides);
  const count = size(options.shape);
  return {
    outputs: { y: options.shape },
    params: {
      count,
      rank: axes.length,
      offset: options.offset,
      axes: packAxes("contiguous", options.shape, axes),
    },
    grid: grid256(count),
    flops: 0,
    bytes: 8 * count,
  };
});

export const reference: Reference<typeof contiguous> = ({ x }, { shape, strides, offset }) => ({
  y: Float64Array.from(
    { length: size(shape) },
    (_, i) => x.data[offset + offsetOf(coordinatesOf(i, shape), strides)] as number,
  ),
});

const test = (name: string, x: readonly number[], options: View): Case<typeof contiguous> => ({
  name,
  inputs: { x },
  options,
  tolerance: "exact",
});

export const cases: Case<typeof contiguous>[] = [
  test("permute a scalar", [], permuted([], [])),
  test("permute nothing", [3, 4, 5], permuted([3, 4, 5], [0, 1, 2])),
  test("transpose", [33, 17], permuted([33, 17], [1, 0])),
  test("NCHW to NHWC", [2, 3, 5, 7], permuted([2, 3, 5, 7], [0, 2, 3, 1])),
  test("reverse six axes", [2, 3, 2, 4, 3, 2], permuted([2, 3, 2, 4, 3, 2], [5, 4, 3, 2, 1, 0])),
  test(
    "reverse eight axes",
    new Array(8).fill(2),
    permuted(new Array(8).fill(2), [7, 6, 5, 4, 3, 2, 1, 0]),
  ),
  test(
    "slice a box",
    [5, 7, 9],
    sliced([5, 7, 9], [{ start: 1, end: 4 }, {}, { start: -5, end: -1 }]),
  ),
  test(
    "slice with steps",
    [5, 8, 9],
    sliced([5, 8, 9], [{ step: 2 }, { start: 1, step: 3 }, { start: 8 }]),
  ),
  ...(["i32", "u32"] as const).map(
    (element): Case<typeof contiguous> => ({
      ...test("", [5, 8], sliced([5, 8], [{ start: 1, step: 2 }, { start: 3 }])),
      name: `${element} beyond 2²⁴`,
      inputs: {
        x: { shape: [5, 8], fill: (i) => (element === "i32" ? 2 ** 31 : 2 ** 32) - 1 - i },
      },
      dtypes: { element },
    }),
  ),
  test("an empty slice", [5, 7], sliced([5, 7], [{ start: 2, end: 2 }])),
  test("expand a scalar", [], expanded([], [3, 50])),
  test("expand a row", [37], expanded([37], [5, 37])),
  test("expand channels", [3, 1, 1], expanded([3, 1, 1], [2, 3, 4, 5])),
  test("expand alternate axes", [2, 1, 3, 1], expanded([2, 1, 3, 1], [2, 4, 3, 5])),
];

export const benches: Case<typeof contiguous>[] = [
  {
    name: "NCHW to NHWC of [32, 64, 56, 56]",
    inputs: { x: [32, 64, 56, 56] },
    options: permuted([32, 64, 56, 56], [0, 2, 3, 1]),
  },
  {
    name: "attention heads",
    inputs: { x: [16, 512, 8, 64] },
    options: permuted([16, 512, 8, 64], [0, 2, 1, 3]),
  },
];

export { kinds } from "./place.ts";
