import shader from "#shaders/resize/along_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { slot } from "../option_kinds.ts";
import { type AxisOfX, aboutAxis } from "./along.ts";
import { type AlongOptions, alongOf, lineOf, weightsOf } from "./filter.ts";

type Options = Omit<AlongOptions, "keep"> &
  AxisOfX & {
    /** Length of the axis before resizing, which cannot be derived from the gradient's shape. */
    readonly length: number;
  };

const WHO = "resize/along_grad";

function shapesOf(dy: Shape, { axis, length, ...options }: Options) {
  const { outer, length: outputs, inner } = aboutAxis(WHO, dy, axis);
  const along = alongOf(WHO, length, options);
  if (along.count !== outputs) {
    throw new ShapeError(
      `${WHO}: expected dy with ${along.count} cells along axis ${axis} for ${length} before, got ${show(dy)}; ` +
        "pass the options and the length of the forward pass",
    );
  }
  return { outer, outputs, inner, along };
}

/**
 * Gradient of `resizeAlong` with all outputs kept. Each cell gathers its terms, so there are no conflicting additions.
 * Throws the errors of `resizeAlong`.
 */
export const resizeAlongGrad = kernel(shader, ({ dy }, options: Options) => {
  const { outputs, inner, along } = shapesOf(dy, options);
  const dx = dy.with(options.axis, options.length);
  const line = lineOf(along);
  const count = size(dx);
  return {
    outputs: { dx },
    params: { line, cells: options.length, outputs, inner, count },
    slots: { filter: along.filter },
    grid: grid1d(Math.ceil(count / 64)),
    flops: Math.ceil(
      10 * count * (2 * (line.span / line.step) + 1) * (2 * (line.span / line.unit) + 1),
    ),
  };
});

export const kinds = () => ({
  axis: required(number),
  length: required(number),
  size: number,
  scaleFactor: number,
  filter: slot(resizeAlongGrad, "filter"),
});

export const reference: Reference<typeof resizeAlongGrad> = ({ dy }, options) => {
  const { outer, outputs, inner, along } = shapesOf(dy.shape, options);
  const { length } = options;
  const dx = new Float64Array(outer * length * inner);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < outputs; i++) {
      const weights = weightsOf(along, i);
      for (let j = 0; j < length; j++) {
        for (let r = 0; r < inner; r++) {
          const at = (o * length + j) * inner + r;
          const from = dy.data[(o * outputs + i) * inner + r] as number;
          if (weights[j] !== 0) dx[at] = (dx[at] as number) + (weights[j] as number) * from;
        }
      }
    }
  }
  return { dx };
};

const example = (name: string, dy: Shape, options: Options): Case<typeof resizeAlongGrad> => ({
  name,
  inputs: { dy },
  options,
  tolerance: { length: 16 },
});

export const cases: Case<typeof resizeAlongGrad>[] = [
  example("one cell", [1], { axis: 0, length: 1, size: 1 }),
  example("one cell to many, cubic", [2, 5], { axis: 1, length: 1, size: 5, filter: "cubic" }),
  example("many to one", [3, 1], { axis: 1, length: 11, size: 1 }),
  example("rows of images, smaller", [2, 3, 3, 5], { axis: 2, length: 7, size: 3 }),
  example("rows, larger, cubic", [2, 8, 3], { axis: 1, length: 5, size: 8, filter: "cubic" }),
  example("columns, smaller, cubic", [2, 10], { axis: 1, length: 25, size: 10, filter: "cubic" }),
  example("by a factor", [2, 9], { axis: 1, length: 13, scaleFactor: 0.7 }),
  example("as large as it was", [5, 6], { axis: 0, length: 5, size: 5 }),
  {
    name: "safety: NaN stays among its neighbours, 1e30 is not spread",
    inputs: { dy: { shape: [1, 16], fill: (i) => (i === 5 ? NaN : i === 15 ? 1e30 : i) } },
    options: { axis: 1, length: 8, size: 16 },
    tolerance: { length: 16 },
  },
];
