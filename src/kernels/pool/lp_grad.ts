import shader from "#shaders/pool/lp_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { type Shape, sameShape, show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { forEachWindow, windowParams } from "./geometry.ts";
import { type LpPoolOptions, lpGeometry, shareOf } from "./lp.ts";

interface LpShapes {
  readonly dy: Shape;
  readonly x: Shape;
  readonly y: Shape;
}

function geometryOf({ dy, x, y }: LpShapes, options: LpPoolOptions) {
  const problem = lpGeometry("pool/lp_grad", x, options);
  if (!sameShape(dy, problem.g.output) || !sameShape(y, dy)) {
    throw new ShapeError(
      `pool/lp_grad: expected dy and y ${show(problem.g.output)} for x ${show(x)}, got ${show(dy)} and ${show(y)}; ` +
        "pass the options and the result of the forward pass",
    );
  }
  return problem;
}

/**
 * Gradient of `poolLp`: every cell sums dy·(x/y)^(p − 1) over the windows that contain it, 0 where y is 0, as in PyTorch.
 * Throws the errors of `lpGeometry`, and `ShapeError` if dy, x and y do not fit together.
 */
export const poolLpGrad = kernel(shader, (inputs, options: LpPoolOptions) => {
  const { g, normType } = geometryOf(inputs, options);
  return {
    outputs: { dx: inputs.x },
    params: windowParams(g, size(inputs.x)),
    grid: grid1d(Math.ceil(size(inputs.x) / 64)),
    overrides: { POWER: normType },
    flops: 4 * size(inputs.dy) * g.kernel[0] * g.kernel[1],
  };
});

export const reference: Reference<typeof poolLpGrad> = ({ dy, x, y }, options) => {
  const { g, normType } = geometryOf({ dy: dy.shape, x: x.shape, y: y.shape }, options);
  const dx = new Float64Array(x.data.length);
  forEachWindow(g, (window, cells, counted) => {
    const norm = y.data[window] as number;
    if (norm === 0) return;
    for (const cell of cells) {
      const slope = ((x.data[cell] as number) / norm) ** (normType - 1);
      const upstream = (dy.data[window] as number) * shareOf(g, counted);
      dx[cell] = (dx[cell] as number) + upstream * slope;
    }
  });
  return { dx };
};

/** The formula holds for any y, so y need not be the norm of x here; some elements are 0. */
function example(name: string, x: Shape, options: LpPoolOptions): Case<typeof poolLpGrad> {
  const shape = lpGeometry("case", x, options).g.output;
  const y = { shape, fill: (i: number, random: () => number) => (i % 5 === 3 ? 0 : 1 + random()) };
  return { name, inputs: { dy: shape, x, y }, options, tolerance: { length: 16 } };
}

export const cases: Case<typeof poolLpGrad>[] = [
  example("one cell", [1, 1, 1, 1], { kernelSize: 1 }),
  example("L2, 2×2, a row and a column left over", [2, 3, 7, 11], { kernelSize: 2 }),
  example("L2, overlapping, ceil mode", [1, 2, 8, 7], {
    ...{ kernelSize: [3, 2], stride: [2, 3], ceilMode: true },
  }),
  example("L1", [1, 2, 7, 6], { normType: 1, kernelSize: 3, stride: 2 }),
  example("L3, stride 1", [1, 2, 6, 6], { normType: 3, kernelSize: [2, 3], stride: 1 }),
  {
    name: "NaN stays in its window",
    inputs: {
      dy: [1, 1, 2, 2],
      x: [1, 1, 4, 4],
      y: { shape: [1, 1, 2, 2], fill: (i) => (i === 1 ? NaN : 2) },
    },
    options: { kernelSize: 2 },
  },
];

export { kinds } from "./lp.ts";
