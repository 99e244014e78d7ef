import shader from "#shaders/shape/place.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number, numbers, required } from "../../core/kinds.ts";
import { sameShape, show, size } from "../../core/shape.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";
import { sizes } from "../option_kinds.ts";
import { checkView, permuted, section, sliced, type View } from "./views.ts";
import { collapse, coordinatesOf, offsetOf, packAxes } from "./walk.ts";

/**
 * Writes x into the elements of y that the view selects; other elements of y do not change. One run per input concatenates,
 * and the gradient of a slice is placed into zeros. Views that repeat elements are not allowed, since the order of writes
 * is undefined. Throws `ShapeError` if x has another shape than the view, or the view exceeds y or repeats an element by a
 * stride of 0.
 */
export const place = kernel(shader, ({ x, y }, options: View) => {
  checkView("place", options, y);
  const count = size(options.shape);
  const repeats = count > 0 && options.shape.some((n, k) => n > 1 && options.strides[k] === 0);
  if (repeats || !sameShape(x, options.shape)) {
    throw new ShapeError(
      `place: expected x of the view's shape ${show(options.shape)} and no stride of 0, got ${show(x, "x")} with ` +
        `strides [${options.strides.join(", ")}]; make the view with sliced, section or permuted`,
    );
  }
  const axes = collapse(options.shape, options.strides);
  const [axis] = axes;
  const connected = axes.length === 1 && (axis?.size === 1 || axis?.strides[0] === 1);
  return {
    outputs: {},
    params: {
      count,
      rank: axes.length,
      offset: options.offset,
      axes: packAxes("place", x, axes),
    },
    grid: grid256(count),
    flops: 0,
    bytes: 8 * count,
    ...(connected && { section: { offset: options.offset, count } }),
  };
});

export const kinds = () => ({
  shape: required(sizes),
  strides: required(numbers),
  offset: required(number),
});

export const reference: Reference<typeof place> = ({ x, y }, { shape, strides, offset }) => {
  const result = Float64Array.from(y.data);
  for (let i = 0; i < size(shape); i++) {
    result[offset + offsetOf(coordinatesOf(i, shape), strides)] = x.data[i] as number;
  }
  return { y: result };
};

const test = (name: string, y: readonly number[], options: View): Case<typeof place> => ({
  name,
  inputs: { x: options.shape, y },
  options,
  tolerance: "exact",
});

export const cases: Case<typeof place>[] = [
  test("one element of many", [5, 7], sliced([5, 7], [{ start: 2, end: 3 }, { start: 6 }])),
  test("all of it", [3, 40], sliced([3, 40], [])),
  test("second of three inputs", [4, 9, 5], section([4, 9, 5], 1, 2, 4)),
  test(
    "a box inside",
    [4, 9, 11],
    sliced([4, 9, 11], [{ start: 1, end: 3 }, { end: 8 }, { start: 3, end: 10 }]),
  ),
  test("every third", [65], sliced([65], [{ start: 1, step: 3 }])),
  test("transposed", [9, 21], permuted([9, 21], [1, 0])),
  ...(["i32", "u32"] as const).map((element): Case<typeof place> => {
    const last = element === "i32" ? 2 ** 31 : 2 ** 32;
    return {
      name: `${element} beyond 2²⁴`,
      inputs: {
        x: { shape: [3, 2], fill: (i) => last - 1 - i },
        y: { shape: [3, 5], fill: (i) => i },
      },
      options: section([3, 5], 1, 2, 2),
      dtypes: { element },
      tolerance: "exact",
    };
  }),
  test("nothing", [5], sliced([5], [{ end: 0 }])),
  test("nothing into nothing", [5, 0], section([5, 0], 0, 2, 3)),
];
