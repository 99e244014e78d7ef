import shader from "#shaders/resize/along.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { slot, two } from "../option_kinds.ts";
import { type AlongOptions, alongOf, lineOf, tapsOf, weightsOf } from "./filter.ts";

/** The axis of x that is resized. */
export interface AxisOfX {
  readonly axis: number;
}

type Options = AlongOptions & AxisOfX;

const WHO = "resize/along";

/** Number of elements before the axis, along it and after it. Throws `ShapeError` if there is no such axis, or x is empty. */
export function aboutAxis(who: string, x: Shape, axis: number) {
  if (!Number.isInteger(axis) || axis < 0 || axis >= x.length || size(x) === 0) {
    throw new ShapeError(
      `${who}: expected an axis of x with at least one element, got axis ${axis} of ${show(x)}; count axes from 0`,
    );
  }
  return {
    outer: size(x.slice(0, axis)),
    length: x[axis] as number,
    inner: size(x.slice(axis + 1)),
  };
}

/**
 * x resized along one axis with antialiasing: output i is the weighted mean of the cells around (i + ½)·n/m − ½, whose
 * weights fall to 0 at a distance of n/m cells, at least one (twice that with the cubic filter). Throws `ShapeError` if
 * there is no such axis, `ValueError` for an invalid size or range of outputs.
 */
export const resizeAlong = kernel(shader, ({ x }, { axis, ...options }: Options) => {
  const { outer, length, inner } = aboutAxis(WHO, x, axis);
  const along = alongOf(WHO, length, options);
  const count = outer * along.count * inner;
  return {
    outputs: { y: x.with(axis, along.count) },
    params: {
      line: lineOf(along),
      cells: length,
      outputs: along.count,
      first: along.first,
      inner,
      count,
    },
    slots: { filter: along.filter },
    grid: grid1d(Math.ceil(count / 64)),
    flops: Math.ceil(5 * tapsOf(along) * count),
  };
});

export const kinds = () => ({
  axis: required(number),
  size: number,
  scaleFactor: number,
  filter: slot(resizeAlong, "filter"),
  keep: two,
});

export const reference: Reference<typeof resizeAlong> = ({ x }, { axis, ...options }) => {
  const { outer, length, inner } = aboutAxis(WHO, x.shape, axis);
  const along = alongOf(WHO, length, options);
  const y = new Float64Array(outer * along.count * inner);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < along.count; i++) {
      const weights = weightsOf(along, along.first + i);
      for (let r = 0; r < inner; r++) {
        let sum = 0;
        for (let j = 0; j < length; j++) {
          const weight = weights[j] as number;
          if (weight !== 0) sum += weight * (x.data[(o * length + j) * inner + r] as number);
        }
        y[(o * along.count + i) * inner + r] = sum;
      }
    }
  }
  return { y };
};

const example = (name: string, x: Shape, options: Options): Case<typeof resizeAlong> => ({
  name,
  inputs: { x },
  options,
  tolerance: { length: 16 },
});

export const cases: Case<typeof resizeAlong>[] = [
  example("one cell", [1], { axis: 0, size: 1 }),
  example("one cell to many, cubic", [2, 1], { axis: 1, size: 5, filter: "cubic" }),
  example("many to one", [3, 11], { axis: 1, size: 1 }),
  example("many to one, cubic", [3, 11], { axis: 1, size: 1, filter: "cubic" }),
  example("rows of images, smaller", [2, 3, 7, 5], { axis: 2, size: 3 }),
  example("rows of images, larger, cubic", [2, 3, 5, 4], { axis: 2, size: 8, filter: "cubic" }),
  example("columns, smaller by 5/2, cubic", [2, 25], { axis: 1, size: 10, filter: "cubic" }),
  example("by a factor", [2, 13], { axis: 1, scaleFactor: 0.7 }),
  example("as large as it was", [5, 6], { axis: 0, size: 5 }),
  example("only some of the outputs", [2, 100, 3], { axis: 1, size: 41, keep: [7, 20] }),
  {
    name: "safety: NaN stays among its neighbours, 1e30 is not spread",
    inputs: { x: { shape: [1, 16], fill: (i) => (i === 5 ? NaN : i === 15 ? 1e30 : i) } },
    options: { axis: 1, size: 8 },
    tolerance: { length: 16 },
  },
];
